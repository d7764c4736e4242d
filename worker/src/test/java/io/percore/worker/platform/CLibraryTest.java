package io.percore.worker.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.WrongMethodTypeException;
import org.junit.jupiter.api.Test;

final class CLibraryTest {
  @Test
  void aWrongCallIsToldFromWhatTheJvmThrowsBesideIt() {
    Throwable wrong = new WrongMethodTypeException();
    Error full = new OutOfMemoryError();

    assertThat(CLibrary.wrongCall(wrong)).hasMessageContaining("wrong signature").hasCause(wrong);
    assertThatThrownBy(() -> CLibrary.wrongCall(full)).isSameAs(full);
  }
}

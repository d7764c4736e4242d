package io.percore.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelismsTest {
  @Test
  void twoCoresGetBothAndTheOversubscribedPoint() {
    assertThat(Parallelisms.standard(2, 2)).containsExactly(1, 2, 4);
  }

  @Test
  void sixtyFourCoresWithSmtGetEverythingBetween() {
    assertThat(Parallelisms.standard(64, 128))
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 24, 32, 48, 64, 96, 128, 256);
  }

  @Test
  void coresThatDifferGetTheSizesAtWhichOneSortIsUsedUp() {
    assertThat(Parallelisms.standard(List.of(6, 14), 20))
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 12, 14, 16, 20, 40);
    assertThat(Parallelisms.standard(List.of(20, 40), 80)).contains(20, 40, 80, 160);
  }

  @Test
  void aQuickLookDoesNotOversubscribe() {
    assertThat(Parallelisms.quick(2)).containsExactly(1, 2);
    assertThat(Parallelisms.quick(6)).containsExactly(1, 2, 4, 6);
  }

  @Test
  void readsListsRangesAndMultiples() {
    assertThat(Parallelisms.parse("4, 2", 2)).containsExactly(1, 2, 4);
    assertThat(Parallelisms.parse("1..4", 2)).containsExactly(1, 2, 3, 4);
    assertThat(Parallelisms.parse("2..max", 4)).containsExactly(1, 2, 3, 4);
    assertThat(Parallelisms.parse("max,2x", 12)).containsExactly(1, 12, 24);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "4..2", "two", "1,,2", "999999", "9999x", "1..", "x"})
  void refusesAnythingElse(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Parallelisms.parse(text, 64))
        .withMessageContaining("parallelism");
  }
}

package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerJvmTest {
  @Test
  void everyWorkerHasTheSameCollectorHeapAndProcessors() {
    assertThat(WorkerJvm.arguments(8, 16, ""))
        .contains(
            "-XX:+UseSerialGC",
            "-XX:+UseCondCardMark",
            "-Xms68m",
            "-Xmx68m",
            "-XX:+AlwaysPreTouch",
            "-XX:ActiveProcessorCount=8");
  }

  @Test
  void whatTheUserGivesStandsAlone() {
    List<String> arguments =
        WorkerJvm.arguments(2, 2, "-XX:+UseG1GC -Xmx1g -XX:-UseCondCardMark '-Da=b c'");

    assertThat(arguments)
        .endsWith("-XX:+UseG1GC", "-Xmx1g", "-XX:-UseCondCardMark", "-Da=b c")
        .doesNotContain("-XX:+UseSerialGC", "-XX:+UseCondCardMark")
        .filteredOn(argument -> argument.startsWith("-Xm"))
        .containsExactly("-Xmx1g");
  }

  @Test
  void refusesAQuoteThatIsNotClosed() {
    assertThatIllegalArgumentException().isThrownBy(() -> WorkerJvm.arguments(2, 2, "'-Da"));
  }
}

package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.percore.coordinator.plan.Collector;
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
  void anotherCollectorTakesThePlaceOfTheOneThatIsNamed() {
    List<String> serial = WorkerJvm.arguments(2, 2, "");

    assertThat(WorkerJvm.under(Collector.G1, serial))
        .hasSameSizeAs(serial)
        .contains("-XX:+UseG1GC", "-Xmx64m")
        .doesNotContain("-XX:+UseSerialGC");
    assertThat(WorkerJvm.under(Collector.PARALLEL, serial)).contains("-XX:+UseParallelGC");
    assertThat(WorkerJvm.under(Collector.SERIAL, serial)).isEqualTo(serial);
    assertThat(WorkerJvm.under(null, serial)).isEqualTo(serial);
    assertThat(WorkerJvm.namesCollector("-Xmx1g -XX:+UseZGC")).isTrue();
    assertThat(WorkerJvm.namesCollector("-XX:+UseCondCardMark")).isFalse();
  }

  @Test
  void refusesAQuoteThatIsNotClosed() {
    assertThatIllegalArgumentException().isThrownBy(() -> WorkerJvm.arguments(2, 2, "'-Da"));
  }
}

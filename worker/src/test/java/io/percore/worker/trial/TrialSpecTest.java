package io.percore.worker.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.percore.worker.refcount.Discipline;
import io.percore.worker.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TrialSpecTest {
  @Test
  void acceptsAWindowOrFixedWork() {
    assertThat(new SpecBuilder().build().fixedWork()).isFalse();
    assertThat(new SpecBuilder().fixedWork(5L, 6L).build().fixedWork()).isTrue();
  }

  @Test
  void saysInOneLineWhatIsWrong() {
    refused(spec -> spec.threads = 0, "threads must be from 1 to 16384, not 0");
    refused(
        spec -> spec.discipline = Discipline.PLAIN,
        "plain is safe with one thread only, not with 2");
    refused(spec -> spec.cpus = List.of(1), "1 processors were named for 2 threads");
    refused(spec -> spec.cpus = List.of(0, -1), "a processor's number cannot be negative");
    refused(spec -> spec.warmUp = Duration.ZERO, "warm-up must be longer than zero");
    refused(spec -> spec.window = Duration.ofNanos(-1), "the window cannot be negative");
    refused(
        spec -> spec.window = Duration.ZERO,
        "either a window or the operations of each thread must be given");
    refused(
        spec -> spec.operations = List.of(1L, 1L),
        "either a window or the operations of each thread must be given");
    refused(spec -> spec.fixedWork(1L), "operations were given for 1 of 2 threads");
    refused(spec -> spec.fixedWork(1L, -1L), "operations cannot be negative");
    refused(
        spec -> spec.workloadParameters = Map.of("work", "x"),
        "hot.work must be a whole number from 0 to 1000000, not 'x'");
    refused(
        spec -> spec.disciplineParameters = Map.of("fair", "true"),
        "atomic has no parameter 'fair'; it has []");
  }

  private static void refused(Consumer<SpecBuilder> change, String message) {
    SpecBuilder spec = new SpecBuilder();
    spec.workload = Workload.HOT;
    change.accept(spec);
    assertThatIllegalArgumentException().isThrownBy(spec::build).withMessage(message);
  }
}

package io.percore.coordinator.report.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.ProcessSample;
import io.percore.coordinator.measurement.Surroundings;
import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.report.Fixtures;
import java.util.List;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class IdlenessTest {
  private static final Offset<Double> EXACT = Offset.offset(1e-12);

  @Test
  void allProcessorsTogether() {
    assertThat(Idleness.of(observed(cpu(0, 900L, 0L), cpu(1, 300L, 100L)), 2))
        .isCloseTo(0.35, EXACT);
  }

  @Test
  void aProcessorCannotBeBusierThanAlways() {
    assertThat(Idleness.of(observed(cpu(0, 1010L, null), cpu(1, 0L, 0L)), 2)).isCloseTo(0.5, EXACT);
  }

  @Test
  void isUnknownUnlessEveryProcessorWasObserved() {
    assertThat(Idleness.of(observed(cpu(0, 900L, 0L)), 2)).isNull();
    assertThat(Idleness.of(observed(cpu(0, 900L, 0L), cpu(1, null, null)), 2)).isNull();
    assertThat(Idleness.of(observed((Surroundings) null), 2)).isNull();
  }

  private static Surroundings.CpuTime cpu(int number, @Nullable Long busy, @Nullable Long steal) {
    return new Surroundings.CpuTime(number, busy, steal);
  }

  private static Measurement observed(Surroundings.CpuTime... cpus) {
    return observed(new Surroundings(1000, List.of(cpus), null, null, null, null));
  }

  private static Measurement observed(@Nullable Surroundings surroundings) {
    Measurement some =
        ((TrialOutcome.Completed) Fixtures.oneFork().trials().getFirst().outcome()).measurement();
    ProcessSample process = some.processes().getFirst().withSurroundings(surroundings);
    return new Measurement(
        some.windowNanos(),
        some.rounds(),
        some.threads(),
        List.of(process),
        some.verification(),
        some.scoredRounds(),
        some.launchNanos());
  }
}

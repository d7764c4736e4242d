package io.percore.coordinator.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.measurement.Surroundings.CpuTime;
import java.util.List;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DisturbanceTest {
  private static final long SECOND = 1_000_000_000;
  private static final Offset<Double> EXACT = Offset.offset(1e-9);

  private static ThreadSample thread(int slot, long cpuNanos, @Nullable Long migrations) {
    return new ThreadSample(
        slot, 0, 1000, 0, 0, SECOND, cpuNanos, SECOND, 0, 0, 0, slot, migrations);
  }

  private static ProcessSample process(Surroundings around) {
    return Samples.completed().measurement().processes().getFirst().withSurroundings(around);
  }

  private static Measurement measurement(
      List<ThreadSample> threads, List<ProcessSample> processes) {
    Measurement any = Samples.completed().measurement();
    return new Measurement(SECOND, 1, threads, processes, any.verification(), List.of(), 0);
  }

  @Test
  void whatRanOnTheProcessorsButWasNotOursIsForeign() {
    Surroundings first =
        new Surroundings(
            2 * SECOND,
            List.of(new CpuTime(0, 2 * SECOND, 0L)),
            SECOND / 2,
            null,
            1L,
            SECOND / 100,
            SECOND * 3 / 2);
    Surroundings second =
        new Surroundings(
            2 * SECOND,
            List.of(new CpuTime(1, SECOND, SECOND / 10)),
            SECOND / 5,
            null,
            3L,
            SECOND / 50,
            SECOND);
    Disturbance disturbance =
        Disturbance.of(
            measurement(
                List.of(thread(0, SECOND * 3 / 2, 2L), thread(1, SECOND, 1L)),
                List.of(process(first), process(second))));
    assertThat(disturbance.foreignShare()).isCloseTo(0.125, EXACT);
    assertThat(disturbance.stealShare()).isCloseTo(0.05, EXACT);
    assertThat(disturbance.pressureShare()).isCloseTo(0.25, EXACT);
    assertThat(disturbance.groupPressureShare()).isNull();
    assertThat(disturbance.throttledPeriods()).isEqualTo(3);
    assertThat(disturbance.throttledNanos()).isEqualTo(SECOND / 50);
    assertThat(disturbance.migrations()).isEqualTo(3);
  }

  @Test
  void processorsThatSeveralWorkersWatchedCountOnce() {
    Surroundings both =
        new Surroundings(
            SECOND,
            List.of(new CpuTime(0, SECOND, 0L), new CpuTime(1, SECOND, 0L)),
            0L,
            0L,
            0L,
            0L,
            SECOND * 19 / 20);
    Disturbance disturbance =
        Disturbance.of(
            measurement(
                List.of(thread(0, SECOND * 9 / 10, 0L), thread(1, SECOND * 9 / 10, 0L)),
                List.of(process(both), process(both))));
    assertThat(disturbance.foreignShare()).isCloseTo(0.05, EXACT);
  }

  @Test
  void oneUnknownPartMakesTheWholeUnknown() {
    Surroundings known =
        new Surroundings(SECOND, List.of(new CpuTime(0, SECOND, 0L)), 0L, 0L, 0L, 0L);
    Surroundings unknown =
        new Surroundings(SECOND, List.of(new CpuTime(1, null, null)), null, null, null, null);
    Disturbance disturbance =
        Disturbance.of(
            measurement(
                List.of(thread(0, SECOND, 0L), thread(1, SECOND, null)),
                List.of(process(known), process(unknown))));
    assertThat(disturbance.foreignShare()).isNull();
    assertThat(disturbance.stealShare()).isNull();
    assertThat(disturbance.pressureShare()).isNull();
    assertThat(disturbance.throttledNanos()).isNull();
    assertThat(disturbance.migrations()).isNull();
  }

  @Test
  void trialsFromBeforeTheCountersWereRecordedAreUnknown() {
    Disturbance disturbance = Disturbance.of(Samples.completed().measurement());
    assertThat(disturbance.foreignShare()).isNull();
    assertThat(disturbance.pressureShare()).isNull();
    assertThat(disturbance.migrations()).isNull();
    assertThat(disturbance.gcNanos()).isZero();
  }

  @Test
  void theWorkerThatLostMostSpeedCounts() {
    ProcessSample process = Samples.completed().measurement().processes().getFirst();
    ProcessSample sound = process.withCanary(new Canary(3e9, 3.3e9));
    ProcessSample slower = process.withCanary(new Canary(4e9, 3e9));
    List<ThreadSample> threads = List.of(thread(0, SECOND, 0L), thread(1, SECOND, 0L));
    assertThat(Disturbance.of(measurement(threads, List.of(sound, slower))).canaryRatio())
        .isCloseTo(0.75, EXACT);
    assertThat(Disturbance.of(measurement(threads, List.of(slower, process))).canaryRatio())
        .isNull();
  }

  @Test
  void theWorkerWhoseLineTakesMuchLongerCounts() {
    ProcessSample process = Samples.completed().measurement().processes().getFirst();
    ProcessSample sound = process.withCanary(new Canary(3e9, 3e9, 100.0, 110.0));
    ProcessSample slower = process.withCanary(new Canary(3e9, 3e9, 80.0, 200.0));
    ProcessSample alone = process.withCanary(new Canary(3e9, 3e9));
    List<ThreadSample> threads = List.of(thread(0, SECOND, 0L), thread(1, SECOND, 0L));
    assertThat(Disturbance.of(measurement(threads, List.of(sound, slower, alone))).tripRatio())
        .isCloseTo(2.5, EXACT);
    assertThat(Disturbance.of(measurement(threads, List.of(alone))).tripRatio()).isNull();
  }

  @Test
  void roundsAddUp() {
    Surroundings round =
        new Surroundings(10, List.of(new CpuTime(3, 8L, null)), 1L, null, 2L, 3L, 4L);
    assertThat(round.plus(round))
        .isEqualTo(new Surroundings(20, List.of(new CpuTime(3, 16L, null)), 2L, null, 4L, 6L, 8L));
  }
}

package io.percore.coordinator.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.measurement.Surroundings.CpuTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// One second on processors that two threads of one worker have to themselves, and what is changed
/// about it.
class DisturbanceLimitsTest {
  private static final long SECOND = 1_000_000_000;
  private static final long MILLI = 1_000_000;

  private final DisturbanceLimits limits = DisturbanceLimits.standard();

  private long waitNanos = 12 * MILLI;
  private long helpersNanos = 10 * MILLI;
  private long sleeps;
  private long sleptNanos;
  private long busyNanos = SECOND;
  private @Nullable Long stealNanos = 0L;
  private @Nullable Long throttledNanos = 0L;
  private @Nullable Canary canary = new Canary(3e9, 3e9);
  private int threads = 2;
  private int processors = 2;

  private Measurement measurement() {
    Measurement any = Samples.completed().measurement();
    List<ThreadSample> samples = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      long wait = i == 0 ? waitNanos : 0;
      samples.add(
          new ThreadSample(
              0, i, 1000, 0, 0, SECOND, SECOND - wait, SECOND, sleeps, 0, wait, i, 0L));
    }
    List<CpuTime> cpus = new ArrayList<>();
    for (int i = 0; i < processors; i++) {
      cpus.add(new CpuTime(i, busyNanos, stealNanos));
    }
    long own = threads * SECOND - waitNanos - sleptNanos + helpersNanos;
    Surroundings around = new Surroundings(SECOND, cpus, 0L, 0L, 0L, throttledNanos, own);
    ProcessSample process = any.processes().getFirst().withSurroundings(around).withCanary(canary);
    return new Measurement(SECOND, 1, samples, List.of(process), any.verification(), List.of(), 0);
  }

  @Test
  void waitingForOnesOwnProcessIsNoDisturbance() {
    assertThat(limits.exceeded(measurement())).isEmpty();
    waitNanos = helpersNanos = 300 * MILLI;
    assertThat(limits.exceeded(measurement())).isEmpty();
  }

  @Test
  void fiftyMillisecondsOfOneProcessorAreFound() {
    waitNanos += 50 * MILLI;
    assertThat(limits.exceeded(measurement()))
        .hasValue("others took 5.20 % of a processor from it, and the limit is 1.75 %");
  }

  @Test
  void wakingUpIsNoDisturbance() {
    sleeps = 25_000;
    waitNanos += 50 * MILLI;
    assertThat(limits.exceeded(measurement())).isEmpty();
  }

  @Test
  void onManyProcessorsTheShareOfAllOfThemCounts() {
    threads = processors = 64;
    waitNanos += 250 * MILLI;
    assertThat(limits.exceeded(measurement())).isEmpty();
    waitNanos += 100 * MILLI;
    assertThat(limits.exceeded(measurement())).isPresent();
  }

  @Test
  void moreThreadsThanProcessorsWaitForEachOther() {
    threads = 4;
    waitNanos = 2 * SECOND;
    assertThat(limits.exceeded(measurement())).isEmpty();
    waitNanos += 200 * MILLI;
    assertThat(limits.exceeded(measurement()))
        .hasValue("others ran on 9.50 % of its processors, and the limit is 7.00 %");
  }

  @Test
  void othersTookNoMoreThanThreadsWaited() {
    threads = 4;
    sleptNanos = 2 * SECOND + 200 * MILLI;
    waitNanos = 100 * MILLI;
    assertThat(limits.exceeded(measurement())).isEmpty();
    waitNanos = 150 * MILLI;
    assertThat(limits.exceeded(measurement()))
        .hasValue("others ran on 7.50 % of its processors, and the limit is 7.00 %");
  }

  @Test
  void stealAndThrottlingHaveLimits() {
    stealNanos = 30 * MILLI;
    assertThat(limits.exceeded(measurement())).isEmpty();
    stealNanos = 50 * MILLI;
    assertThat(limits.exceeded(measurement())).get().asString().contains("hypervisor took 5.00 %");
    stealNanos = null;
    throttledNanos = 11 * MILLI;
    assertThat(limits.exceeded(measurement())).get().asString().contains("quota", "1.10 %");
  }

  @Test
  void processorsThatLostTheirSpeedAreFound() {
    canary = new Canary(3e9, 2.6e9);
    assertThat(limits.exceeded(measurement())).isEmpty();
    canary = new Canary(2e9, 3e9);
    assertThat(limits.exceeded(measurement())).isEmpty();
    canary = new Canary(3e9, 2.4e9);
    assertThat(limits.exceeded(measurement()))
        .hasValue(
            "its processors had 80.00 % of their speed left after it, and the limit is 85.00 %");
  }

  @Test
  void whatIsUnknownIsNotHeldAgainstATrial() {
    stealNanos = null;
    throttledNanos = null;
    canary = null;
    assertThat(limits.exceeded(measurement())).isEmpty();
    assertThat(limits.exceeded(Samples.completed().measurement())).isEmpty();
  }
}

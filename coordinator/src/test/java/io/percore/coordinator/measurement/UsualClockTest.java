package io.percore.coordinator.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class UsualClockTest {
  private static Measurement trial(int threads, double... after) {
    Measurement any = Samples.completed().measurement();
    List<ThreadSample> samples = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      samples.add(any.threads().getFirst());
    }
    List<ProcessSample> processes = new ArrayList<>();
    for (double rate : after) {
      processes.add(any.processes().getFirst().withCanary(rate > 0 ? new Canary(1, rate) : null));
    }
    return new Measurement(1, 1, samples, processes, any.verification(), List.of(), 1);
  }

  private final UsualClock clock = new UsualClock(2);

  @Test
  void aTrialIsHeldAgainstTheMedianOfItsSize() {
    for (double rate : new double[] {3e9, 3.1e9, 2.9e9, 2e9}) {
      clock.add(trial(2, rate));
      assertThat(clock.share(trial(2, 3e9))).isEmpty();
    }
    clock.add(trial(2, 3e9));
    assertThat(clock.share(trial(2, 2.4e9))).hasValue(0.8);
    assertThat(clock.share(trial(2, 3e9, 1.5e9))).hasValue(0.5);
    assertThat(clock.share(trial(1, 2.4e9))).isEmpty();
  }

  @Test
  void threadsThatShareProcessorsSayNothing() {
    for (int i = 0; i < UsualClock.LEAST_TRIALS; i++) {
      clock.add(trial(3, 3e9));
    }
    assertThat(clock.share(trial(3, 3e9))).isEmpty();
  }

  @Test
  void whatIsUnknownIsLeftOut() {
    for (int i = 0; i < UsualClock.LEAST_TRIALS; i++) {
      clock.add(trial(1, 0));
    }
    assertThat(clock.share(trial(1, 3e9))).isEmpty();
    for (int i = 0; i < UsualClock.LEAST_TRIALS; i++) {
      clock.add(trial(1, 3e9));
    }
    assertThat(clock.share(trial(1, 0))).isEmpty();
    assertThat(clock.share(trial(1, 3e9))).hasValue(1);
  }

  @Test
  void aClockThatIsLowAllAlongIsBeyondTheLimit() {
    DisturbanceLimits limits = DisturbanceLimits.standard();
    assertThat(limits.slowerThanUsual(OptionalDouble.of(0.86))).isEmpty();
    assertThat(limits.slowerThanUsual(OptionalDouble.empty())).isEmpty();
    assertThat(limits.slowerThanUsual(OptionalDouble.of(0.8)))
        .hasValue(
            "its processors had 80.00 % of their usual speed after it, and the limit is 85.00 %");
  }
}

package io.percore.coordinator.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.measurement.Canary;
import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.ProcessSample;
import io.percore.coordinator.measurement.ThreadSample;
import io.percore.coordinator.measurement.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CanaryCeilingTest {
  /// A trial of processes with so many threads each, whose canaries have these rates at the end.
  private static Measurement trial(int threads, double... rates) {
    List<ThreadSample> samples = new ArrayList<>();
    List<ProcessSample> processes = new ArrayList<>();
    for (int slot = 0; slot < rates.length; slot++) {
      ProcessSample process =
          new ProcessSample(slot, 1, 1, 1, true, "", 0, 0, 0, 0, 0, 0, 0, "Serial", 1, List.of());
      processes.add(process.withCanary(rates[slot] > 0 ? new Canary(9, rates[slot]) : null));
      for (int thread = 0; thread < threads; thread++) {
        samples.add(new ThreadSample(slot, thread, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0));
      }
    }
    Verification verification = new Verification(1, 1L, 1L, 0, 0, 0, 0, 0, true);
    return new Measurement(1, 1, samples, processes, verification, List.of(), 1);
  }

  private static Map<Integer, Double> speedups(int processors, Measurement... trials) {
    return CanaryCeiling.of(Stream.of(trials), processors).speedups();
  }

  @Test
  void aClockThatDropsLowersTheCeiling() {
    assertThat(speedups(4, trial(1, 4), trial(1, 3), trial(1, 5), trial(2, 3), trial(1, 3, 3)))
        .containsExactly(Map.entry(1, 1.0), Map.entry(2, 1.5));
    assertThat(speedups(4, trial(1, 4), trial(2, 2, 4))).containsEntry(4, 3.0);
  }

  @Test
  void moreThreadsThanProcessorsSayNothing() {
    assertThat(speedups(2, trial(1, 4), trial(4, 2))).containsOnlyKeys(1);
  }

  @Test
  void withoutOneAloneThereIsNoCeiling() {
    assertThat(speedups(4, trial(2, 4))).isEmpty();
    assertThat(speedups(4, trial(1, 0), trial(2, 4))).isEmpty();
    assertThat(speedups(4, trial(1, 4), trial(1, 4, 0))).containsOnlyKeys(1);
  }
}

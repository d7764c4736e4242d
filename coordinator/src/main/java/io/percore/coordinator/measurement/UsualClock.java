package io.percore.coordinator.measurement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.commons.statistics.descriptive.Median;

/// How fast the processors were before the trials of a run so far: what a single trial is held
/// against whose clock is low from its beginning to its end. By number of threads, since a clock
/// may drop the more cores are at work. Not thread-safe.
public final class UsualClock {
  /// Of fewer trials the median may be an exception itself.
  static final int LEAST_TRIALS = 5;

  private final int processors;
  private final Map<Integer, List<Double>> after = new HashMap<>();

  /// @param processors that trials have: where more threads share them, their canaries say nothing
  ///   of the clock
  public UsualClock(int processors) {
    this.processors = processors;
  }

  /// Takes a trial in, whatever became of it.
  public void add(Measurement trial) {
    OptionalDouble slowest = slowest(trial);
    if (slowest.isPresent()) {
      after
          .computeIfAbsent(trial.threads().size(), _ -> new ArrayList<>())
          .add(slowest.getAsDouble());
    }
  }

  /// The speed after this trial as a share of the median of those of its size that were taken in;
  /// empty while these are few, or when its own is unknown.
  public OptionalDouble share(Measurement trial) {
    List<Double> others = after.getOrDefault(trial.threads().size(), List.of());
    OptionalDouble slowest = slowest(trial);
    if (others.size() < LEAST_TRIALS || slowest.isEmpty()) {
      return OptionalDouble.empty();
    }
    double usual =
        Median.withDefaults().evaluate(others.stream().mapToDouble(Double::doubleValue).toArray());
    return OptionalDouble.of(slowest.getAsDouble() / usual);
  }

  private OptionalDouble slowest(Measurement trial) {
    if (trial.threads().size() > processors) {
      return OptionalDouble.empty();
    }
    double slowest = Double.POSITIVE_INFINITY;
    for (ProcessSample process : trial.processes()) {
      Canary canary = process.canary();
      if (canary == null) {
        return OptionalDouble.empty();
      }
      slowest = Math.min(slowest, canary.afterPerSecond());
    }
    return Double.isFinite(slowest) ? OptionalDouble.of(slowest) : OptionalDouble.empty();
  }
}

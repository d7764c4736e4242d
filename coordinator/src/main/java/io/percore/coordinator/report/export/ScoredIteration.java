package io.percore.coordinator.report.export;

import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.plan.Scaling;
import java.util.List;

/// What was scored at a stretch: the window of a trial, or one round of fixed work. Other tools
/// call it an iteration or a value.
///
/// @param operations of all threads
/// @param nanos how long they took
record ScoredIteration(double operations, double nanos) {
  /// The iterations of one trial, in order.
  static List<ScoredIteration> of(Measurement trial, Scaling scaling) {
    if (!scaling.fixesWork() || trial.scoredRounds().isEmpty()) {
      return List.of(new ScoredIteration(trial.operations(), (double) trial.windowNanos()));
    }
    double work = scaling.operations(trial.threads().size());
    return trial.scoredRounds().stream()
        .map(round -> new ScoredIteration(work, (double) round.nanos()))
        .toList();
  }

  double operationsPerSecond() {
    return operations * 1e9 / nanos;
  }
}

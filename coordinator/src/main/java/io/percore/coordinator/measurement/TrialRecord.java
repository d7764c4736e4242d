package io.percore.coordinator.measurement;

import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialOutcome.Failed;
import io.percore.coordinator.measurement.TrialOutcome.Invalidated;
import io.percore.coordinator.measurement.TrialOutcome.TimedOut;
import io.percore.coordinator.plan.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One line of the journal: one attempt at one trial.
///
/// @param sequence position in the journal, from 0
/// @param trial the trial
/// @param attempt attempt at it, from 1
/// @param started when the attempt began
/// @param duration how long it took, launch and exit included
/// @param outcome how it ended
/// @param resume set on the first attempt after the run had been resumed; null on all others
public record TrialRecord(
    int sequence,
    Trial trial,
    int attempt,
    Instant started,
    Duration duration,
    TrialOutcome outcome,
    @Nullable Resume resume) {
  public TrialRecord {
    Objects.requireNonNull(trial);
    Objects.requireNonNull(started);
    Objects.requireNonNull(duration);
    Objects.requireNonNull(outcome);
  }

  /// An attempt that followed on the one before it.
  public TrialRecord(
      int sequence,
      Trial trial,
      int attempt,
      Instant started,
      Duration duration,
      TrialOutcome outcome) {
    this(sequence, trial, attempt, started, duration, outcome, null);
  }

  /// The same as the first attempt after a resume, or as one that is not.
  public TrialRecord after(@Nullable Resume other) {
    return new TrialRecord(sequence, trial, attempt, started, duration, outcome, other);
  }

  /// The same attempt with another outcome.
  public TrialRecord withOutcome(TrialOutcome other) {
    return new TrialRecord(sequence, trial, attempt, started, duration, other, resume);
  }

  /// The same without the slices of its processes, which are nearly all of it.
  public TrialRecord withoutSlices() {
    TrialOutcome slim =
        switch (outcome) {
          case Completed(var measurement, var defects, var disturbance) ->
              new Completed(measurement.withoutSlices(), defects, disturbance);
          case Invalidated(var reason, var measurement) ->
              new Invalidated(reason, measurement == null ? null : measurement.withoutSlices());
          case Failed _, TimedOut _ -> outcome;
        };
    return withOutcome(slim);
  }
}

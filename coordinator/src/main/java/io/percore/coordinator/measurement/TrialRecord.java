package io.percore.coordinator.measurement;

import io.percore.coordinator.plan.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/// One line of the journal: one attempt at one trial.
///
/// @param sequence position in the journal, from 0
/// @param trial the trial
/// @param attempt attempt at it, from 1
/// @param started when the attempt began
/// @param duration how long it took, launch and exit included
/// @param outcome how it ended
public record TrialRecord(
    int sequence,
    Trial trial,
    int attempt,
    Instant started,
    Duration duration,
    TrialOutcome outcome) {
  public TrialRecord {
    Objects.requireNonNull(trial);
    Objects.requireNonNull(started);
    Objects.requireNonNull(duration);
    Objects.requireNonNull(outcome);
  }
}

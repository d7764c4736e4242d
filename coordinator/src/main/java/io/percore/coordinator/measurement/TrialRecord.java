package io.percore.coordinator.measurement;

import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialOutcome.Failed;
import io.percore.coordinator.measurement.TrialOutcome.Invalidated;
import io.percore.coordinator.measurement.TrialOutcome.TimedOut;
import io.percore.coordinator.plan.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
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
    Measurement measured = outcome.measurement();
    return measured == null || measured.slices() == 0 ? this : with(Measurement::withoutSlices);
  }

  /// The same with slices.
  ///
  /// @param slices of each process
  /// @throws JournalException when they are not those of its processes
  TrialRecord withSlices(List<ProcessSlices> slices) throws JournalException {
    Measurement measured = outcome.measurement();
    List<Integer> slots =
        measured == null
            ? List.of()
            : measured.processes().stream().map(ProcessSample::slot).toList();
    if (!slots.equals(slices.stream().map(ProcessSlices::slot).toList())) {
      throw new JournalException("belongs to other processes");
    }
    return with(measurement -> measurement.withSlices(slices));
  }

  private TrialRecord with(UnaryOperator<Measurement> changed) {
    return withOutcome(
        switch (outcome) {
          case Completed(var measurement, var defects, var disturbance) ->
              new Completed(changed.apply(measurement), defects, disturbance);
          case Invalidated(var reason, var measurement) ->
              new Invalidated(reason, measurement == null ? null : changed.apply(measurement));
          case Failed _, TimedOut _ -> outcome;
        });
  }
}

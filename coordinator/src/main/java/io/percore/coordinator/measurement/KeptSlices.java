package io.percore.coordinator.measurement;

import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.plan.Program;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/// Which trials keep the slices of their processes in memory once they are written down: the first
/// completed one of each program, so that a report can draw how its rate went over time. Slices are
/// nearly all of a trial, and no figure rests on them after its steady state has been told. Those
/// of the other trials stay on the disk alone.
///
/// Not thread-safe.
public final class KeptSlices {
  /// Slices kept over all programs; where there are many processes the last programs have none.
  static final int MOST = 2_000_000;

  private final Set<Program> seen = new HashSet<>();
  private long kept;

  /// The next trial in order, with or without its slices.
  public TrialRecord of(TrialRecord record) {
    return of(record, () -> record);
  }

  /// The next trial in order, with or without its slices.
  ///
  /// @param full the same with its slices; asked only where they are kept
  TrialRecord of(TrialRecord record, Supplier<TrialRecord> full) {
    if (!(record.outcome() instanceof Completed)
        || !seen.add(record.trial().program())
        || kept >= MOST) {
      return record.withoutSlices();
    }
    TrialRecord keeps = full.get();
    Measurement measured = keeps.outcome().measurement();
    kept += measured == null ? 0 : measured.slices();
    return keeps;
  }
}

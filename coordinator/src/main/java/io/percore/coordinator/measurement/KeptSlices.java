package io.percore.coordinator.measurement;

import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.plan.Program;
import java.util.HashSet;
import java.util.Set;

/// Which trials keep the slices of their processes in memory once they are written down: the first
/// completed one of each program, so that a report can draw how its rate went over time. Slices are
/// nearly all of a trial, and no figure rests on them after its steady state has been told. Those
/// of the other trials stay in the journal alone.
///
/// Not thread-safe.
public final class KeptSlices {
  /// Slices kept over all programs; where there are many processes the last programs have none.
  static final int MOST = 2_000_000;

  private final Set<Program> seen = new HashSet<>();
  private long kept;

  /// Whether the next trial in order keeps its slices. To be asked once for each.
  boolean keeps(TrialRecord record) {
    if (!(record.outcome() instanceof Completed) || !seen.add(record.trial().program())) {
      return false;
    }
    return kept < MOST;
  }

  /// The next trial in order, with or without its slices.
  public TrialRecord of(TrialRecord record) {
    if (!keeps(record)) {
      return record.withoutSlices();
    }
    count(record);
    return record;
  }

  /// Counts what a trial keeps.
  void count(TrialRecord full) {
    if (full.outcome() instanceof Completed completed) {
      kept += completed.measurement().processes().stream().mapToLong(KeptSlices::slices).sum();
    }
  }

  private static long slices(ProcessSample process) {
    WarmUpSlices warmUp = process.warmUp();
    return process.sliceOperations().size() + (warmUp == null ? 0L : warmUp.operations().size());
  }
}

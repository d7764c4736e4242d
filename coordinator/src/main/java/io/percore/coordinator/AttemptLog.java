package io.percore.coordinator;

import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The attempts at some trials so far, and which trials need another one: each that has neither a
/// completed attempt nor all attempts that it may have. Not thread-safe.
final class AttemptLog {
  /// Attempts at one trial in all.
  static final int MOST = 3;

  private final List<TrialRecord> records = new ArrayList<>();
  private final Map<Integer, Integer> attempts = new HashMap<>();
  private final Set<Integer> completed = new HashSet<>();

  /// @param before attempts that were made already
  AttemptLog(List<TrialRecord> before) {
    before.forEach(this::add);
  }

  void add(TrialRecord record) {
    records.add(record);
    attempts.merge(record.trial().index(), 1, Integer::sum);
    if (record.outcome() instanceof Completed) {
      completed.add(record.trial().index());
    }
  }

  /// All of them, in order.
  List<TrialRecord> records() {
    return List.copyOf(records);
  }

  int size() {
    return records.size();
  }

  /// How many attempts at a trial there were.
  int attempts(Trial trial) {
    return attempts.getOrDefault(trial.index(), 0);
  }

  /// Whether a trial needs another attempt.
  boolean due(Trial trial) {
    return !completed.contains(trial.index()) && attempts(trial) < MOST;
  }

  /// The trial that is next: of those that need another attempt the first one of those with the
  /// fewest, so that what failed is run again after all others.
  Optional<Trial> next(List<Trial> trials) {
    return trials.stream().filter(this::due).min(Comparator.comparingInt(this::attempts));
  }
}

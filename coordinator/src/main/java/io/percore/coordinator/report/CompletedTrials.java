package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.stats.PointSummary;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The last completed attempt of each trial, for outputs that show single trials.
public final class CompletedTrials {
  private final Map<Program, Map<Integer, Measurement>> byBlock = new LinkedHashMap<>();

  /// Sorts out the attempts of a run.
  ///
  /// @param attempts every attempt of a run, in any order
  public CompletedTrials(List<TrialRecord> attempts) {
    attempts.stream()
        .sorted(Comparator.comparingInt(TrialRecord::sequence))
        .forEach(
            attempt -> {
              if (attempt.outcome() instanceof TrialOutcome.Completed completed) {
                byBlock
                    .computeIfAbsent(attempt.trial().program(), _ -> new TreeMap<>())
                    .put(attempt.trial().block(), completed.measurement());
              }
            });
  }

  /// Measurements of a program by block, those with defects included.
  List<Measurement> of(Program program) {
    return List.copyOf(byBlock.getOrDefault(program, Map.of()).values());
  }

  /// The measurements that the figures of a point rest on, by block, ascending.
  public SortedMap<Integer, Measurement> sound(PointSummary point) {
    SortedMap<Integer, Measurement> sound =
        new TreeMap<>(byBlock.getOrDefault(point.point().program(), Map.of()));
    sound.keySet().retainAll(point.forkBlocks());
    return sound;
  }
}

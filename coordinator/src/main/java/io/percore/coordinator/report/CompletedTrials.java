package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Program;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The last completed attempt of each trial, for outputs that show single trials.
final class CompletedTrials {
  private final Map<Program, Map<Integer, Measurement>> byBlock = new LinkedHashMap<>();

  CompletedTrials(List<TrialRecord> attempts) {
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
}

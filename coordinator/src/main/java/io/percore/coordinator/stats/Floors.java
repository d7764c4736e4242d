package io.percore.coordinator.stats;

import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.plan.Trial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The floors of a run: in each block the median of what its processes measured for a load and a
/// store. One process that measured on a busy machine does not move it.
///
/// @param byBlock nanoseconds, by block
record Floors(Map<Integer, Double> byBlock) {

  static Floors of(List<TrialRecord> trials) {
    Map<Integer, List<Double>> measured = new HashMap<>();
    for (TrialRecord attempt : trials) {
      if (attempt.outcome() instanceof Completed completed) {
        completed
            .measurement()
            .processes()
            .forEach(
                process ->
                    measured
                        .computeIfAbsent(attempt.trial().block(), _ -> new ArrayList<>())
                        .add(process.floorNanosPerOperation()));
      }
    }
    Map<Integer, Double> byBlock = new HashMap<>();
    measured.forEach(
        (block, floors) ->
            byBlock.put(block, Median.of(floors.stream().mapToDouble(Double::doubleValue))));
    return new Floors(Map.copyOf(byBlock));
  }

  /// What is wrong with a trial's speed, or empty when it is possible.
  Optional<String> defect(Trial trial, Measurement measurement, Catalogue.Discipline discipline) {
    Double floor = byBlock.get(trial.block());
    return floor == null ? Optional.empty() : FloorCheck.defect(measurement, floor, discipline);
  }
}

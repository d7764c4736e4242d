package io.percore.coordinator.stats;

import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.plan.Trial;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The floors of a run: in each block the median of what its processes measured for a load and a
/// store. One process that measured on a busy machine does not move it.
///
/// @param byBlock nanoseconds, by block
record Floors(Map<Integer, Double> byBlock) {

  static Floors of(List<TrialRecord> trials) {
    return new Floors(
        trials.parallelStream()
            .flatMap(Floors::measured)
            .collect(
                Collectors.groupingBy(
                    Floor::block,
                    Collectors.collectingAndThen(
                        Collectors.toList(),
                        floors -> Median.of(floors.stream().mapToDouble(Floor::nanos))))));
  }

  private record Floor(int block, double nanos) {}

  private static Stream<Floor> measured(TrialRecord attempt) {
    return attempt.outcome() instanceof Completed(var measurement, var _, var _)
        ? measurement.processes().stream()
            .map(process -> new Floor(attempt.trial().block(), process.floorNanosPerOperation()))
        : Stream.empty();
  }

  /// What is wrong with a trial's speed, or empty when it is possible.
  Optional<String> defect(Trial trial, Measurement measurement, Catalogue.Discipline discipline) {
    Double floor = byBlock.get(trial.block());
    return floor == null ? Optional.empty() : FloorCheck.defect(measurement, floor, discipline);
  }
}

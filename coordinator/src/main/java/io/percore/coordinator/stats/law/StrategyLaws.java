package io.percore.coordinator.stats.law;

import io.percore.coordinator.plan.Strategy;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.PointSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The scaling laws of one strategy of a run.
///
/// @param strategy its name
/// @param laws fitted to its points on physical cores, or why not
public record StrategyLaws(String strategy, ScalingLaws laws) {
  /// The laws of all strategies that grow with N, in the order of the points.
  ///
  /// @param points of a run; those without a rate are left out
  /// @param physicalCores largest N that takes part: siblings on one core share what the law takes
  ///   for a participant of its own
  public static List<StrategyLaws> of(List<PointSummary> points, int physicalCores) {
    Map<Strategy, List<Observation>> curves = new LinkedHashMap<>();
    for (PointSummary point : points) {
      Estimate mean = point.throughputMean();
      if (point.point().strategy().followsParallelism()) {
        List<Observation> curve =
            curves.computeIfAbsent(point.point().strategy(), _ -> new ArrayList<>());
        if (mean != null && mean.value() > 0 && point.parallelism() <= physicalCores) {
          curve.add(
              Observation.ofForks(point.parallelism(), mean.value(), point.forkThroughputs()));
        }
      }
    }
    return curves.entrySet().stream()
        .map(
            curve ->
                new StrategyLaws(
                    curve.getKey().name(), ScalingLaws.of(curve.getValue(), Weighting.INVERSE)))
        .toList();
  }
}

package io.percore.coordinator.stats.law;

import io.percore.coordinator.plan.Strategy;
import io.percore.coordinator.stats.CanaryCeiling;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.PointSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The scaling laws of one strategy of a run.
///
/// @param strategy its name
/// @param laws fitted to its points on physical cores, or why not
/// @param clock what was divided out of its rates before
public record StrategyLaws(String strategy, ScalingLaws laws, ClockDrop clock) {
  /// The laws of all strategies that grow with N, in the order of the points.
  ///
  /// @param points of a run; those without a rate are left out
  /// @param physicalCores largest N that takes part: siblings on one core share what the law takes
  ///   for a participant of its own
  /// @param canaries of the run
  public static List<StrategyLaws> of(
      List<PointSummary> points, int physicalCores, CanaryCeiling canaries) {
    Map<Strategy, List<PointSummary>> curves = new LinkedHashMap<>();
    for (PointSummary point : points) {
      Strategy strategy = point.point().strategy();
      if (strategy.followsParallelism()) {
        List<PointSummary> curve = curves.computeIfAbsent(strategy, _ -> new ArrayList<>());
        if (observation(point).isPresent() && point.parallelism() <= physicalCores) {
          curve.add(point);
        }
      }
    }
    Map<Integer, Double> shares = canaries.shares();
    return curves.entrySet().stream()
        .map(curve -> of(curve.getKey().name(), curve.getValue(), shares))
        .toList();
  }

  private static StrategyLaws of(
      String strategy, List<PointSummary> curve, Map<Integer, Double> shares) {
    ClockDrop clock = ClockDrop.of(curve.stream().map(PointSummary::parallelism).toList(), shares);
    List<Observation> observations =
        curve.stream().flatMap(point -> observation(point).stream()).map(clock::without).toList();
    return new StrategyLaws(strategy, ScalingLaws.of(observations, Weighting.INVERSE), clock);
  }

  private static Optional<Observation> observation(PointSummary point) {
    Estimate mean = point.throughputMean();
    return mean == null || !(mean.value() > 0)
        ? Optional.empty()
        : Optional.of(
            Observation.ofForks(point.parallelism(), mean.value(), point.forkThroughputs()));
  }
}

package io.percore.coordinator.report;

import io.percore.coordinator.measurement.SteadyState;
import io.percore.coordinator.stats.PointSummary;
import io.percore.coordinator.stats.steady.Steadiness;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// One line that says how many forks were steady, so that none is silently taken for it.
final class SteadyLine {
  private SteadyLine() {}

  /// Forks of each class that occurs, over all points. Strategies that are the same program at a
  /// point count its forks each.
  static String of(List<PointSummary> points) {
    if (points.stream().allMatch(point -> point.steadyStates().isEmpty())) {
      return "Steady state of the forks: none completed";
    }
    return Arrays.stream(SteadyState.values())
        .filter(state -> count(points, state) > 0)
        .map(state -> count(points, state) + " " + state.title() + reason(state))
        .collect(Collectors.joining(", ", "Steady state of the forks: ", ""));
  }

  private static int count(List<PointSummary> points, SteadyState state) {
    return points.stream().mapToInt(point -> point.forksOf(state)).sum();
  }

  private static String reason(SteadyState state) {
    return state == SteadyState.NOT_CLASSIFIED
        ? " (fixed work, or fewer than " + Steadiness.LEAST + " slices)"
        : "";
  }
}

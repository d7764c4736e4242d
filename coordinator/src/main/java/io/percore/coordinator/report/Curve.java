package io.percore.coordinator.report;

import io.percore.coordinator.plan.Strategy;
import io.percore.coordinator.report.chart.Style;
import io.percore.coordinator.stats.PointSummary;
import io.percore.coordinator.stats.ScalingSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A strategy over all its points, with the look that it has in every chart and table of a page.
///
/// @param strategy the strategy
/// @param style its look
/// @param points by ascending parallelism, at least one
public record Curve(Strategy strategy, Style style, List<PointSummary> points) {
  public Curve {
    points = List.copyOf(points);
  }

  /// All curves, in the order of the plan.
  public static List<Curve> all(ScalingSummary summary) {
    Map<Strategy, List<PointSummary>> byStrategy = new LinkedHashMap<>();
    summary
        .points()
        .forEach(
            p -> byStrategy.computeIfAbsent(p.point().strategy(), _ -> new ArrayList<>()).add(p));
    List<Curve> curves = new ArrayList<>();
    byStrategy.forEach(
        (strategy, points) -> {
          points.sort(Comparator.comparingInt(PointSummary::parallelism));
          curves.add(new Curve(strategy, new Style(curves.size()), points));
        });
    return curves;
  }

  /// The same curve with another look.
  public Curve with(Style look) {
    return new Curve(strategy, look, points);
  }

  /// The rate of the plain sequential run, where it was measured.
  static Optional<Double> sequentialRate(ScalingSummary summary) {
    return summary.points().stream()
        .filter(Curve::isSequential)
        .map(PointSummary::throughputMedian)
        .flatMap(Stream::ofNullable)
        .findFirst();
  }

  /// What the user calls the strategy.
  public String name() {
    return strategy.name();
  }

  /// Whether this is nothing but the plain sequential run.
  public boolean isSequentialBase() {
    return points.stream().allMatch(Curve::isSequential);
  }

  /// The point with the largest parallelism that has figures.
  Optional<PointSummary> largest() {
    return points.reversed().stream().filter(p -> p.forks() > 0).findFirst();
  }

  /// The point with figures at a parallelism, or else the largest below it.
  Optional<PointSummary> at(int parallelism) {
    return points.reversed().stream()
        .filter(p -> p.forks() > 0 && p.parallelism() <= parallelism)
        .findFirst();
  }

  private static boolean isSequential(PointSummary point) {
    return point.parallelism() == 1 && point.point().program().discipline().equals(Strategy.PLAIN);
  }
}

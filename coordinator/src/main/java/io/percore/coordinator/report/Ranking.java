package io.percore.coordinator.report;

import io.percore.coordinator.stats.PointSummary;
import io.percore.coordinator.stats.ScalingSummary;
import io.percore.coordinator.stats.ScalingSummary.Comparison;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The strategies at one size, that with the highest median first: the size at which they are
/// compared, or else the largest with a processor for each thread. The plain sequential run is
/// among them with its own N = 1.
///
/// @param parallelism the size
/// @param fastest the one that the others are compared with; null where nothing is compared
/// @param places at least one
record Ranking(int parallelism, @Nullable String fastest, List<Place> places) {
  Ranking {
    places = List.copyOf(places);
  }

  /// A strategy.
  ///
  /// @param point with figures
  /// @param median its throughput
  /// @param toFastest how it compares with the fastest; null for that one itself, and for those
  ///   that take no part
  record Place(Curve curve, PointSummary point, double median, @Nullable Comparison toFastest) {
    String name() {
      return curve.name();
    }
  }

  /// Nothing when no point has figures.
  static Optional<Ranking> of(RunReport report) {
    ScalingSummary summary = report.summary();
    int parallelism = parallelism(report);
    List<Place> places = new ArrayList<>();
    for (Curve curve : Curve.all(summary)) {
      curve.points().stream()
          .filter(p -> p.parallelism() == parallelism || curve.isSequentialBase())
          .flatMap(point -> place(curve, point, summary).stream())
          .forEach(places::add);
    }
    places.sort(Comparator.comparingDouble(Place::median).reversed());
    return places.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Ranking(
                parallelism,
                summary.comparisons().isEmpty()
                    ? null
                    : summary.comparisons().getFirst().reference(),
                places));
  }

  /// Whether a strategy takes part in the comparison.
  boolean compares(Place place) {
    return place.toFastest() != null || place.name().equals(fastest);
  }

  /// How those that are compared stand to the fastest.
  List<Comparison> comparisons() {
    return places.stream().map(Place::toFastest).flatMap(Stream::ofNullable).toList();
  }

  private static int parallelism(RunReport report) {
    ScalingSummary summary = report.summary();
    if (!summary.comparisons().isEmpty()) {
      return summary.comparisons().getFirst().parallelism();
    }
    List<Integer> sizes =
        summary.points().stream()
            .filter(point -> point.forks() > 0)
            .map(PointSummary::parallelism)
            .sorted()
            .toList();
    int processors = report.environment().hardwareThreads();
    return sizes.reversed().stream()
        .filter(n -> n <= processors)
        .findFirst()
        .orElse(sizes.isEmpty() ? 1 : sizes.getFirst());
  }

  private static Optional<Place> place(Curve curve, PointSummary point, ScalingSummary summary) {
    Double median = point.throughputMedian();
    return median == null
        ? Optional.empty()
        : Optional.of(
            new Place(
                curve,
                point,
                median,
                summary.comparisons().stream()
                    .filter(c -> c.strategy().equals(curve.name()))
                    .filter(c -> c.parallelism() == point.parallelism())
                    .findFirst()
                    .orElse(null)));
  }
}

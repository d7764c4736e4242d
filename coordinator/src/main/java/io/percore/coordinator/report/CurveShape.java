package io.percore.coordinator.report;

import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.PointSummary;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Says what is odd about a strategy's curve, in a sentence or two. A loss is claimed only where
/// the interval shows one.
final class CurveShape {
  /// Two medians nearer than this are not worth a sentence.
  private static final double ALIKE = 0.995;

  private CurveShape() {}

  /// What went wrong and is missing, then what was lost, or else the shape; empty when there is
  /// nothing to say.
  ///
  /// @param shown the point of which the reader knows the speedup
  static String sentence(Curve curve, @Nullable PointSummary shown) {
    return Stream.of(wrong(curve), missing(curve), lost(curve).or(() -> shape(curve, shown)))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(" "));
  }

  private static Optional<String> wrong(Curve curve) {
    return curve.points().stream()
        .filter(p -> !p.defects().isEmpty())
        .findFirst()
        .map(p -> "Failed verification at N = " + p.parallelism() + ".");
  }

  private static Optional<String> missing(Curve curve) {
    return curve.points().stream()
        .filter(p -> p.missing() > 0)
        .findFirst()
        .map(
            p ->
                p.forks() == 0
                    ? "Not measured at N = " + p.parallelism() + "."
                    : "Lacks "
                        + Quantities.plural(p.missing(), "fork")
                        + " at N = "
                        + p.parallelism()
                        + ".");
  }

  private static Optional<String> lost(Curve curve) {
    return curve.points().reversed().stream()
        .filter(p -> !p.exactRequired())
        .flatMap(p -> lost(p).stream())
        .findFirst();
  }

  private static Optional<String> lost(PointSummary point) {
    Long lost = point.lostUpdates();
    Long expected = point.expectedUpdates();
    Long net = point.netError();
    String size = " at N = " + point.parallelism() + ".";
    if (lost != null && expected != null && lost > 0) {
      return Optional.of(
          "Loses " + Quantities.percent((double) lost / expected) + " of its updates" + size);
    }
    boolean wrong = (net != null && net != 0) || point.freedWrongly();
    return wrong ? Optional.of("Counts wrongly" + size) : Optional.empty();
  }

  private static Optional<String> shape(Curve curve, @Nullable PointSummary shown) {
    return curve
        .largest()
        .filter(largest -> largest.parallelism() > 1)
        .flatMap(
            largest ->
                shape(
                    curve, largest, shown != null && largest.parallelism() == shown.parallelism()));
  }

  private static Optional<String> shape(Curve curve, PointSummary largest, boolean shown) {
    Estimate speedup = largest.speedup();
    Interval interval = speedup == null ? null : speedup.interval();
    if (speedup == null || interval == null) {
      return peak(curve, largest);
    }
    String size = " at N = " + largest.parallelism();
    String ratio = ": " + Quantities.ratio(speedup);
    return switch (Standing.of(interval, largest.throughputMedian(), own(curve))) {
      case SAME ->
          Optional.of(
              "At N = "
                  + largest.parallelism()
                  + " indistinguishable from N = 1, at ±"
                  + Quantities.reach(interval)
                  + ".");
      case LESS -> Optional.of("Retrograde" + size + (shown ? "" : ratio) + ".");
      case UNSETTLED ->
          Optional.of("Unsettled" + size + ratio + ", and the medians say the opposite.");
      case MORE, UNKNOWN -> peak(curve, largest);
    };
  }

  /// Throughput of its own N = 1.
  private static @Nullable Double own(Curve curve) {
    return curve.at(1).map(PointSummary::throughputMedian).orElse(null);
  }

  /// Only where the largest size falls behind another.
  private static Optional<String> peak(Curve curve, PointSummary largest) {
    return curve.points().stream()
        .filter(point -> point.throughputMedian() != null)
        .max(Comparator.comparingDouble(CurveShape::rate))
        .filter(best -> rate(largest) / rate(best) <= ALIKE)
        .map(
            best ->
                "Highest median at N = %d; N = %d reaches %s of it."
                    .formatted(
                        best.parallelism(),
                        largest.parallelism(),
                        Quantities.percent(rate(largest) / rate(best))));
  }

  private static double rate(PointSummary point) {
    Double median = point.throughputMedian();
    return median == null ? Double.NaN : median;
  }
}

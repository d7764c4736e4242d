package io.percore.coordinator.report;

import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.PointSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Says in a sentence or two what a strategy's curve looks like. A gain or a loss is claimed only
/// where the interval shows one.
final class CurveShape {
  /// Two medians nearer than this are not worth a sentence.
  private static final double ALIKE = 0.995;

  private CurveShape() {}

  /// What went wrong first, then what was lost, then the shape.
  static String sentence(Curve curve) {
    List<String> sentences = new ArrayList<>();
    wrong(curve).ifPresent(sentences::add);
    missing(curve).ifPresent(sentences::add);
    lost(curve).ifPresent(sentences::add);
    shape(curve).ifPresent(sentences::add);
    return String.join(" ", sentences);
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

  private static Optional<String> shape(Curve curve) {
    Optional<PointSummary> largest = curve.largest();
    Optional<PointSummary> best =
        curve.points().stream()
            .filter(p -> p.throughputMedian() != null)
            .max(Comparator.comparingDouble(CurveShape::rate));
    if (largest.isEmpty() || best.isEmpty()) {
      return Optional.empty();
    }
    if (largest.get().parallelism() == 1) {
      return curve.isSequentialBase()
          ? Optional.of("The plain loop: what the others are measured against.")
          : Optional.of("Measured at N = 1 only.");
    }
    return Optional.of(shape(curve, largest.get(), best.get()));
  }

  private static String shape(Curve curve, PointSummary largest, PointSummary best) {
    String at = "At N = " + largest.parallelism() + " ";
    Estimate speedup = largest.speedup();
    Interval interval = speedup == null ? null : speedup.interval();
    if (speedup == null || interval == null) {
      return peak(largest, best);
    }
    String does = "it does " + Quantities.ratio(speedup) + " the work of N = 1";
    return switch (Standing.of(interval, largest.throughputMedian(), own(curve))) {
      case SAME ->
          at + "indistinguishable from its own N = 1, at ±" + Quantities.reach(interval) + ".";
      case LESS -> "Retrograde: at N = " + largest.parallelism() + " " + does + ".";
      case UNSETTLED ->
          at + does + " by the mean of the paired logarithms, and the medians say the opposite.";
      case MORE, UNKNOWN -> peak(largest, best);
    };
  }

  /// Throughput of its own N = 1.
  private static @Nullable Double own(Curve curve) {
    return curve.at(1).map(PointSummary::throughputMedian).orElse(null);
  }

  private static String peak(PointSummary largest, PointSummary best) {
    String peak = "Highest median at N = " + best.parallelism() + ".";
    double share = rate(largest) / rate(best);
    return share > ALIKE
        ? peak
        : peak
            + " N = "
            + largest.parallelism()
            + " reaches "
            + Quantities.percent(share)
            + " of it.";
  }

  private static double rate(PointSummary point) {
    Double median = point.throughputMedian();
    return median == null ? Double.NaN : median;
  }
}

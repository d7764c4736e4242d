package io.percore.coordinator.report;

import io.percore.coordinator.plan.Scaling;
import io.percore.coordinator.plan.Strategy;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.PointSummary;
import io.percore.coordinator.stats.law.SerialShare;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// What has to be said of a run in which the work grows with the threads: that its speedups are of
/// another kind, and what Gustafson's law makes of them.
final class WeakScaling {
  private WeakScaling() {}

  /// What a speedup is; empty for other runs.
  static Optional<String> explanation(RunReport report) {
    return report.experiment().scaling() instanceof Scaling.Weak(long operations)
        ? Optional.of(
            "weak scaling: each of N threads does "
                + Quantities.count((double) operations)
                + " operations, and a speedup is the scaled one, N times the time at 1 over the"
                + " time at N")
        : Optional.empty();
  }

  /// One sentence for each strategy that grows with N; none for other runs.
  static List<String> sentences(RunReport report) {
    return report.experiment().scaling() instanceof Scaling.Weak
        ? report.experiment().strategies().stream()
            .flatMap(strategy -> sentence(report, strategy))
            .toList()
        : List.of();
  }

  private static Stream<String> sentence(RunReport report, Strategy strategy) {
    return report.summary().points().stream()
        .filter(point -> point.parallelism() > 1 && point.speedup() != null)
        .filter(point -> point.point().strategy().equals(strategy))
        .max(Comparator.comparingInt(PointSummary::parallelism))
        .stream()
        .map(
            point -> {
              int size = point.parallelism();
              Estimate speedup = Objects.requireNonNull(point.speedup());
              return "Gustafson's law for %s at N = %d: %s of the time is serial."
                  .formatted(strategy.name(), size, share(SerialShare.gustafson(speedup, size)));
            });
  }

  private static String share(Estimate share) {
    return share.interval() == null
        ? decimals(share.value()) + " (no interval)"
        : decimals(share.value())
            + " ("
            + decimals(share.interval().low())
            + " to "
            + decimals(share.interval().high())
            + ")";
  }

  /// Three decimals, and no sign before what is shown as zero.
  private static String decimals(double share) {
    return String.format(Locale.ROOT, "%.3f", share).replaceFirst("^-(0\\.000)$", "$1");
  }
}

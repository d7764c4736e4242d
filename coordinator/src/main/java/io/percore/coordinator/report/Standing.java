package io.percore.coordinator.report;

import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.PointSummary;
import io.percore.coordinator.stats.ScalingSummary;
import io.percore.coordinator.stats.ScalingSummary.Comparison;
import org.jspecify.annotations.Nullable;

/// What may be said about one strategy beside another, judged on the digits that are shown: a
/// sentence must not claim what the table beside it does not show.
public enum Standing {
  /// It does more work: the whole interval lies above 1.
  MORE,
  /// It does less work: the whole interval lies below 1.
  LESS,
  /// The interval has 1 inside.
  SAME,
  /// There is no interval.
  UNKNOWN,
  /// Interval and medians point in opposite directions.
  UNSETTLED;

  /// How the strategy of a comparison stands to its reference.
  public static Standing of(Comparison comparison, ScalingSummary summary) {
    Interval interval = comparison.ratio().interval();
    if (interval == null) {
      return UNKNOWN;
    }
    return of(
        interval,
        median(summary, comparison.strategy(), comparison.parallelism()),
        median(summary, comparison.reference(), comparison.parallelism()));
  }

  /// The same of any two points.
  ///
  /// @param interval of the ratio
  /// @param median throughput of the one
  /// @param reference that of what it is compared with
  static Standing of(Interval interval, @Nullable Double median, @Nullable Double reference) {
    double medians = Double.compare(shown(median), shown(reference));
    if (Quantities.rounded(interval.low()) > 1) {
      return medians < 0 ? UNSETTLED : MORE;
    }
    if (Quantities.rounded(interval.high()) < 1) {
      return medians > 0 ? UNSETTLED : LESS;
    }
    return SAME;
  }

  private static @Nullable Double median(ScalingSummary summary, String strategy, int parallelism) {
    return summary.point(strategy, parallelism).map(PointSummary::throughputMedian).orElse(null);
  }

  private static double shown(@Nullable Double median) {
    return median == null ? 0 : Quantities.rounded(median);
  }
}

package io.percore.coordinator.report;

import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.PointSummary;
import io.percore.coordinator.stats.ScalingSummary;
import io.percore.coordinator.stats.ScalingSummary.Comparison;

/// What may be said about one strategy beside another, judged on the digits that are shown: a
/// sentence must not claim what the table beside it does not show.
enum Standing {
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

  static Standing of(Comparison comparison, ScalingSummary summary) {
    Interval interval = comparison.ratio().interval();
    if (interval == null) {
      return UNKNOWN;
    }
    double medians =
        Double.compare(
            shownMedian(summary, comparison.strategy(), comparison.parallelism()),
            shownMedian(summary, comparison.reference(), comparison.parallelism()));
    if (Quantities.rounded(interval.low()) > 1) {
      return medians < 0 ? UNSETTLED : MORE;
    }
    if (Quantities.rounded(interval.high()) < 1) {
      return medians > 0 ? UNSETTLED : LESS;
    }
    return SAME;
  }

  private static double shownMedian(ScalingSummary summary, String strategy, int parallelism) {
    Double median =
        summary.point(strategy, parallelism).map(PointSummary::throughputMedian).orElse(null);
    return median == null ? 0 : Quantities.rounded(median);
  }
}

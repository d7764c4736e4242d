package io.percore.coordinator.report;

import io.percore.coordinator.plan.Scaling;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.PointSummary;
import io.percore.coordinator.stats.law.SerialShare;
import org.jspecify.annotations.Nullable;

/// The share of a point's work that is done by one thread at a time, by its speedup: Karp and
/// Flatt's of a work that stays the same, Gustafson's of one that grows with N.
final class SerialShares {
  private SerialShares() {}

  /// The share, or null at N = 1 and where the speedup is not known.
  static @Nullable Estimate of(PointSummary point, Scaling scaling) {
    Estimate speedup = point.speedup();
    if (speedup == null || point.parallelism() == 1) {
      return null;
    }
    return switch (scaling) {
      case Scaling.FixedTime _, Scaling.Strong _ ->
          SerialShare.karpFlatt(speedup, point.parallelism());
      case Scaling.Weak _ -> SerialShare.gustafson(speedup, point.parallelism());
    };
  }
}

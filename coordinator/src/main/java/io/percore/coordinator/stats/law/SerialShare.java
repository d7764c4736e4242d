package io.percore.coordinator.stats.law;

import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import java.util.function.DoubleUnaryOperator;

/// The share of the work that is done by one at a time, as one measured speedup shows it.
public final class SerialShare {
  private SerialShare() {}

  /// Of a work that does not grow with the size: e = (1/S - 1/N) / (1 - 1/N) (A. H. Karp and H. P.
  /// Flatt, CACM 33(5), 1990, eq. 2). If it grows with N, the cause is overhead; if it stays, it is
  /// serial work. Below 0 for a superlinear speedup.
  ///
  /// @param speedup over N = 1, positive
  /// @param size N, above 1
  public static double karpFlatt(double speedup, double size) {
    requireParallel(size);
    return (1 / speedup - 1 / size) / (1 - 1 / size);
  }

  /// Of a work that grows with the size, from the scaled speedup S = N - e (N - 1) (J. L.
  /// Gustafson, CACM 31(5), 1988).
  ///
  /// @param speedup work done per time over that of N = 1, positive
  /// @param size N, above 1
  public static double gustafson(double speedup, double size) {
    requireParallel(size);
    return (size - speedup) / (size - 1);
  }

  /// Karp and Flatt's share with its interval.
  public static Estimate karpFlatt(Estimate speedup, double size) {
    return falling(speedup, s -> karpFlatt(s, size));
  }

  /// Gustafson's share with its interval.
  public static Estimate gustafson(Estimate speedup, double size) {
    return falling(speedup, s -> gustafson(s, size));
  }

  private static Estimate falling(Estimate speedup, DoubleUnaryOperator share) {
    Interval interval = speedup.interval();
    return new Estimate(
        share.applyAsDouble(speedup.value()),
        interval == null || interval.low() <= 0
            ? null
            : new Interval(
                share.applyAsDouble(interval.high()), share.applyAsDouble(interval.low())));
  }

  private static void requireParallel(double size) {
    if (!(size > 1)) {
      throw new IllegalArgumentException("a serial share needs a size above 1, got " + size);
    }
  }
}

package io.percore.coordinator.stats;

import java.util.Arrays;
import org.apache.commons.statistics.descriptive.Mean;

/// Means of rates with their 95 % t intervals (Hoefler and Belli, SC'15, rules 3 and 4): arithmetic
/// where the time was fixed, harmonic where the work was.
public final class MeanInterval {
  private MeanInterval() {}

  /// Arithmetic mean: total work over total time when every window is equally long.
  ///
  /// @param rates not negative, at least one
  /// @return the mean; its interval is null for a single rate, and does not reach below 0, since no
  ///   rate does
  public static Estimate arithmetic(double[] rates) {
    requireSome(rates);
    Interval interval = StudentT.interval(rates);
    return new Estimate(
        Mean.of(rates).getAsDouble(),
        interval == null ? null : new Interval(Math.max(0, interval.low()), interval.high()));
  }

  /// Harmonic mean: total work over total time when every trial does the same work. Its interval is
  /// that of the mean time per operation, inverted.
  ///
  /// @param rates positive, at least one
  /// @return the mean; its interval is null for a single rate, and when the rates spread so far
  ///   that it has no upper end
  public static Estimate harmonic(double[] rates) {
    requireSome(rates);
    double[] times = Arrays.stream(rates).map(rate -> 1 / rate).toArray();
    Interval interval = StudentT.interval(times);
    return new Estimate(
        1 / Mean.of(times).getAsDouble(),
        interval == null || interval.low() <= 0
            ? null
            : new Interval(1 / interval.high(), 1 / interval.low()));
  }

  private static void requireSome(double[] rates) {
    if (rates.length == 0) {
      throw new IllegalArgumentException("a mean needs at least one value");
    }
  }
}

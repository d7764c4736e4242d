package io.percore.coordinator.stats;

import org.jspecify.annotations.Nullable;

/// An estimated value with its interval.
///
/// @param value the estimate
/// @param interval its interval, or null when there are too few blocks for one, or when the value
///   is exact by definition
public record Estimate(double value, @Nullable Interval interval) {
  /// Value and both ends divided by a number that is known.
  ///
  /// @param divisor positive
  public Estimate dividedBy(double divisor) {
    return new Estimate(
        value / divisor,
        interval == null
            ? null
            : new Interval(interval.low() / divisor, interval.high() / divisor));
  }
}

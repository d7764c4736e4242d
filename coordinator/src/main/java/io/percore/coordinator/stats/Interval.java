package io.percore.coordinator.stats;

/// A 95 % confidence interval.
///
/// @param low lower end
/// @param high upper end, not below `low`
public record Interval(double low, double high) {
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("interval ends out of order: " + low + ", " + high);
    }
  }

  /// Whether `value` lies inside or on an end.
  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}

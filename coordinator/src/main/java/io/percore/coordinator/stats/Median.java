package io.percore.coordinator.stats;

import java.util.stream.DoubleStream;

/// The median.
public final class Median {
  private static final org.apache.commons.statistics.descriptive.Median MEDIAN =
      org.apache.commons.statistics.descriptive.Median.withDefaults().withCopy(true);

  private Median() {}

  /// The middle value, or the mean of the two in the middle.
  ///
  /// @throws IllegalArgumentException when there is no value
  public static double of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a median needs at least one value");
    }
    return MEDIAN.evaluate(values);
  }

  /// As {@link #of(double...)}.
  public static double of(DoubleStream values) {
    return of(values.toArray());
  }
}

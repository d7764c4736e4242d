package io.percore.coordinator.stats.steady;

import java.util.Arrays;

/// What it costs to describe part of a series by one normal distribution: twice the negative log
/// likelihood at the best mean and variance, without the constant that every segmentation shares.
///
/// The variance has a floor, a millionth of the whole series'. Without one a few equal values would
/// cost minus infinity. As the floor binds the likelihood and not its maximum alone, splitting a
/// segment still never costs more than leaving it whole, which [Pelt] rests on.
///
/// Immutable.
final class NormalCost {
  private static final double FLOOR = 1e-6;

  /// Sums of the first i values, and of their squares, in units of the series' deviation from its
  /// mean, so that differences of sums lose no digits that matter.
  private final double[] sums;

  private final double[] squares;

  NormalCost(double[] series) {
    double mean = Arrays.stream(series).average().orElse(0);
    double variance = Arrays.stream(series).map(x -> (x - mean) * (x - mean)).average().orElse(0);
    double scale = variance > 0 ? 1 / Math.sqrt(variance) : 0;
    sums = new double[series.length + 1];
    squares = new double[series.length + 1];
    for (int i = 0; i < series.length; i++) {
      double x = (series[i] - mean) * scale;
      sums[i + 1] = sums[i] + x;
      squares[i + 1] = squares[i] + x * x;
    }
  }

  int length() {
    return sums.length - 1;
  }

  /// Puts into `costs` those of the values from each of `starts`, inclusive, to `to`, exclusive;
  /// there must be one value at least. All in one loop that calls nothing but the logarithm: a
  /// report needs millions of costs, and its JVM compiles in haste.
  ///
  /// @param size how many starts there are
  void fill(double[] costs, int[] starts, int size, int to) {
    double sumTo = sums[to];
    double squaresTo = squares[to];
    for (int i = 0; i < size; i++) {
      int from = starts[i];
      int length = to - from;
      double sum = sumTo - sums[from];
      double difference = squaresTo - squares[from] - sum * sum / length;
      double deviations = difference > 0 ? difference : 0;
      double perValue = deviations / length;
      double variance = perValue > FLOOR ? perValue : FLOOR;
      costs[i] = length * Math.log(variance) + deviations / variance;
    }
  }
}

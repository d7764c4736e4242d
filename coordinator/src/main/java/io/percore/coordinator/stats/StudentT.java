package io.percore.coordinator.stats;

import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/// The two-sided 95 % interval of a mean whose sample is taken to be normal.
final class StudentT {
  private static final double TAIL = 0.025;

  private StudentT() {}

  /// Interval of the mean of `sample` with n - 1 degrees of freedom; null below two values.
  static @Nullable Interval interval(double[] sample) {
    if (sample.length < 2) {
      return null;
    }
    double mean = Mean.of(sample).getAsDouble();
    double standardError = StandardDeviation.of(sample).getAsDouble() / Math.sqrt(sample.length);
    double halfWidth = quantile(sample.length) * standardError;
    return new Interval(mean - halfWidth, mean + halfWidth);
  }

  /// The 0.975 quantile for a sample of `n` values, with n - 1 degrees of freedom.
  static double quantile(int n) {
    return TDistribution.of(n - 1.0).inverseSurvivalProbability(TAIL);
  }
}

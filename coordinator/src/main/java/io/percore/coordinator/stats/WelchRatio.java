package io.percore.coordinator.stats;

import java.util.Arrays;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Variance;
import org.apache.commons.statistics.distribution.TDistribution;

/// The ratio of the rates of two samples that have nothing in common, such as the forks of two
/// runs: Welch's t for the difference of their mean logs, with the degrees of freedom of
/// Satterthwaite (Welch, Biometrika 34, 1947). The variances need not be equal.
///
/// @param log mean log of the numerators less that of the denominators
/// @param standardError of that difference, 0 when neither sample scatters
/// @param freedom degrees of freedom
record WelchRatio(double log, double standardError, double freedom) {
  /// @param numerators rates, positive and finite, at least two
  /// @param denominators likewise, in no relation to the others
  static WelchRatio of(double[] numerators, double[] denominators) {
    if (numerators.length < 2 || denominators.length < 2) {
      throw new IllegalArgumentException("a sample needs two rates at least");
    }
    double[] above = logs(numerators);
    double[] below = logs(denominators);
    double a = Variance.of(above).getAsDouble() / above.length;
    double b = Variance.of(below).getAsDouble() / below.length;
    double freedom =
        a + b == 0
            ? above.length + below.length - 2.0
            : (a + b) * (a + b) / (a * a / (above.length - 1) + b * b / (below.length - 1));
    return new WelchRatio(
        Mean.of(above).getAsDouble() - Mean.of(below).getAsDouble(), Math.sqrt(a + b), freedom);
  }

  private static double[] logs(double[] rates) {
    return Arrays.stream(rates)
        .map(
            rate -> {
              if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a rate is positive and finite, got " + rate);
              }
              return Math.log(rate);
            })
        .toArray();
  }

  /// Ratio of the geometric means.
  double ratio() {
    return Math.exp(log);
  }

  /// The two-sided interval of the ratio.
  ///
  /// @param error probability of missing it, above 0 and below 1
  Interval interval(double error) {
    double half = standardError * TDistribution.of(freedom).inverseSurvivalProbability(error / 2);
    return new Interval(Math.exp(log - half), Math.exp(log + half));
  }

  /// Two-sided probability of a difference as large as this if the true ratio were `bound`.
  double pValue(double bound) {
    double difference = Math.abs(log - Math.log(bound));
    if (standardError == 0) {
      return difference == 0 ? 1 : 0;
    }
    return 2 * TDistribution.of(freedom).survivalProbability(difference / standardError);
  }
}

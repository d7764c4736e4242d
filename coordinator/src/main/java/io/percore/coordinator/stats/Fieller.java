package io.percore.coordinator.stats;

import org.apache.commons.statistics.descriptive.Mean;
import org.jspecify.annotations.Nullable;

/// The ratio of two mean rates that were measured in pairs, with Fieller's interval (J. R. Stat.
/// Soc. B 16, 1954). It assumes that rates scatter normally and not log-normally as [LogRatio]
/// does, which makes it a cross-check: where the two differ, the interval hangs on the assumption.
public final class Fieller {
  private Fieller() {}

  /// The ratio of the means of `numerators` and `denominators`.
  ///
  /// @param numerators rates, at least one
  /// @param denominators as many positive rates, in the same order of blocks
  /// @return the ratio; its interval is null for a single pair, and when the denominators scatter
  ///   so far that no bounded interval covers the ratio
  /// @throws IllegalArgumentException when the lengths differ or are 0
  public static Estimate paired(double[] numerators, double[] denominators) {
    int n = numerators.length;
    if (n != denominators.length || n == 0) {
      throw new IllegalArgumentException(
          "pairs need equally many rates, at least one; got " + n + " and " + denominators.length);
    }
    double a = Mean.of(numerators).getAsDouble();
    double b = Mean.of(denominators).getAsDouble();
    return new Estimate(a / b, n == 1 ? null : interval(numerators, denominators, a, b));
  }

  /// The values of r for which the mean of a - r b does not differ from 0: between the roots of a
  /// quadratic in r.
  private static @Nullable Interval interval(
      double[] numerators, double[] denominators, double a, double b) {
    int n = numerators.length;
    double t = StudentT.quantile(n);
    double scale = t * t / ((double) n * (n - 1));
    double square = b * b - scale * products(denominators, b, denominators, b);
    double mixed = a * b - scale * products(numerators, a, denominators, b);
    double constant = a * a - scale * products(numerators, a, numerators, a);
    double discriminant = mixed * mixed - square * constant;
    if (!(square > 0) || !(discriminant >= 0)) {
      return null;
    }
    double root = Math.sqrt(discriminant);
    return new Interval((mixed - root) / square, (mixed + root) / square);
  }

  /// Sum of the products of the deviations from the means.
  private static double products(double[] x, double meanX, double[] y, double meanY) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - meanX) * (y[i] - meanY);
    }
    return sum;
  }
}

package io.percore.coordinator.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.hipparchus.analysis.integration.IterativeLegendreGaussIntegrator;
import org.hipparchus.analysis.solvers.BrentSolver;
import org.hipparchus.special.Gamma;

/// Student's t of a sample whose mean is not 0, and the power of the t test (D. B. Owen, "A survey
/// of properties and applications of the noncentral t-distribution", Technometrics 10, 1968).
/// Neither library of distributions that is used here has it. Pure functions.
final class NoncentralT {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
  private static final double LEVEL = 0.05;

  /// The root of a chi-square lies within so much of the root of its degrees of freedom but for
  /// less than 1e-20 of the time: its standard deviation is 0.71 at the most.
  private static final double REACH = 10;

  private static final int POINTS = 40;
  private static final int EVALUATIONS = 100_000;
  private static final double ACCURACY = 1e-12;

  private NoncentralT() {}

  /// Chance of a value up to `t`: over the chi distribution of r, the standard deviation's part,
  /// the mean of the normal chance of t r / sqrt(freedom) - noncentrality.
  ///
  /// @param freedom degrees of freedom, positive
  /// @param noncentrality mean over its standard error
  static double cumulative(double t, double freedom, double noncentrality) {
    double root = Math.sqrt(freedom);
    return new IterativeLegendreGaussIntegrator(POINTS, ACCURACY, ACCURACY)
        .integrate(
            EVALUATIONS,
            r ->
                chiDensity(r, freedom) * NORMAL.cumulativeProbability(t * r / root - noncentrality),
            Math.max(0, root - REACH),
            root + REACH);
  }

  /// Density of the root of a chi-square. The integral does not look at the ends of its range.
  private static double chiDensity(double r, double freedom) {
    double constant = (1 - freedom / 2) * Math.log(2) - Gamma.logGamma(freedom / 2);
    return Math.exp(constant + (freedom - 1) * Math.log(r) - r * r / 2);
  }

  /// Chance that a two-sided t test at 5 % sees that a mean is not 0, on either side of it.
  ///
  /// @param freedom degrees of freedom, positive
  /// @param noncentrality mean over its standard error
  static double power(double freedom, double noncentrality) {
    double bound = TDistribution.of(freedom).inverseSurvivalProbability(LEVEL / 2);
    return 1
        - cumulative(bound, freedom, noncentrality)
        + cumulative(-bound, freedom, noncentrality);
  }

  /// The mean over its standard error that such a test sees with a chance of `power`.
  ///
  /// @param power above 0.05, below 1
  static double detectable(double freedom, double power) {
    double most = 1;
    while (power(freedom, most) < power) {
      most *= 2;
    }
    return new BrentSolver(ACCURACY).solve(1000, delta -> power(freedom, delta) - power, 0, most);
  }
}

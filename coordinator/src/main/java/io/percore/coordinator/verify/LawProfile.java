package io.percore.coordinator.verify;

import io.percore.coordinator.verify.Curve.Law;
import org.hipparchus.analysis.solvers.BrentSolver;

/// The interval of a parameter at an active bound: the values with which the best law, the other
/// parameters being free in the box, has squares below a limit.
///
/// @param curve what was fitted
/// @param kappaFree whether kappa was fitted; else it is 0
/// @param limit above the least squares
record LawProfile(Curve curve, boolean kappaFree, double limit) {
  private static final int EVALUATIONS = 200;
  private static final double RELATIVE = 1e-10;

  /// One end of the interval.
  ///
  /// @param parameter 0 for sigma, 1 for kappa, 2 for lambda
  /// @param best its best value
  /// @param step a first guess, with the sign of the direction; not 0
  double end(int parameter, double best, double step) {
    double last = parameter == 2 ? Double.MAX_VALUE : 1;
    double inside = best;
    for (double reach = step; ; reach *= 2) {
      double outside = Math.clamp(best + reach, 0, last);
      if (outside == inside) {
        return outside;
      }
      if (excess(parameter, outside) >= 0) {
        return new BrentSolver(RELATIVE, Double.MIN_NORMAL)
            .solve(
                EVALUATIONS,
                value -> excess(parameter, value),
                Math.min(inside, outside),
                Math.max(inside, outside));
      }
      inside = outside;
    }
  }

  private double excess(int parameter, double value) {
    if (parameter == 2 && value == 0) {
      return 1;
    }
    return curve.squares(best(parameter, value)) / limit - 1;
  }

  private Law best(int parameter, double value) {
    LawSearch search =
        parameter == 2
            ? new LawSearch(curve, (s, k) -> new Law(s, k, value))
            : new LawSearch(curve);
    if (!kappaFree) {
      return parameter == 0 ? curve.best(value, 0) : search.amdahl();
    }
    return switch (parameter) {
      case 0 -> search.withSigma(value);
      case 1 -> search.withKappa(value);
      default -> search.bounded();
    };
  }
}

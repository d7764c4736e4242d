package io.percore.coordinator.stats.law;

import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.law.Box.Range;
import org.hipparchus.analysis.solvers.BrentSolver;

/// Which values of one parameter the data do not rule out: those with which the least squares, the
/// other parameters being free in the box, stay below a limit.
final class Profile {
  private static final double RELATIVE = 1e-9;
  private static final double ABSOLUTE = 1e-15;
  private static final int EVALUATIONS = 300;
  private static final double GROWTH = 2;

  private final LeastSquares leastSquares;
  private final Box box;
  private final int parameter;
  private final double limit;

  /// @param parameter numbered as in [Box#holding]
  /// @param limit above the least squares in the box
  Profile(LeastSquares leastSquares, Box box, int parameter, double limit) {
    this.leastSquares = leastSquares;
    this.box = box;
    this.parameter = parameter;
    this.limit = limit;
  }

  /// The interval around the best value; it ends at the latest where the box does.
  ///
  /// @param step a first guess of its half width, not negative
  Interval around(double best, double step) {
    double first = Math.max(step, Math.max(Math.abs(best) * RELATIVE, ABSOLUTE));
    return new Interval(end(best, -first), end(best, first));
  }

  private double end(double best, double step) {
    Range range = box.range(parameter);
    double inside = best;
    for (double reach = step; ; reach *= GROWTH) {
      double outside = Math.clamp(best + reach, range.low(), range.high());
      if (outside == inside) {
        return outside;
      }
      if (excess(outside) >= 0) {
        double low = Math.min(inside, outside);
        double high = Math.max(inside, outside);
        return new BrentSolver(RELATIVE, ABSOLUTE).solve(EVALUATIONS, this::excess, low, high);
      }
      inside = outside;
    }
  }

  /// How far the profile lies above the limit, as a share of it; a value with which nothing fits is
  /// ruled out.
  private double excess(double value) {
    return leastSquares
        .minimize(box.holding(parameter, value))
        .map(law -> leastSquares.squares(law) / limit - 1)
        .orElse(1.0);
  }
}

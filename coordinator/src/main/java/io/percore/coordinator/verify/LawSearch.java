package io.percore.coordinator.verify;

import io.percore.coordinator.verify.Curve.Law;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleValueChecker;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;
import org.hipparchus.optim.univariate.BrentOptimizer;
import org.hipparchus.optim.univariate.SearchInterval;
import org.hipparchus.optim.univariate.UnivariateObjectiveFunction;

/// Finds the law of least squares without derivatives: lambda has a closed form, and over sigma and
/// kappa a simplex goes down from several starts (J. A. Nelder and R. Mead, Computer Journal 7,
/// 1965). The sides of the box are gone over by a grid and then by Brent's method.
final class LawSearch {
  private static final int EVALUATIONS = 20_000;
  private static final int GRID = 400;
  private static final int RESTARTS = 4;
  private static final SimpleValueChecker STILL = new SimpleValueChecker(1e-16, 1e-300);

  /// A side is taken before the inside where the two cannot be told apart.
  private static final double EQUAL = 1 + 1e-12;

  private final Curve curve;
  private final Choice choice;

  /// The law to take for a sigma and a kappa.
  interface Choice {
    Law of(double sigma, double kappa);
  }

  LawSearch(Curve curve) {
    this(curve, curve::best);
  }

  /// A search in which lambda is not free.
  LawSearch(Curve curve, Choice choice) {
    this.curve = curve;
    this.choice = choice;
  }

  /// The best of all laws.
  Law free() {
    return inside(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /// The best law with sigma and kappa from 0 to 1.
  Law bounded() {
    List<Law> sides = new ArrayList<>();
    for (double end : new double[] {0, 1}) {
      sides.add(withSigma(end));
      sides.add(withKappa(end));
    }
    return better(best(sides), inside(0, 1));
  }

  /// The best law with sigma from 0 to 1 and kappa 0.
  Law amdahl() {
    return withKappa(0);
  }

  /// The best law with this sigma and with kappa from 0 to 1.
  Law withSigma(double sigma) {
    return side(kappa -> choice.of(sigma, kappa));
  }

  /// The best law with this kappa and with sigma from 0 to 1.
  Law withKappa(double kappa) {
    return side(sigma -> choice.of(sigma, kappa));
  }

  private Law better(Law side, Law inside) {
    return curve.squares(side) <= curve.squares(inside) * EQUAL ? side : inside;
  }

  private Law best(List<Law> laws) {
    return laws.stream().min(Comparator.comparingDouble(curve::squares)).orElseThrow();
  }

  /// Ends are taken before what lies beside them.
  private Law side(DoubleFunction<Law> at) {
    Law ends = best(List.of(at.apply(0), at.apply(1)));
    double nearest = 0;
    for (int i = 1; i <= GRID; i++) {
      double value = step(i);
      if (curve.squares(at.apply(value)) < curve.squares(at.apply(nearest))) {
        nearest = value;
      }
    }
    double low = nearest;
    double high = nearest;
    for (int i = 0; i <= GRID; i++) {
      double value = step(i);
      low = value < nearest && (low == nearest || value > low) ? value : low;
      high = value > nearest && (high == nearest || value < high) ? value : high;
    }
    double found =
        new BrentOptimizer(1e-14, 1e-18)
            .optimize(
                new MaxEval(EVALUATIONS),
                GoalType.MINIMIZE,
                new UnivariateObjectiveFunction(value -> curve.squares(at.apply(value))),
                new SearchInterval(low, high))
            .getPoint();
    return better(ends, at.apply(found));
  }

  /// Of a grid on [0, 1] that is dense at 0, where kappa is.
  private static double step(int i) {
    return Math.pow((double) i / GRID, 4);
  }

  private Law inside(double low, double high) {
    double unit = 1 / curve.largest();
    ObjectiveFunction goal = new ObjectiveFunction(at -> squares(at[0], at[1] * unit, low, high));
    List<Law> found = new ArrayList<>();
    for (double[] start : starts()) {
      double[] at = {Math.clamp(start[0], low, high), Math.clamp(start[1], low, high) / unit};
      if (Double.isInfinite(squares(at[0], at[1] * unit, low, high))) {
        continue;
      }
      double side = 0.1;
      for (int i = 0; i < RESTARTS; i++) {
        at =
            new SimplexOptimizer(STILL)
                .optimize(
                    new MaxEval(EVALUATIONS),
                    goal,
                    GoalType.MINIMIZE,
                    new InitialGuess(at),
                    new NelderMeadSimplex(2, side))
                .getPoint();
        side /= 10;
      }
      found.add(choice.of(at[0], at[1] * unit));
    }
    return best(found);
  }

  private double squares(double sigma, double kappa, double low, double high) {
    Law law = new Law(sigma, kappa, 1);
    boolean rises = curve.sizes().stream().allMatch(n -> law.slowdown(n) > 0);
    return rises && Math.min(sigma, kappa) >= low && Math.max(sigma, kappa) <= high
        ? curve.squares(choice.of(sigma, kappa))
        : Double.POSITIVE_INFINITY;
  }

  private List<double[]> starts() {
    double squared = curve.largest() * curve.largest();
    return List.of(
        linear(),
        new double[] {0.02, 0.1 / squared},
        new double[] {0.3, 1 / squared},
        new double[] {0.9, 3 / squared});
  }

  /// N / X is linear in 1 / lambda, sigma / lambda and kappa / lambda; its least squares are near
  /// those of X.
  private double[] linear() {
    double[][] rows = new double[curve.length()][];
    double[] right = new double[curve.length()];
    for (int i = 0; i < rows.length; i++) {
      double n = curve.sizes().get(i);
      double x = curve.rates().get(i) / curve.rates().getFirst();
      double weight = Math.sqrt(curve.weights().get(i)) * x * x / n;
      rows[i] = new double[] {weight, weight * (n - 1), weight * n * (n - 1)};
      right[i] = weight * n / x;
    }
    double[] solution =
        new QRDecomposition(new Array2DRowRealMatrix(rows, false))
            .getSolver()
            .solve(new ArrayRealVector(right, false))
            .toArray();
    return new double[] {solution[1] / solution[0], solution[2] / solution[0]};
  }
}

package io.percore.coordinator.verify;

import io.percore.coordinator.verify.Curve.Law;
import java.util.Arrays;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;

/// How uncertain the parameters of a fitted law are, by linearisation: what each rate does to each
/// parameter, with the variance that its forks show, scaled by the residuals. The degrees of
/// freedom are fewer by what the forks' variances leave uncertain (F. E. Satterthwaite, Biometrics
/// Bulletin 2, 1946).
final class LawErrors {
  private static final int SIGMA = 0;
  private static final int LAMBDA = 2;

  private final Curve curve;
  private final int freedom;

  /// By how much sigma, kappa and lambda move with each rate times the root of its weight; 0 for
  /// what was held.
  private final double[][] moves;

  /// Squared residual of each size that a law that holds would leave.
  private final double[] left;

  private final double squares;
  private final double scale;

  private LawErrors(Curve curve, int freedom, double[][] moves, double[] left, double squares) {
    this.curve = curve;
    this.freedom = freedom;
    this.moves = moves;
    this.left = left;
    this.squares = squares;
    this.scale = squares / Arrays.stream(left).sum();
  }

  /// @param free parameters that were fitted: with two, kappa was held
  static LawErrors of(Curve curve, Law law, int free) {
    int[] fitted = free == 2 ? new int[] {SIGMA, LAMBDA} : new int[] {SIGMA, 1, LAMBDA};
    RealMatrix slopes = new Array2DRowRealMatrix(curve.length(), free);
    for (int i = 0; i < curve.length(); i++) {
      double n = curve.sizes().get(i);
      double root = Math.sqrt(curve.weights().get(i));
      double bySlowdown = -law.rate(n) / law.slowdown(n);
      double[] all = {bySlowdown * (n - 1), bySlowdown * n * (n - 1), n / law.slowdown(n)};
      for (int column = 0; column < free; column++) {
        slopes.setEntry(i, column, root * all[fitted[column]]);
      }
    }
    RealMatrix inverse = new QRDecomposition(slopes).getSolver().getInverse();
    double[][] moves = new double[LAMBDA + 1][curve.length()];
    for (int row = 0; row < free; row++) {
      moves[fitted[row]] = inverse.getRow(row);
    }
    RealMatrix hat = slopes.multiply(inverse);
    double[] left = new double[curve.length()];
    for (int i = 0; i < left.length; i++) {
      left[i] = scatter(curve, i) * (1 - hat.getEntry(i, i));
    }
    return new LawErrors(curve, curve.length() - free, moves, left, curve.squares(law));
  }

  /// Variance of a rate times its weight; 1 where the forks do not tell.
  private static double scatter(Curve curve, int i) {
    double variance = curve.variances().get(i);
    return Double.isNaN(variance) ? 1 : variance * curve.weights().get(i);
  }

  /// Standard error of a parameter: 0 for sigma, 1 for kappa, 2 for lambda.
  double standard(int parameter) {
    return Math.sqrt(variance(parameter) * scale);
  }

  /// By how much, as a share, the squares may grow where a parameter's interval ends.
  double growth(int parameter) {
    double plain = 0;
    for (double move : moves[parameter]) {
      plain += move * move;
    }
    double t = quantile(parameter);
    // As the interval without forks has it, t^2 / freedom, times what the forks make of its square.
    return variance(parameter) * scale / (plain * squares / freedom) * t * t / freedom;
  }

  private double variance(int parameter) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += moves[parameter][i] * moves[parameter][i] * scatter(curve, i);
    }
    return sum;
  }

  /// Student's t of a parameter's interval.
  double quantile(int parameter) {
    double own = variance(parameter);
    double all = Arrays.stream(left).sum();
    double inverse = 1.0 / freedom;
    for (int i = 0; i < left.length; i++) {
      if (curve.forks().get(i) > 1 && own > 0) {
        double move = moves[parameter][i];
        double share = move * move * scatter(curve, i) / own - left[i] / all;
        inverse += share * share / (curve.forks().get(i) - 1);
      }
    }
    return new TDistribution(1 / inverse).inverseCumulativeProbability(0.975);
  }
}

package io.percore.coordinator.stats.law;

import io.percore.coordinator.stats.law.Box.Face;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.linear.SingularValueDecomposition;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.util.Pair;

/// The law of least weighted residual sum of squares among those of a box.
///
/// Each face of the box is searched by itself, without bounds, by Hipparchus' Levenberg-Marquardt
/// from several starts; of what is found inside the box the best counts. A search that is forced
/// back to the boundary at every step can come to rest there at a point that is not the least,
/// because it goes on in the direction in which the free parameters would move with the others
/// free, too.
///
/// Rates are divided by the largest of them while searching, so that all parameters are of moderate
/// size.
final class LeastSquares {
  private static final int PARAMETERS = 3;
  private static final int LAMBDA = 2;
  private static final int STEPS = 400;
  private static final double TOLERANCE = 1e-12;
  private static final LevenbergMarquardtOptimizer SEARCH =
      new LevenbergMarquardtOptimizer()
          .withCostRelativeTolerance(TOLERANCE)
          .withParameterRelativeTolerance(TOLERANCE)
          .withOrthoTolerance(TOLERANCE);

  private final double[] sizes;
  private final double[] rates;
  private final double[] rootWeights;
  private final double unit;

  /// @param observations at least one
  /// @param weights as many, positive
  LeastSquares(List<Observation> observations, double[] weights) {
    this.sizes = observations.stream().mapToDouble(Observation::size).toArray();
    double[] raw = observations.stream().mapToDouble(Observation::rate).toArray();
    this.unit = Arrays.stream(raw).max().orElseThrow();
    this.rates = Arrays.stream(raw).map(rate -> rate / unit).toArray();
    this.rootWeights = Arrays.stream(weights).map(Math::sqrt).toArray();
  }

  /// The best law of the box.
  ///
  /// @param box its range of lambda in the unit of the rates
  /// @return nothing when no search ended inside
  Optional<Usl> minimize(Box box) {
    Box scaled =
        new Box(
            box.sigma(),
            box.kappa(),
            new Box.Range(box.lambda().low() / unit, box.lambda().high() / unit));
    return scaled.faces().stream()
        .flatMap(face -> stationary(face).stream())
        .filter(scaled::contains)
        .filter(law -> Arrays.stream(sizes).allMatch(size -> law.slowdown(size) > 0))
        .min(Comparator.comparingDouble(this::scaledSquares))
        .map(law -> new Usl(law.sigma(), law.kappa(), law.lambda() * unit));
  }

  /// Weighted sum of the squared residuals, in squares of the unit of the rates times the weights.
  double squares(Usl law) {
    return scaledSquares(scaled(law)) * unit * unit;
  }

  /// By how much sigma, kappa and lambda move when a rate does: for each of them, and each
  /// observation, the derivative divided by the root of the observation's weight, from the
  /// pseudoinverse of the weighted Jacobian. The squares of a parameter's row sum up to its
  /// variance for residuals of variance 1 at weight 1. What the model holds does not move.
  ///
  /// @param box what the model leaves free
  double[][] influence(Usl law, Box box) {
    int[] free = free(box);
    RealMatrix jacobian = jacobian(scaled(law), free);
    double[] norms = new double[free.length];
    for (int column = 0; column < free.length; column++) {
      RealVector derivatives = jacobian.getColumnVector(column);
      norms[column] = derivatives.getNorm();
      jacobian.setColumnVector(column, derivatives.mapDivide(norms[column]));
    }
    RealMatrix inverse = new SingularValueDecomposition(jacobian).getSolver().getInverse();
    double[][] influence = new double[PARAMETERS][sizes.length];
    for (int row = 0; row < free.length; row++) {
      double scale = (free[row] == LAMBDA ? 1 : 1 / unit) / norms[row];
      influence[free[row]] = inverse.getRowVector(row).mapMultiply(scale).toArray();
    }
    return influence;
  }

  /// Parameters that a box leaves free, numbered as in [Box#holding].
  static int[] free(Box box) {
    return IntStream.range(0, PARAMETERS).filter(p -> !box.range(p).fixed()).toArray();
  }

  private static int[] free(Face face) {
    return IntStream.range(0, PARAMETERS).filter(p -> face.held(p) == null).toArray();
  }

  private Usl scaled(Usl law) {
    return new Usl(law.sigma(), law.kappa(), law.lambda() / unit);
  }

  private double scaledSquares(Usl law) {
    double sum = 0;
    for (int i = 0; i < sizes.length; i++) {
      double residual = rootWeights[i] * (rates[i] - law.throughput(sizes[i]));
      sum += residual * residual;
    }
    return sum;
  }

  private List<Usl> stationary(Face face) {
    int[] free = free(face);
    Stream<Usl> starts = starts().map(start -> on(face, start));
    return free.length == 0 || (free.length == 1 && free[0] == LAMBDA)
        ? starts.limit(1).toList()
        : starts.flatMap(start -> descend(free, start).stream()).toList();
  }

  /// From hardly bent to falling, for the range of sizes that was measured.
  private Stream<Usl> starts() {
    double squared = Math.pow(Arrays.stream(sizes).max().orElseThrow(), 2);
    return Stream.of(
        new Usl(0.02, 0.1 / squared, 1),
        new Usl(0.3, 1 / squared, 1),
        new Usl(0.9, 3 / squared, 1));
  }

  /// The start moved onto the face, with the lambda that fits it best.
  private Usl on(Face face, Usl start) {
    double sigma = face.sigma() == null ? start.sigma() : face.sigma();
    double kappa = face.kappa() == null ? start.kappa() : face.kappa();
    return new Usl(sigma, kappa, face.lambda() == null ? bestLambda(sigma, kappa) : face.lambda());
  }

  /// The least squares have a closed form in lambda, in which the law is linear.
  private double bestLambda(double sigma, double kappa) {
    Usl one = new Usl(sigma, kappa, 1);
    double products = 0;
    double squares = 0;
    for (int i = 0; i < sizes.length; i++) {
      double weighted = rootWeights[i] * one.throughput(sizes[i]);
      products += weighted * rootWeights[i] * rates[i];
      squares += weighted * weighted;
    }
    return products / squares;
  }

  /// Where a search from `start` ends; nothing when it runs away.
  private Optional<Usl> descend(int[] free, Usl start) {
    double[] values = {start.sigma(), start.kappa(), start.lambda()};
    var problem =
        new LeastSquaresBuilder()
            .start(Arrays.stream(free).mapToDouble(parameter -> values[parameter]).toArray())
            .target(new double[sizes.length])
            .model(point -> residuals(with(values, free, point), free))
            .maxEvaluations(STEPS)
            .maxIterations(STEPS)
            .build();
    try {
      RealVector end = SEARCH.optimize(problem).getPoint();
      return Optional.of(with(values, free, end));
    } catch (MathIllegalStateException _) {
      return Optional.empty();
    }
  }

  private static Usl with(double[] values, int[] free, RealVector point) {
    double[] all = values.clone();
    for (int i = 0; i < free.length; i++) {
      all[free[i]] = point.getEntry(i);
    }
    return new Usl(all[0], all[1], all[LAMBDA]);
  }

  private Pair<RealVector, RealMatrix> residuals(Usl law, int[] free) {
    double[] residuals = new double[sizes.length];
    Arrays.setAll(residuals, i -> rootWeights[i] * (law.throughput(sizes[i]) - rates[i]));
    return new Pair<>(new ArrayRealVector(residuals, false), jacobian(law, free));
  }

  private RealMatrix jacobian(Usl law, int[] free) {
    RealMatrix jacobian = new Array2DRowRealMatrix(sizes.length, free.length);
    for (int i = 0; i < sizes.length; i++) {
      double[] gradient = law.gradient(sizes[i]);
      for (int column = 0; column < free.length; column++) {
        jacobian.setEntry(i, column, rootWeights[i] * gradient[free[column]]);
      }
    }
    return jacobian;
  }
}

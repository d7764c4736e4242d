package io.percore.coordinator.stats.law;

import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.law.Box.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/// Fits the laws of a box and says how sure their parameters are.
///
/// Inside the box an interval is the estimate plus and minus t(0.975, f) standard errors. They come
/// through the Jacobian of the p parameters from the weighted residuals (G. A. F. Seber and C. J.
/// Wild, Nonlinear Regression, Wiley 1989, chapter 5); where the forks' variances are known, each
/// size takes part with its own, all of them scaled by the residuals, so that neither a scatter
/// that grows with the size nor a law that does not hold makes them too short. Without forks that
/// is the usual s^2 (J'WJ)^-1, and f is n - p. With few forks a size's variance is rough, and
/// lambda hangs on that of the smallest size nearly alone; so f is less by what the forks'
/// variances add to the uncertainty of the squared error (F. E. Satterthwaite, Biometrics Bulletin
/// 2, 1946, with the derivatives of the squared error by each variance).
///
/// At an active bound a symmetric interval would be wrong, and it holds those values whose profile,
/// the least squares with the others free in the box, lies below (1 + t^2 / (n - p)) times the
/// least of all, with t^2 scaled likewise.
final class LawFitter {
  private static final double TAIL = 0.025;
  private static final List<String> NAMES = List.of("sigma", "kappa", "lambda");

  /// Residuals below this share of the rates are rounding errors.
  private static final double EXACT = 1e-9;

  private final List<Observation> observations;
  private final LeastSquares leastSquares;
  private final double[] weights;
  private final double total;
  private final boolean scattered;

  /// @param observations more of them than parameters
  /// @param weights as many, positive
  LawFitter(List<Observation> observations, double[] weights) {
    this.observations = List.copyOf(observations);
    this.leastSquares = new LeastSquares(observations, weights);
    this.weights = weights.clone();
    this.scattered = observations.stream().anyMatch(o -> o.relativeVariance() > 0);
    this.total =
        IntStream.range(0, weights.length)
            .mapToDouble(i -> weights[i] * Math.pow(observations.get(i).rate(), 2))
            .sum();
  }

  /// The best law of the box, or nothing when none was found.
  Optional<LawFit> fit(Box box) {
    return leastSquares.minimize(box).map(law -> describe(law, box));
  }

  private LawFit describe(Usl law, Box box) {
    int freedom = observations.size() - LeastSquares.free(box).length;
    double squares = leastSquares.squares(law);
    double[][] influence = leastSquares.influence(law, box);
    double[] values = {law.sigma(), law.kappa(), law.lambda()};
    Set<String> active = active(values, box);
    double[] expected = expectedSquares(law, influence);
    double scale = squares / Arrays.stream(expected).sum();
    boolean byJacobian = active.isEmpty() || squares <= EXACT * EXACT * total;
    List<Double> errors = new ArrayList<>();
    List<@Nullable Interval> intervals = new ArrayList<>();
    for (int p = 0; p < values.length; p++) {
      double residual = sum(influence[p], _ -> 1) * squares / freedom;
      double error = Math.sqrt(sum(influence[p], this::forkVariance) * scale);
      double quantile = quantile(influence[p], expected, freedom);
      errors.add(error);
      if (box.range(p).fixed()) {
        intervals.add(null);
      } else if (byJacobian) {
        intervals.add(new Interval(values[p] - quantile * error, values[p] + quantile * error));
      } else {
        double excess = error * error / residual * quantile * quantile / freedom;
        intervals.add(
            new Profile(leastSquares, box, p, squares * (1 + excess)).around(values[p], error));
      }
    }
    return new LawFit(
        law,
        intervals.get(0),
        intervals.get(1),
        Objects.requireNonNull(intervals.get(2)),
        errors,
        active,
        squares,
        freedom,
        LackOfFit.of(law, observations, freedom),
        observations.stream().mapToDouble(Observation::size).max().orElseThrow());
  }

  /// Squared residual of each size to be expected of a law that holds, by the forks' variances.
  private double[] expectedSquares(Usl law, double[][] influence) {
    double[] expected = new double[weights.length];
    for (int i = 0; i < weights.length; i++) {
      double[] gradient = law.gradient(observations.get(i).size());
      double leverage = 0;
      for (int p = 0; p < gradient.length; p++) {
        leverage += influence[p][i] * Math.sqrt(weights[i]) * gradient[p];
      }
      expected[i] = forkVariance(i) * (1 - leverage);
    }
    return expected;
  }

  /// Student's t for one parameter.
  ///
  /// @param influence of the rates on it; all zero where the model holds it
  private double quantile(double[] influence, double[] expected, int freedom) {
    double own = sum(influence, this::forkVariance);
    double all = Arrays.stream(expected).sum();
    double inverse = 1.0 / freedom;
    for (int i = 0; i < influence.length; i++) {
      Observation o = observations.get(i);
      if (o.variance() != null && scattered && own > 0) {
        double share = influence[i] * influence[i] * forkVariance(i) / own - expected[i] / all;
        inverse += share * share / (o.forks() - 1);
      }
    }
    return TDistribution.of(1 / inverse).inverseSurvivalProbability(TAIL);
  }

  /// Variance of a rate at weight 1 by its forks; 1 when unknown, as where no forks differ at all.
  private double forkVariance(int observation) {
    Double variance = observations.get(observation).variance();
    return variance == null || !scattered ? 1 : variance * weights[observation];
  }

  private static double sum(double[] influence, IntToDoubleFunction variance) {
    return IntStream.range(0, influence.length)
        .mapToDouble(i -> influence[i] * influence[i] * variance.applyAsDouble(i))
        .sum();
  }

  private static Set<String> active(double[] values, Box box) {
    Set<String> active = new LinkedHashSet<>();
    for (int p = 0; p < values.length; p++) {
      Range range = box.range(p);
      if (!range.fixed() && (values[p] == range.low() || values[p] == range.high())) {
        active.add(NAMES.get(p));
      }
    }
    return active;
  }
}

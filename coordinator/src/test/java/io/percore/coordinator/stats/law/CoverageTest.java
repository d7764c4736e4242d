package io.percore.coordinator.stats.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How often the 95 % intervals hold the true parameters, for curves of six forks at each size.
class CoverageTest {
  private static final int RUNS = 1000;
  private static final int FORKS = 6;
  private static final double RATE = 1e8;

  /// What is simulated: the scatter of the forks is a share of the rate.
  enum Scatter {
    EQUAL(0.03, 0),
    GROWING(0.01, 0.002);

    private final double base;
    private final double slope;

    Scatter(double base, double slope) {
      this.base = base;
      this.slope = slope;
    }

    double at(double size) {
      return base + slope * size;
    }
  }

  private static final double[][] SIZES = {
    {1, 2, 4, 6, 8, 12},
    {1, 2, 3, 4, 6, 8, 12, 16},
    {1, 2, 3, 4, 6, 8, 12, 16, 24, 32},
    {1, 2, 3, 4, 6, 8, 10, 12, 16, 20, 24, 32}
  };

  private static final List<Usl> INSIDE =
      List.of(new Usl(0.1, 0.01, RATE), new Usl(0.3, 0.01, RATE), new Usl(0.05, 0.03, RATE));

  private static final List<Usl> ON_THE_BOUNDARY =
      List.of(
          new Usl(0.1, 0, RATE), new Usl(0, 0.01, RATE), new Usl(0, 0, RATE), new Usl(1, 0, RATE));

  @ParameterizedTest
  @EnumSource
  void insideTheBox(Scatter scatter) {
    double[] sum = new double[3];
    for (Usl law : INSIDE) {
      for (double[] sizes : SIZES) {
        double[] covered = coverage(law, sizes, scatter);
        for (int p = 0; p < covered.length; p++) {
          assertThat(covered[p]).as("%s %s %d", scatter, law, sizes.length).isBetween(0.9, 0.98);
          sum[p] += covered[p];
        }
      }
    }
    for (double covered : sum) {
      assertThat(covered / (INSIDE.size() * SIZES.length)).as("mean").isBetween(0.925, 0.98);
    }
  }

  @ParameterizedTest
  @EnumSource
  void onTheBoundary(Scatter scatter) {
    for (Usl law : ON_THE_BOUNDARY) {
      for (double covered : coverage(law, SIZES[0], scatter)) {
        assertThat(covered).as("%s %s", scatter, law).isGreaterThan(0.9);
      }
    }
  }

  private static double[] coverage(Usl law, double[] sizes, Scatter scatter) {
    Random random = new Random(20071L + sizes.length);
    double[] covered = new double[3];
    for (int run = 0; run < RUNS; run++) {
      List<Observation> curve = new ArrayList<>();
      for (double size : sizes) {
        List<Double> rates =
            Stream.generate(
                    () -> law.throughput(size) * Math.exp(scatter.at(size) * random.nextGaussian()))
                .limit(FORKS)
                .toList();
        curve.add(Observation.ofForks(size, rates));
      }
      double[] weights = Weighting.INVERSE.weights(curve);
      LawFit fit = new LawFitter(curve, weights).fit(Box.USL).orElseThrow();
      covered[0] += holds(Objects.requireNonNull(fit.sigma()), law.sigma());
      covered[1] += holds(Objects.requireNonNull(fit.kappa()), law.kappa());
      covered[2] += holds(fit.lambda(), law.lambda());
    }
    return new double[] {covered[0] / RUNS, covered[1] / RUNS, covered[2] / RUNS};
  }

  private static double holds(Interval interval, double value) {
    return interval.contains(value) ? 1 : 0;
  }
}

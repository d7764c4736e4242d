package io.percore.coordinator.stats.steady;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.measurement.SteadyState;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How often a series without any change is said to have one.
class FalseAlarmTest {
  private static final int RUNS = 50;
  private static final Set<SteadyState> SUSPECT =
      EnumSet.of(SteadyState.SLOWDOWN, SteadyState.NO_STEADY_STATE);
  private static final double RATE = 100;

  /// Noise with a standard deviation of about 3 % of the rate; the bound is on the share of series
  /// in which a changepoint is found.
  enum Noise {
    GAUSSIAN(0.02) {
      @Override
      void fill(double[] series, Random random) {
        for (int i = 0; i < series.length; i++) {
          series[i] = RATE + 3 * random.nextGaussian();
        }
      }
    },
    LOGNORMAL(0.02) {
      @Override
      void fill(double[] series, Random random) {
        for (int i = 0; i < series.length; i++) {
          series[i] = RATE * (0.94 + 0.055 * Math.exp(0.5 * random.nextGaussian()));
        }
      }
    },
    LAPLACE(0.02) {
      @Override
      void fill(double[] series, Random random) {
        for (int i = 0; i < series.length; i++) {
          double size = -Math.log(1 - random.nextDouble());
          series[i] = RATE + 2.1 * (random.nextBoolean() ? size : -size);
        }
      }
    },
    AUTOCORRELATED_06(0.05) {
      @Override
      void fill(double[] series, Random random) {
        autoregressive(series, random, 0.6);
      }
    },
    AUTOCORRELATED_09(1) {
      @Override
      void fill(double[] series, Random random) {
        autoregressive(series, random, 0.9);
      }
    };

    private final double bound;

    Noise(double bound) {
      this.bound = bound;
    }

    abstract void fill(double[] series, Random random);

    static void autoregressive(double[] series, Random random, double coefficient) {
      double innovation = 3 * Math.sqrt(1 - coefficient * coefficient);
      double deviation = 3 * random.nextGaussian();
      for (int i = 0; i < series.length; i++) {
        series[i] = RATE + deviation;
        deviation = coefficient * deviation + innovation * random.nextGaussian();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void changesThatAreNoneAreSeldomFound(Noise noise) {
    for (int length : new int[] {1000, 2000}) {
      Random random = new Random(20170 + length);
      int changed = 0;
      int notFlat = 0;
      int suspect = 0;
      double[] series = new double[length];
      for (int run = 0; run < RUNS; run++) {
        noise.fill(series, random);
        Steadiness found = Steadiness.of(series);
        changed += found.changepoints().isEmpty() ? 0 : 1;
        notFlat += found.state() == SteadyState.FLAT ? 0 : 1;
        suspect += SUSPECT.contains(found.state()) ? 1 : 0;
      }
      System.out.printf(
          "%-18s n = %d: changepoints %.3f, not flat %.3f, marked %.3f%n",
          noise, length, share(changed), share(notFlat), share(suspect));
      assertThat(share(changed)).as("%s %d", noise, length).isLessThanOrEqualTo(noise.bound);
      assertThat(share(notFlat)).as("%s %d", noise, length).isLessThanOrEqualTo(noise.bound);
    }
  }

  private static double share(int count) {
    return count / (double) RUNS;
  }
}

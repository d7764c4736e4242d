package io.percore.coordinator.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// How often nominal 95 % intervals of means and ratios hold the true value, by simulation. None of
/// them has anything that was tuned to the simulated noise.
class IntervalCoverageTest {
  private static final int RUNS = 20_000;
  private static final double SCATTER = 0.05;
  private static final double RATE = 3e7;
  private static final double RATIO = 1.7;

  /// An interval under test.
  enum Figure {
    MEAN {
      @Override
      boolean covers(double[] rates, double[] bases) {
        return holds(MeanInterval.arithmetic(rates), RATE * RATIO);
      }
    },
    LOG_RATIO {
      @Override
      boolean covers(double[] rates, double[] bases) {
        return holds(LogRatio.paired(rates, bases), RATIO);
      }
    },
    FIELLER {
      @Override
      boolean covers(double[] rates, double[] bases) {
        return holds(Fieller.paired(rates, bases), RATIO);
      }
    },
    WELCH_RATIO {
      @Override
      boolean covers(double[] rates, double[] bases) {
        return WelchRatio.of(rates, bases).interval(0.05).contains(RATIO);
      }
    };

    abstract boolean covers(double[] rates, double[] bases);

    static boolean holds(Estimate estimate, double value) {
      return Objects.requireNonNull(estimate.interval()).contains(value);
    }
  }

  static Stream<Arguments> cells() {
    return Stream.of(Figure.values())
        .flatMap(
            figure ->
                Stream.of(Noise.values())
                    .flatMap(
                        noise -> Stream.of(5, 10, 30).map(n -> Arguments.of(figure, noise, n))));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void ninetyThreeToNinetyEight(Figure figure, Noise noise, int forks) {
    Random random = new Random(61_001L + forks);
    int covered = 0;
    for (int run = 0; run < RUNS; run++) {
      double[] rates = forks(RATE * RATIO, noise, forks, random);
      double[] bases = forks(RATE, noise, forks, random);
      covered += figure.covers(rates, bases) ? 1 : 0;
    }
    double share = (double) covered / RUNS;
    CoverageTable.record(figure + " " + noise + " " + forks, share);
    assertThat(share).isBetween(0.93, 0.98);
  }

  private static double[] forks(double rate, Noise noise, int forks, Random random) {
    double[] rates = new double[forks];
    Arrays.setAll(rates, _ -> rate * (1 + SCATTER * noise.next(random)));
    return rates;
  }
}

package io.percore.coordinator.stats.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.percore.coordinator.stats.law.ScalingLaws.Fitted;
import io.percore.coordinator.stats.law.ScalingLaws.Refused;
import io.percore.coordinator.stats.law.ScalingLaws.TooFewSizes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LawPropertyTest {
  private static final double[] SIZES = {1, 2, 3, 4, 6, 8, 12, 16};
  private static final double[] SIGMAS = {0, 0.01, 0.1, 0.5, 0.9, 1};
  private static final double[] KAPPAS = {0, 1e-4, 0.01, 0.3, 1};

  @Test
  void recoversEveryLawOfTheBoxFromCurvesWithoutNoise() {
    for (double sigma : SIGMAS) {
      for (double kappa : KAPPAS) {
        Usl law = new Usl(sigma, kappa, 3.7e8);
        Usl found = fit(law, 0, 1).usl().law();
        assertThat(found.sigma()).as("%s", law).isCloseTo(sigma, within(1e-7));
        assertThat(found.kappa()).as("%s", law).isCloseTo(kappa, within(1e-7));
        assertThat(found.lambda() / 3.7e8).as("%s", law).isCloseTo(1, within(1e-7));
      }
    }
  }

  @Test
  void noPointOfTheBoxFitsBetter() {
    for (double sigma : SIGMAS) {
      for (double kappa : KAPPAS) {
        List<Observation> curve = curve(new Usl(sigma, kappa, 1), 0.2, 11);
        double[] weights = Weighting.NONE.weights(curve);
        LeastSquares leastSquares = new LeastSquares(curve, weights);
        double least = leastSquares.squares(leastSquares.minimize(Box.USL).orElseThrow());
        for (double s = 0; s <= 1; s += 0.05) {
          for (double k = 0; k <= 1; k += 0.02) {
            Box corner = Box.USL.holding(0, s).holding(1, k);
            double there = leastSquares.squares(leastSquares.minimize(corner).orElseThrow());
            assertThat(there).isGreaterThanOrEqualTo(least * (1 - 1e-9));
          }
        }
      }
    }
  }

  @Test
  void saysWhenTheLawDoesNotDescribeTheCurve() {
    List<Observation> plateau =
        Arrays.stream(SIZES).mapToObj(n -> Observation.of(n, n == 1 ? 1 : 0.42)).toList();
    Fitted fitted = (Fitted) ScalingLaws.of(plateau, Weighting.NONE);

    assertThat(fitted.usl().lackOfFit().failed()).isTrue();
    assertThat(fit(new Usl(0.1, 0.01, 1), 0.02, 3).usl().lackOfFit().failed()).isFalse();
  }

  @Test
  void refusesFewerThanSixSizes() {
    List<Observation> five = curve(new Usl(0.1, 0.01, 1), 0, 1).subList(0, 5);

    assertThat(ScalingLaws.of(five, Weighting.INVERSE))
        .isEqualTo(new TooFewSizes(5))
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.reason())
                    .isEqualTo("a scaling law needs at least 6 sizes, and there are 5"));
  }

  @Test
  void serialSharesAreThoseOfTheirLaws() {
    // Amdahl: S = 1 / (f + (1 - f) / N); Gustafson: S = N - f (N - 1)
    assertThat(SerialShare.karpFlatt(1 / (0.1 + 0.9 / 8), 8)).isCloseTo(0.1, within(1e-12));
    assertThat(SerialShare.gustafson(8 - 0.1 * 7, 8)).isCloseTo(0.1, within(1e-12));
  }

  private static Fitted fit(Usl law, double scatter, long seed) {
    return (Fitted) ScalingLaws.of(curve(law, scatter, seed), Weighting.NONE);
  }

  private static List<Observation> curve(Usl law, double scatter, long seed) {
    Random random = new Random(seed);
    List<Observation> curve = new ArrayList<>();
    for (double size : SIZES) {
      double noise = Math.exp(scatter * random.nextGaussian());
      curve.add(Observation.of(size, law.throughput(size) * noise));
    }
    return curve;
  }
}

package io.percore.coordinator.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DetectableEffectTest {
  /// Log ratios of 0.1, -0.1, 0.1, ... in ten pairs: s = 0.1 sqrt(10 / 9); t(0.975, 9) = 2.262157
  /// and t(0.8, 9) = 0.883404 are the tables' values.
  @Test
  void followsTheFormula() {
    double[] rates = new double[20];
    for (int i = 0; i < 10; i++) {
      // The halves change places with each pair, so equal pairs give ratios of changing sign.
      rates[2 * i] = Math.exp(0.1);
      rates[2 * i + 1] = 1;
    }
    DetectableEffect effect = DetectableEffect.of(rates);

    assertThat(effect.ratio().value()).isCloseTo(1, within(1e-12));
    assertThat(Math.log(effect.smallest()))
        .isCloseTo((2.262157 + 0.883404) * 0.1 / 3, within(1e-6));
    assertThat(effect.toldApart()).isFalse();
  }

  @Test
  void equalRatesAreToldApartFromAnything() {
    DetectableEffect effect = DetectableEffect.of(new double[] {5, 5, 5, 5, 5});

    assertThat(effect.smallest()).isEqualTo(1);
    assertThat(effect.toldApart()).isFalse();
  }

  @Test
  void threeRatesAreTooFew() {
    assertThatIllegalArgumentException().isThrownBy(() -> DetectableEffect.of(new double[3]));
  }

  /// In simulated comparisons of things that differ by the smallest effect, four of five intervals
  /// exclude 1; the approximation makes that a little less.
  @Test
  void theEffectIsDetectedInFourOfFive() {
    Random random = new Random(4_711);
    int pairs = 12;
    double effect =
        (StudentT.quantile(pairs)
                + org.apache.commons.statistics.distribution.TDistribution.of(pairs - 1.0)
                    .inverseCumulativeProbability(0.8))
            * 0.05
            / Math.sqrt(pairs);
    int detected = 0;
    int runs = 4_000;
    for (int run = 0; run < runs; run++) {
      double[] over = new double[pairs];
      double[] under = new double[pairs];
      for (int i = 0; i < pairs; i++) {
        over[i] = Math.exp(effect + 0.05 * random.nextGaussian());
        under[i] = 1;
      }
      Interval interval = LogRatio.paired(over, under).interval();
      detected += interval != null && interval.low() > 1 ? 1 : 0;
    }
    assertThat(detected / (double) runs).isBetween(0.76, 0.84);
  }
}

package io.percore.coordinator.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectableEffectTest {
  private static NavigableMap<Integer, Double> blocks(double... rates) {
    NavigableMap<Integer, Double> blocks = new TreeMap<>();
    for (int i = 0; i < rates.length; i++) {
      blocks.put(i, rates[i]);
    }
    return blocks;
  }

  /// Log ratios of 0.1, -0.1, 0.1, ... in ten pairs: s = 0.1 sqrt(10 / 9). The noncentrality for a
  /// power of 80 % with 9 degrees of freedom is 3.1632, a little more than t(0.975) + t(0.8) =
  /// 3.1456; the quantiles of chi-square with 9 are 19.0228 and 2.70039.
  @Test
  void followsTheFormula() {
    double[] rates = new double[20];
    for (int i = 0; i < 10; i++) {
      // The halves change places with each pair, so equal pairs give ratios of changing sign.
      rates[2 * i] = Math.exp(0.1);
      rates[2 * i + 1] = 1;
    }
    DetectableEffect effect = DetectableEffect.of(blocks(rates));

    assertThat(effect.pairs()).isEqualTo(10);
    assertThat(effect.ratio().value()).isCloseTo(1, within(1e-12));
    double log = Math.log(effect.smallest().value());
    assertThat(log / 0.1 * 3).isBetween(2.262157 + 0.883404, 3.2);
    Interval interval = Objects.requireNonNull(effect.smallest().interval());
    assertThat(Math.log(interval.low()) / log).isCloseTo(Math.sqrt(9 / 19.0228), within(1e-5));
    assertThat(Math.log(interval.high()) / log).isCloseTo(Math.sqrt(9 / 2.70039), within(1e-5));
    assertThat(effect.toldApart()).isFalse();
  }

  /// Without block 2 its partner, block 3, has none; block 4 still goes with block 5. By position,
  /// 3 would go with 4.
  @Test
  void pairsBlocksAndNotPositions() {
    NavigableMap<Integer, Double> rates = blocks(1, 1, 9, 5, 2, 2, 3, 3);
    rates.remove(2);
    DetectableEffect effect = DetectableEffect.of(rates);

    assertThat(effect.pairs()).isEqualTo(3);
    assertThat(DetectableEffect.pairs(rates)).isEqualTo(3);
    assertThat(effect.smallest().value()).isEqualTo(1);
  }

  @Test
  void equalRatesAreToldApartFromAnything() {
    DetectableEffect effect = DetectableEffect.of(blocks(5, 5, 5, 5, 5));

    assertThat(effect.smallest()).isEqualTo(new Estimate(1, new Interval(1, 1)));
    assertThat(effect.toldApart()).isFalse();
  }

  @Test
  void threeRatesAreTooFew() {
    assertThatIllegalArgumentException().isThrownBy(() -> DetectableEffect.of(blocks(1, 1, 1)));
  }

  /// In simulated comparisons of things that differ by the effect that a machine's true scatter
  /// makes the smallest, four of five intervals exclude 1, with few pairs, too.
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 6, 12})
  void theEffectIsDetectedInFourOfFive(int pairs) {
    Random random = new Random(4_711);
    double effect = NoncentralT.detectable(pairs - 1.0, 0.8) * 0.05 / Math.sqrt(pairs);
    int detected = 0;
    int runs = 20_000;
    for (int run = 0; run < runs; run++) {
      double[] over = new double[pairs];
      double[] under = new double[pairs];
      for (int i = 0; i < pairs; i++) {
        over[i] = Math.exp(effect + 0.05 * random.nextGaussian());
        under[i] = 1;
      }
      Interval interval = LogRatio.paired(over, under).interval();
      detected += interval != null && !interval.contains(1) ? 1 : 0;
    }
    assertThat(detected / (double) runs).isBetween(0.79, 0.81);
  }

  /// The interval of the smallest effect holds the one that the true scatter makes in 95 of 100
  /// simulated machines.
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 6})
  void theIntervalHoldsTheTrueOne(int pairs) {
    Random random = new Random(815);
    double truth = Math.exp(NoncentralT.detectable(pairs - 1.0, 0.8) * 0.05 / Math.sqrt(pairs));
    int covered = 0;
    int runs = 2_000;
    for (int run = 0; run < runs; run++) {
      double[] rates = new double[2 * pairs];
      for (int i = 0; i < rates.length; i++) {
        rates[i] = Math.exp(0.05 / Math.sqrt(2) * random.nextGaussian());
      }
      DetectableEffect effect = DetectableEffect.of(blocks(rates));
      covered += Objects.requireNonNull(effect.smallest().interval()).contains(truth) ? 1 : 0;
    }
    assertThat(covered / (double) runs).isBetween(0.935, 0.965);
  }
}

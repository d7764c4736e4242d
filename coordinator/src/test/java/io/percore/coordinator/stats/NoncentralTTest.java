package io.percore.coordinator.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoncentralTTest {
  @ParameterizedTest
  @CsvSource({"1, 0.5", "2, -1.3", "5, 2.57", "11, 0", "40, 3", "300, -2"})
  void withoutNoncentralityItIsStudents(double freedom, double t) {
    assertThat(NoncentralT.cumulative(t, freedom, 0))
        .isCloseTo(TDistribution.of(freedom).cumulativeProbability(t), within(1e-10));
  }

  /// At t = 0 only the sign of the normal part counts.
  @ParameterizedTest
  @CsvSource({"1, 1, 0.158655254", "7, 2, 0.022750132", "30, -1, 0.841344746"})
  void atZeroItIsNormal(double freedom, double noncentrality, double chance) {
    assertThat(NoncentralT.cumulative(0, freedom, noncentrality)).isCloseTo(chance, within(1e-9));
  }

  /// The examples of R's manual of power.t.test, of two samples of n with means 1 apart: n = 20 has
  /// a power of 0.8689528, and 90 % needs n = 22.02110.
  @Test
  void hasThePowerOfRsExamples() {
    assertThat(upper(20, 1)).isCloseTo(0.8689528, within(5e-8));
    assertThat(upper(22.02110, 1)).isCloseTo(0.9, within(5e-7));
  }

  /// J. Cohen, "A power primer", Psychological Bulletin 112, 1992, table 2: 64 in each sample for a
  /// medium effect and 26 for a large one, at 5 % with a power of 80 %.
  @ParameterizedTest
  @CsvSource({"0.5, 64", "0.8, 26"})
  void needsTheSamplesOfCohensTable(double effect, int n) {
    assertThat(upper(n, effect)).isGreaterThanOrEqualTo(0.8);
    assertThat(upper(n - 1, effect)).isLessThan(0.8);
  }

  /// Of two samples, on the upper side alone.
  private static double upper(double n, double effect) {
    double freedom = 2 * (n - 1);
    double bound = TDistribution.of(freedom).inverseSurvivalProbability(0.025);
    return 1 - NoncentralT.cumulative(bound, freedom, effect * Math.sqrt(n / 2));
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "5", "11", "29"})
  void theDetectableIsDetectedInFourOfFive(int freedom) {
    double noncentrality = NoncentralT.detectable(freedom, 0.8);
    double bound = TDistribution.of(freedom).inverseSurvivalProbability(0.025);
    Random random = new Random(4_711);
    int runs = 40_000;
    int detected = 0;
    for (int run = 0; run < runs; run++) {
      double squares = 0;
      for (int i = 0; i < freedom; i++) {
        squares += Math.pow(random.nextGaussian(), 2);
      }
      double t = (random.nextGaussian() + noncentrality) / Math.sqrt(squares / freedom);
      detected += Math.abs(t) > bound ? 1 : 0;
    }
    assertThat(detected / (double) runs).isBetween(0.793, 0.807);
  }
}

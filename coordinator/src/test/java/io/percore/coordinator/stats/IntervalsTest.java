package io.percore.coordinator.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalsTest {
  /// Student's sleep data (Biometrika 6, 1908), differences of the two drugs; R's `t.test` prints
  /// this interval in its documentation.
  private static final double[] SLEEP = {1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4};

  @Test
  void arithmeticMeanOfStudentsSleepData() {
    Estimate mean = MeanInterval.arithmetic(SLEEP);

    assertThat(mean.value()).isCloseTo(1.58, within(1e-12));
    assertThat(interval(mean).low()).isCloseTo(0.7001142367, within(1e-9));
    assertThat(interval(mean).high()).isCloseTo(2.4598857633, within(1e-9));
  }

  @Test
  void logRatioOfThreePairs() {
    double[] bases = {50, 80, 20};
    double[] rates = {50 * Math.exp(0.1), 80 * Math.exp(0.2), 20 * Math.exp(0.3)};

    Estimate ratio = LogRatio.paired(rates, bases);

    assertThat(ratio.value()).isCloseTo(1.2214027582, within(1e-9));
    assertThat(interval(ratio).low()).isCloseTo(0.9527394894, within(1e-9));
    assertThat(interval(ratio).high()).isCloseTo(1.5658264555, within(1e-9));
  }

  @Test
  void pairingRemovesWhatABlockHasInCommon() {
    Estimate ratio = LogRatio.paired(new double[] {20, 2, 200, 7}, new double[] {10, 1, 100, 3.5});

    assertThat(ratio.value()).isCloseTo(2, within(1e-12));
    assertThat(interval(ratio).high() - interval(ratio).low()).isCloseTo(0, within(1e-12));
  }

  @Test
  void harmonicMeanIsTotalWorkOverTotalTime() {
    assertThat(MeanInterval.harmonic(new double[] {40, 60}).value()).isCloseTo(48, within(1e-12));

    Estimate mean = MeanInterval.harmonic(new double[] {100, 105, 98});
    assertThat(mean.value()).isCloseTo(100.9153318, within(1e-6));
    assertThat(interval(mean).low()).isCloseTo(92.79466981, within(1e-6));
    assertThat(interval(mean).high()).isCloseTo(110.5936182, within(1e-6));
  }

  @Test
  void harmonicIntervalWithoutUpperEndIsNone() {
    assertThat(MeanInterval.harmonic(new double[] {1, 1000}).interval()).isNull();
  }

  @Test
  void arithmeticIntervalDoesNotReachBelowZero() {
    assertThat(interval(MeanInterval.arithmetic(new double[] {1, 1000})).low()).isZero();
  }

  @Test
  void oneValueHasNoInterval() {
    assertThat(MeanInterval.arithmetic(new double[] {3})).isEqualTo(new Estimate(3, null));
    assertThat(LogRatio.paired(new double[] {8}, new double[] {4}).interval()).isNull();
  }

  @Test
  void refusesWhatHasNoRatio() {
    double[] one = {1};
    assertThatThrownBy(() -> LogRatio.paired(new double[0], new double[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LogRatio.paired(one, new double[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class);
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> LogRatio.paired(one, new double[] {bad}))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> MeanInterval.arithmetic(new double[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// A nominal 95 % interval has to hold the truth in about 95 of 100 runs, at every number of
  /// forks that we report one for. Blocks scatter, and so do the two trials within each.
  @ParameterizedTest
  @ValueSource(ints = {3, 6, 10})
  void pairedIntervalCoversTheTruth(int blocks) {
    Random random = new Random(20_260_301);
    double truth = 1.9;
    int runs = 4000;
    int covered = 0;
    for (int run = 0; run < runs; run++) {
      double[] bases = new double[blocks];
      double[] rates = new double[blocks];
      for (int block = 0; block < blocks; block++) {
        double common = Math.exp(0.2 * random.nextGaussian());
        bases[block] = 1e8 * common * Math.exp(0.03 * random.nextGaussian());
        rates[block] = truth * 1e8 * common * Math.exp(0.03 * random.nextGaussian());
      }
      if (interval(LogRatio.paired(rates, bases)).contains(truth)) {
        covered++;
      }
    }
    assertThat(covered / (double) runs).isBetween(0.93, 0.98);
  }

  @Property
  void intervalsContainTheirEstimate(@ForAll("pairs") double[][] pairs) {
    Estimate ratio = LogRatio.paired(pairs[0], pairs[1]);
    assertThat(interval(ratio).contains(ratio.value())).isTrue();
    Estimate arithmetic = MeanInterval.arithmetic(pairs[0]);
    assertThat(interval(arithmetic).contains(arithmetic.value())).isTrue();
    Estimate harmonic = MeanInterval.harmonic(pairs[0]);
    Interval interval = harmonic.interval();
    assertThat(interval == null || interval.contains(harmonic.value())).isTrue();
    assertThat(harmonic.value()).isLessThanOrEqualTo(arithmetic.value() * (1 + 1e-12));
  }

  @Property
  void ratioDoesNotDependOnUnits(@ForAll("pairs") double[][] pairs) {
    Estimate ratio = LogRatio.paired(pairs[0], pairs[1]);
    Estimate scaled = LogRatio.paired(times(pairs[0], 1e-6), times(pairs[1], 1e-6));
    assertThat(scaled.value()).isCloseTo(ratio.value(), Percentage.withPercentage(1e-6));
    assertThat(interval(scaled).low())
        .isCloseTo(interval(ratio).low(), Percentage.withPercentage(1e-6));
  }

  @Property
  void ratioOfTheInverseIsTheInverse(@ForAll("pairs") double[][] pairs) {
    Estimate ratio = LogRatio.paired(pairs[0], pairs[1]);
    Estimate inverse = LogRatio.paired(pairs[1], pairs[0]);
    assertThat(inverse.value()).isCloseTo(1 / ratio.value(), Percentage.withPercentage(1e-6));
    assertThat(interval(inverse).low())
        .isCloseTo(1 / interval(ratio).high(), Percentage.withPercentage(1e-6));
  }

  @Property
  void orderOfBlocksDoesNotMatter(@ForAll("pairs") double[][] pairs) {
    Estimate ratio = LogRatio.paired(pairs[0], pairs[1]);
    Estimate reversed = LogRatio.paired(reversed(pairs[0]), reversed(pairs[1]));
    assertThat(reversed.value()).isCloseTo(ratio.value(), Percentage.withPercentage(1e-6));
    assertThat(interval(reversed).high())
        .isCloseTo(interval(ratio).high(), Percentage.withPercentage(1e-6));
  }

  @Provide
  Arbitrary<double[][]> pairs() {
    Arbitrary<Double> rate = Arbitraries.doubles().between(1e6, 1e8);
    return Arbitraries.integers()
        .between(2, 12)
        .flatMap(n -> rate.array(double[].class).ofSize(n).array(double[][].class).ofSize(2));
  }

  private static double[] times(double[] values, double factor) {
    return Arrays.stream(values).map(value -> value * factor).toArray();
  }

  private static double[] reversed(double[] values) {
    double[] reversed = new double[values.length];
    Arrays.setAll(reversed, i -> values[values.length - 1 - i]);
    return reversed;
  }

  private static Interval interval(Estimate estimate) {
    return Objects.requireNonNull(estimate.interval());
  }
}

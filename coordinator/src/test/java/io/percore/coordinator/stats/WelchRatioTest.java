package io.percore.coordinator.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WelchRatioTest {
  private static final double[] FIRST = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
  private static final double[] SECOND = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

  /// Student's sleep data, as R's help of `t.test` has them: t = -1.8608, df = 17.776, p = 0.07939,
  /// interval -3.3654832 to 0.2054832.
  @Test
  void studentsSleepData() {
    WelchRatio ratio = WelchRatio.of(exp(FIRST), exp(SECOND));

    assertThat(ratio.log() / ratio.standardError()).isCloseTo(-1.8608, within(5e-5));
    assertThat(ratio.freedom()).isCloseTo(17.776, within(5e-4));
    assertThat(ratio.pValue(1)).isCloseTo(0.07939, within(5e-6));
    assertThat(Math.log(ratio.interval(0.05).low())).isCloseTo(-3.3654832, within(5e-8));
    assertThat(Math.log(ratio.interval(0.05).high())).isCloseTo(0.2054832, within(5e-8));
  }

  @Test
  void anIntervalEndsWhereItsTestBegins() {
    WelchRatio ratio = WelchRatio.of(exp(FIRST), exp(SECOND));

    assertThat(ratio.pValue(ratio.interval(0.01).high())).isCloseTo(0.01, within(1e-9));
    assertThat(ratio.pValue(ratio.interval(0.01).low())).isCloseTo(0.01, within(1e-9));
  }

  @Test
  void whatDoesNotScatterDiffersForCertainOrNotAtAll() {
    WelchRatio ratio = WelchRatio.of(new double[] {4, 4}, new double[] {2, 2, 2});

    assertThat(ratio.ratio()).isCloseTo(2, within(1e-12));
    assertThat(ratio.pValue(1)).isZero();
    assertThat(ratio.pValue(2)).isEqualTo(1);
    assertThat(ratio.interval(0.05).high()).isCloseTo(2, within(1e-12));
  }

  @Test
  void oneForkIsNoSampleAndZeroIsNoRate() {
    assertThatThrownBy(() -> WelchRatio.of(new double[] {1}, new double[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WelchRatio.of(new double[] {1, 0}, new double[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double[] exp(double[] logs) {
    return Arrays.stream(logs).map(Math::exp).toArray();
  }
}

package io.percore.coordinator.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FiellerTest {
  @Test
  void endsAreWhereTheDifferenceIsJustNotSignificant() {
    double[] a = {52, 47, 55, 60, 49, 51};
    double[] b = {101, 97, 110, 118, 99, 104};

    Estimate ratio = Fieller.paired(a, b);

    assertThat(ratio.value()).isCloseTo(314.0 / 629, within(1e-12));
    Interval interval = Objects.requireNonNull(ratio.interval());
    for (double end : new double[] {interval.low(), interval.high()}) {
      double[] difference = new double[a.length];
      Arrays.setAll(difference, i -> a[i] - end * b[i]);
      Interval t = Objects.requireNonNull(StudentT.interval(difference));
      assertThat(Math.min(Math.abs(t.low()), Math.abs(t.high()))).isCloseTo(0, within(1e-9));
    }
    assertThat(interval.low()).isLessThan(ratio.value());
    assertThat(interval.high()).isGreaterThan(ratio.value());
  }

  @Test
  void covers() {
    Random random = new Random(7);
    int covered = 0;
    for (int run = 0; run < 2000; run++) {
      double[] a = new double[6];
      double[] b = new double[6];
      Arrays.setAll(b, _ -> 100 + 8 * random.nextGaussian());
      Arrays.setAll(a, _ -> 40 + 3 * random.nextGaussian());
      Interval interval = Objects.requireNonNull(Fieller.paired(a, b).interval());
      covered += interval.contains(0.4) ? 1 : 0;
    }
    assertThat(covered / 2000.0).isBetween(0.93, 0.97);
  }

  @Test
  void hasNoIntervalWhereNoneIsBounded() {
    assertThat(Fieller.paired(new double[] {1}, new double[] {2}).interval()).isNull();
    assertThat(Fieller.paired(new double[] {1, 2}, new double[] {1, 900}).interval()).isNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fieller.paired(new double[] {1}, new double[] {1, 2}));
  }
}

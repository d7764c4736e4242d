package io.percore.coordinator.stats.steady;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.measurement.SteadyState;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SteadinessTest {
  private static final int LENGTH = 1200;

  private final Random random = new Random(7);

  @Test
  void noiseIsFlat() {
    Steadiness found = Steadiness.of(noisy(_ -> 100, 3));
    assertThat(found.state()).isEqualTo(SteadyState.FLAT);
    assertThat(found.changepoints()).isEmpty();
    assertThat(found.steadyFrom()).hasValue(0);
  }

  @Test
  void whatGetsFasterWarmsUp() {
    Steadiness found = Steadiness.of(noisy(i -> i < 200 ? 60 : i < 350 ? 80 : 100, 3));
    assertThat(found.state()).isEqualTo(SteadyState.WARM_UP);
    assertThat(found.changepoints()).hasSize(2);
    assertThat(found.steadyFrom().orElseThrow()).isBetween(347, 353);
  }

  @Test
  void whatGetsSlowerSlowsDown() {
    Steadiness found = Steadiness.of(noisy(i -> i < 400 ? 120 : 100, 3));
    assertThat(found.state()).isEqualTo(SteadyState.SLOWDOWN);
    assertThat(found.steadyFrom().orElseThrow()).isBetween(397, 403);
  }

  @Test
  void aFastSpellBeforeTheEndIsASlowdown() {
    double[] rates = noisy(i -> i < 200 ? 60 : i < 500 ? 120 : 100, 3);
    assertThat(Steadiness.of(rates).state()).isEqualTo(SteadyState.SLOWDOWN);
  }

  @Test
  void aChangeInTheLastQuarterIsNoSteadyState() {
    Steadiness found = Steadiness.of(noisy(i -> i < 1000 ? 80 : 100, 3));
    assertThat(found.state()).isEqualTo(SteadyState.NO_STEADY_STATE);
    assertThat(found.steadyFrom()).isEmpty();
    assertThat(found.changepoints()).hasSize(1);
  }

  @Test
  void aChangeJustBeforeTheLastQuarterIsNot() {
    double[] rates = noisy(i -> i < 880 ? 80 : 100, 1);
    assertThat(Steadiness.of(rates).state()).isEqualTo(SteadyState.WARM_UP);
  }

  @Test
  void cyclesHaveNoSteadyState() {
    double[] rates = noisy(i -> i / 100 % 2 == 0 ? 80 : 100, 2);
    assertThat(Steadiness.of(rates).state()).isEqualTo(SteadyState.NO_STEADY_STATE);
  }

  @Test
  void neitherHasATrend() {
    double[] rates = noisy(i -> 100 + i / 20.0, 2);
    assertThat(Steadiness.of(rates).state()).isEqualTo(SteadyState.NO_STEADY_STATE);
  }

  @Test
  void changesWithinTheToleranceAreEquivalent() {
    Steadiness found = Steadiness.of(noisy(i -> i < 1000 ? 100 : 101, 0.2));
    assertThat(found.changepoints()).hasSize(1);
    assertThat(found.state()).isEqualTo(SteadyState.FLAT);
  }

  @Test
  void singleOutliersAndShortPausesChangeNothing() {
    double[] rates = noisy(_ -> 100, 3);
    rates[300] = 1000;
    rates[700] = 0;
    for (int i = 1000; i < 1015; i++) {
      rates[i] = 0;
    }
    Steadiness found = Steadiness.of(rates);
    assertThat(found.state()).isEqualTo(SteadyState.FLAT);
    assertThat(found.changepoints()).isEmpty();
  }

  @Test
  void aLongPauseAtTheEndIsSeen() {
    double[] rates = noisy(i -> i >= 1000 && i < 1060 ? 0 : 100, 3);
    assertThat(Steadiness.of(rates).state()).isEqualTo(SteadyState.NO_STEADY_STATE);
  }

  @Test
  void fewSlicesAreNotClassified() {
    assertThat(Steadiness.of(new double[999]).state()).isEqualTo(SteadyState.NOT_CLASSIFIED);
    assertThat(Steadiness.of(new double[1000]).state()).isEqualTo(SteadyState.FLAT);
  }

  private double[] noisy(IntToDoubleFunction rate, double deviation) {
    return IntStream.range(0, LENGTH)
        .mapToDouble(i -> rate.applyAsDouble(i) + deviation * random.nextGaussian())
        .toArray();
  }
}

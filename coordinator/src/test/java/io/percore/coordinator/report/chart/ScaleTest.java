package io.percore.coordinator.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScaleTest {
  @Test
  void equalRatiosAreEqualDistancesOnALogarithmicScale() {
    Scale scale = new Scale.Logarithmic(1, 16);
    assertThat(scale.fraction(1)).isZero();
    assertThat(scale.fraction(4)).isCloseTo(0.5, within(1e-12));
    assertThat(scale.fraction(16)).isCloseTo(1, within(1e-12));
    assertThat(scale.fraction(0)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void equalStepsAreEqualDistancesOnALinearScale() {
    assertThat(new Scale.Linear(10, 30).fraction(15)).isEqualTo(0.25);
  }

  @Test
  void ticksAreRound() {
    assertThat(new Scale.Linear(0, 1.06).ticks(6)).hasSize(6).endsWith(1.0);
    assertThat(new Scale.Logarithmic(3, 700).ticks(8))
        .containsExactly(5., 10., 20., 50., 100., 200., 500.);
    assertThat(new Scale.Logarithmic(0.5, 2e6).ticks(8))
        .containsExactly(1., 10., 100., 1e3, 1e4, 1e5, 1e6);
    assertThat(new Scale.Logarithmic(1, 1e12).ticks(5)).containsExactly(1., 1e3, 1e6, 1e9, 1e12);
    assertThat(new Scale.Logarithmic(100, 120).ticks(6))
        .containsExactly(100., 105., 110., 115., 120.);
  }

  @Test
  void refusesAxesThatAreNone() {
    assertThatThrownBy(() -> new Scale.Linear(1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Scale.Linear(0, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Scale.Logarithmic(0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void ticksLieInsideAndAscendAndAreNotTooMany(
      @ForAll @DoubleRange(min = 0.01, max = 1e12) double min,
      @ForAll @DoubleRange(min = 1.01, max = 1e9) double ratio,
      @ForAll @IntRange(min = 2, max = 12) int atMost) {
    double max = min * ratio;
    for (Scale scale : new Scale[] {new Scale.Linear(min, max), new Scale.Logarithmic(min, max)}) {
      assertThat(scale.ticks(atMost)).hasSizeLessThanOrEqualTo(atMost).isSorted();
      assertThat(scale.ticks(atMost))
          .allSatisfy(tick -> assertThat(scale.fraction(tick)).isBetween(-1e-6, 1 + 1e-6));
    }
  }
}

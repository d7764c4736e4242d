package io.percore.coordinator.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SmallStatisticsTest {
  @Test
  void medianIsTheMiddle() {
    assertThat(Median.of(9, 1, 5)).isEqualTo(5);
    assertThat(Median.of(9, 1, 5, 6)).isEqualTo(5.5);
    assertThatThrownBy(() -> Median.of()).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void medianLeavesItsArgumentAlone() {
    double[] values = {9, 1, 5};
    Median.of(values);
    assertThat(values).containsExactly(9, 1, 5);
  }

  @Test
  void fairness() {
    assertThat(JainFairness.index(7, 7, 7, 7)).isEqualTo(1);
    assertThat(JainFairness.index(7, 0, 0, 0)).isEqualTo(0.25);
    assertThat(JainFairness.index(1, 2, 3)).isCloseTo(36.0 / 42, within(1e-15));
    assertThatThrownBy(() -> JainFairness.index(0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JainFairness.index(1, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void fairnessLiesBetweenOneShareAndOne(
      @ForAll @Size(min = 1, max = 64) List<@DoubleRange(min = 0.01, max = 1e12) Double> shares) {
    double[] values = shares.stream().mapToDouble(x -> x).toArray();
    double index = JainFairness.index(values);
    assertThat(index).isBetween(1.0 / values.length - 1e-12, 1.0);
    assertThat(JainFairness.index(Arrays.stream(values).map(x -> 3 * x).toArray()))
        .isCloseTo(index, within(1e-9));
  }
}

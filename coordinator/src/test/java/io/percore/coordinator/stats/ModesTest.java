package io.percore.coordinator.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.stats.Modes.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModesTest {
  @Test
  void groupsThatLieApartAreModes() {
    assertThat(Modes.count(new double[] {34, 48, 35, 47, 75, 76})).isEqualTo(3);
    assertThat(Modes.count(new double[] {10, 11, 12, 13, 14})).isEqualTo(1);
  }

  @Test
  void groupsHaveTheirForksAndTheirMedian() {
    assertThat(Modes.of(List.of(34.0, 48.0, 36.0, 47.0, 75.0)))
        .containsExactly(new Mode(2, 35), new Mode(2, 47.5), new Mode(1, 75));
  }

  @Test
  void oneForkAloneMayBelongToOne() {
    assertThat(Modes.possible(new double[] {100, 101, 99, 50})).isTrue();
    assertThat(Modes.possible(new double[] {100, 101, 99, 90})).isFalse();
    assertThat(Modes.possible(new double[] {100})).isFalse();
    assertThat(Modes.possible(new double[] {})).isFalse();
  }

  @Test
  void oneForkAloneIsNone() {
    assertThat(Modes.count(new double[] {100, 101, 99, 50})).isEqualTo(1);
    assertThat(Modes.count(new double[] {100, 50})).isEqualTo(1);
    assertThat(Modes.count(new double[] {})).isEqualTo(1);
  }
}

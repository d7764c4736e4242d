package io.percore.coordinator.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModesTest {
  @Test
  void groupsThatLieApartAreModes() {
    assertThat(Modes.count(new double[] {34, 48, 35, 47, 75, 76})).isEqualTo(3);
    assertThat(Modes.count(new double[] {10, 11, 12, 13, 14})).isEqualTo(1);
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

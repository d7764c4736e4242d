package io.percore.worker.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DependentWorkTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 64, 1_000, 65_537})
  void jumpsToWhereTheStepsLead(int count) {
    for (long start : new long[] {0, 1, -1, 42, Long.MIN_VALUE}) {
      assertThat(DependentWork.jump(start, count)).isEqualTo(DependentWork.run(start, count));
    }
  }

  @Test
  void jumpsAddUpModuloThePeriod() {
    long far = 0xdead_beef_cafe_f00dL;
    long further = 0x7654_3210_0123_4567L;

    assertThat(DependentWork.jump(DependentWork.jump(5, far), further))
        .isEqualTo(DependentWork.jump(5, far + further));
    assertThat(DependentWork.jump(DependentWork.jump(5, far), -far)).isEqualTo(5);
  }

  /// First value of Knuth's MMIX generator from zero is its increment.
  @Test
  void oneStepIsTheGenerators() {
    assertThat(DependentWork.run(0, 1)).isEqualTo(1_442_695_040_888_963_407L);
    assertThat(DependentWork.run(1, 1))
        .isEqualTo(6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L);
  }

  @Test
  void threadsBeginAtDifferentPlaces() {
    assertThat(DependentWork.start(1, 0)).isNotEqualTo(DependentWork.start(1, 1));
    assertThat(DependentWork.start(1, 0)).isNotEqualTo(DependentWork.start(2, 0));
  }
}

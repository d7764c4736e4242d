package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TypographyTest {
  @Test
  void signsStandInFiguresAndNamesStay() {
    assertThat(Typography.of("atomic@2x2 does 1.97x [1.95, 1.99] of sequential@Nx1"))
        .isEqualTo("atomic@2x2 does 1.97× [1.95,\u00a01.99] of sequential@Nx1");
    assertThat(Typography.of("4.56 us")).isEqualTo("4.56\u00a0µs");
  }

  @Test
  void aMinusIsNoHyphenAndAHyphenNoMinus() {
    assertThat(Typography.of("-1.38 % to 1.27 %, [-0.5, -inf], 1.000e-05 (-3x)"))
        .isEqualTo("−1.38\u00a0% to 1.27\u00a0%, [−0.5,\u00a0−inf], 1.000e−05 (−3×)");
    for (String name :
        List.of("6.1.0-28-amd64", "2026-03-01", "a-1", "1e-5", "-Xmx1", "-", "x.-1")) {
      assertThat(Typography.of(name)).isEqualTo(name);
    }
  }

  @Test
  void figuresAreNotBrokenFromTheirUnits() {
    assertThat(Typography.of("95 % CI at N = 4, 1.01 G ops/s, 7.76 GiB, 5 strategies"))
        .isEqualTo(
            "95\u00a0%\u00a0CI at N\u00a0=\u00a04, 1.01\u00a0G\u00a0ops/s, 7.76\u00a0GiB,"
                + " 5 strategies");
  }

  @Test
  void intervalsAndTimesStayInOneLine() {
    assertThat(Typography.of("mean [3.21 G, 3.83 G], took 9 min 50 s, [a link]"))
        .isEqualTo("mean [3.21\u00a0G,\u00a03.83\u00a0G], took 9\u00a0min 50\u00a0s, [a link]");
  }

  @Test
  void roundValuesLoseTheirTrailingZerosAndNothingElse() {
    assertThat(Typography.withoutTrailingZeros("10.0 M")).isEqualTo("10 M");
    assertThat(Typography.withoutTrailingZeros("100 M")).isEqualTo("100 M");
    assertThat(Typography.withoutTrailingZeros("0.500x")).isEqualTo("0.5x");
    assertThat(Typography.withoutTrailingZeros("1.05 G")).isEqualTo("1.05 G");
    assertThat(Typography.withoutTrailingZeros("0")).isEqualTo("0");
  }
}

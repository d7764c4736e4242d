package io.percore.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrategyTest {
  @ParameterizedTest
  @CsvSource({
    "gil, gil, PROCESS, 1x8",
    "processes, global-lock, PROCESS, 8x1",
    "unshared, global-lock, THREAD, 1x8",
    "sequential, plain, PROCESS, 1x1",
    "sequential@Nx1, plain, PROCESS, 8x1",
    "atomic@2x3, atomic, PROCESS, 2x3",
    "atomic@Nx2, atomic, PROCESS, 8x2",
    "atomic@1xN, atomic, PROCESS, 1x8",
  })
  void namesAStrategy(String text, String discipline, Sharing sharing, String layoutAtEight) {
    Strategy strategy = Strategy.parse(text);
    assertThat(strategy.name()).isEqualTo(text);
    assertThat(strategy.discipline()).isEqualTo(discipline);
    assertThat(strategy.sharing()).isEqualTo(sharing);
    assertThat(strategy.layoutAt(8)).hasToString(layoutAtEight);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Atomic", "atomic@", "atomic@2", "atomic@0x2", "atomic@x", "a b", "@2x2"})
  void refusesAnythingElse(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Strategy.parse(text));
  }

  @Test
  void oneThreadInEachProcessMakesTheTwoSharingsOneProgram() {
    assertThat(new Program("global-lock", Sharing.THREAD, new Layout(2, 1), true))
        .isEqualTo(new Program("global-lock", Sharing.PROCESS, new Layout(2, 1), true));
    assertThat(new Program("global-lock", Sharing.THREAD, new Layout(1, 2), true))
        .isNotEqualTo(new Program("global-lock", Sharing.PROCESS, new Layout(1, 2), true));
  }
}

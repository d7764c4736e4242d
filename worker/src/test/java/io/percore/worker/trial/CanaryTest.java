package io.percore.worker.trial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CanaryTest {
  /// One addition for each tick: no clock reaches 10 GHz, and the interpreter would need tens of
  /// nanoseconds.
  @Test
  void theAdditionsAreDoneAndCompiled() {
    assertThat(Canary.addsPerSecond()).isBetween(1e8, 1e10);
  }
}

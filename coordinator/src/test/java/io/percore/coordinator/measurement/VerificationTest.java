package io.percore.coordinator.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerificationTest {
  @Test
  void eachFaultThatOccurredIsNamed() {
    Verification wrong = new Verification(1000, 1000L, 990L, -3, 0, 12, 0, 5, false);

    assertThat(wrong.exact()).isFalse();
    assertThat(wrong.faults())
        .isEqualTo(
            "lost updates 10, net error -3, double frees 12, leaks 5,"
                + " wrong results of the work between operations 1 in 1000 operations");
  }
}

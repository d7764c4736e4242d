package io.percore.coordinator.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EnvironmentTest {
  @Test
  void fillsPhysicalCoresNodeByNodeAndThenTheirSiblings() {
    Environment machine = Samples.environment(Samples.cpus(2, 2, 2), "none");
    assertThat(machine.placement()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(machine.physicalCores()).isEqualTo(4);
    assertThat(machine.hardwareThreads()).isEqualTo(8);
  }

  @Test
  void siblingsNumberedNextToEachOtherComeLast() {
    Environment machine =
        Samples.environment(
            java.util.List.of(
                new Environment.Cpu(0, 0, 0, 0),
                new Environment.Cpu(1, 0, 0, 0),
                new Environment.Cpu(2, 1, 0, 0),
                new Environment.Cpu(3, 1, 0, 0)),
            "none");
    assertThat(machine.placement()).containsExactly(0, 2, 1, 3);
  }

  @Test
  void aQuotaTakesCoresAway() {
    Environment machine = Samples.environment(Samples.cpus(1, 4, 1), "1.5");
    assertThat(machine.hardwareThreads()).isEqualTo(1);
    assertThat(machine.placement()).containsExactly(0);
    assertThat(Samples.environment(Samples.cpus(1, 4, 1), "0.5").hardwareThreads()).isEqualTo(1);
  }
}

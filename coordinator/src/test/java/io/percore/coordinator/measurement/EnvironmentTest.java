package io.percore.coordinator.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.measurement.Environment.Cpu;
import io.percore.coordinator.plan.Experiment.Place;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
  @Test
  void fillsPhysicalCoresNodeByNodeAndThenTheirSiblings() {
    Environment machine = Samples.environment(Samples.cpus(2, 2, 2), "none");
    assertThat(machine.placement(Place.PACK)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(machine.physicalCores()).isEqualTo(4);
    assertThat(machine.hardwareThreads()).isEqualTo(8);
  }

  @Test
  void siblingsNumberedNextToEachOtherComeLast() {
    Environment machine =
        Samples.environment(
            List.of(
                new Cpu(0, 0, 0, 0), new Cpu(1, 0, 0, 0), new Cpu(2, 1, 0, 0), new Cpu(3, 1, 0, 0)),
            "none");
    assertThat(machine.placement(Place.PACK)).containsExactly(0, 2, 1, 3);
  }

  @Test
  void aQuotaTakesCoresAway() {
    Environment machine = Samples.environment(Samples.cpus(1, 4, 1), "1.5");
    assertThat(machine.hardwareThreads()).isEqualTo(1);
    assertThat(machine.placement(Place.PACK)).containsExactly(0);
    assertThat(Samples.environment(Samples.cpus(1, 4, 1), "0.5").hardwareThreads()).isEqualTo(1);
  }

  /// Six performance cores with two threads each, then eight efficiency cores, as an i7-1370P.
  private static List<Cpu> hybrid() {
    List<Cpu> cpus = new ArrayList<>();
    for (int id = 0; id < 12; id++) {
      cpus.add(new Cpu(id, id / 2 * 2, 0, 0));
    }
    for (int id = 12; id < 20; id++) {
      cpus.add(new Cpu(id, id, 0, 0, true));
    }
    return cpus;
  }

  /// Two packages of 64 cores with two threads each and four nodes a package, as an EPYC 7742 pair.
  private static List<Cpu> server() {
    List<Cpu> cpus = new ArrayList<>();
    for (int id = 0; id < 256; id++) {
      int core = id % 128;
      cpus.add(new Cpu(id, core, core / 64, core / 16));
    }
    return cpus;
  }

  @Test
  void performanceCoresComeFirstAndEfficiencyCoresBeforeAnySecondThread() {
    Environment machine = Samples.environment(hybrid(), "none");
    assertThat(machine.placement(Place.PACK))
        .containsExactly(0, 2, 4, 6, 8, 10, 12, 13, 14, 15, 16, 17, 18, 19, 1, 3, 5, 7, 9, 11);
    assertThat(machine.physicalCores()).isEqualTo(14);
    assertThat(machine.efficiencyCores()).isEqualTo(8);
    assertThat(machine.steps(Place.PACK)).containsExactly(6, 14);
  }

  @Test
  void aQuotaLeavesThePerformanceCores() {
    Environment machine = Samples.environment(hybrid(), "8.9");
    assertThat(machine.placement(Place.PACK)).containsExactly(0, 2, 4, 6, 8, 10, 12, 13);
    assertThat(machine.efficiencyCores()).isEqualTo(2);
    assertThat(machine.steps(Place.PACK)).containsExactly(6, 8);
  }

  @Test
  void packingFillsTheCoresOfOneNodeAfterTheOther() {
    Environment machine = Samples.environment(server(), "none");
    List<Integer> placement = machine.placement(Place.PACK);
    assertThat(placement.subList(0, 18))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17);
    assertThat(placement.subList(126, 130)).containsExactly(126, 127, 128, 129);
    assertThat(machine.nodes()).isEqualTo(8);
    assertThat(machine.steps(Place.PACK)).containsExactly(16, 128);
  }

  @Test
  void spreadingTakesOneCoreOfEachNodeInTurn() {
    Environment machine = Samples.environment(server(), "none");
    List<Integer> placement = machine.placement(Place.SPREAD);
    assertThat(placement.subList(0, 10)).containsExactly(0, 16, 32, 48, 64, 80, 96, 112, 1, 17);
    assertThat(placement.subList(0, 128)).allMatch(cpu -> cpu < 128).doesNotHaveDuplicates();
    assertThat(placement.subList(128, 131)).containsExactly(128, 144, 160);
    assertThat(placement).hasSize(256).doesNotHaveDuplicates();
    assertThat(machine.steps(Place.SPREAD)).containsExactly(128);
  }

  @Test
  void packagesCountAsNodesWhereTheKernelKnowsNone() {
    List<Cpu> cpus = List.of(new Cpu(0, 0, 0, 0), new Cpu(1, 1, 0, 0), new Cpu(2, 2, 1, 0));
    Environment machine = Samples.environment(cpus, "none");
    assertThat(machine.placement(Place.SPREAD)).containsExactly(0, 2, 1);
    assertThat(machine.steps(Place.PACK)).containsExactly(2, 3);
  }

  @Test
  void performanceCoresComeFirstWhateverTheirNumbers() {
    List<Cpu> cpus =
        List.of(
            new Cpu(0, 0, 0, 0, true),
            new Cpu(1, 1, 0, 0),
            new Cpu(2, 2, 0, 1, true),
            new Cpu(3, 3, 0, 1));
    Environment machine = Samples.environment(cpus, "none");
    assertThat(machine.placement(Place.SPREAD)).containsExactly(1, 3, 0, 2);
    assertThat(machine.placement(Place.PACK)).containsExactly(1, 3, 0, 2);
  }
}

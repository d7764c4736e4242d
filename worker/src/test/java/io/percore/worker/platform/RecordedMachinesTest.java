package io.percore.worker.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.worker.platform.Topology.Cpu;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is made of the files of whole machines.
class RecordedMachinesTest {
  @TempDir private Path root = Path.of("");

  private Topology machine(String name) {
    RecordedTree.unpack(name, root);
    return Topology.read(root);
  }

  @Test
  void serverWithTwoSocketsOfSixtyFourCoresAndEightNodes() {
    Topology topology = machine("server-2x64");
    assertThat(topology.cpus()).hasSize(256);
    assertThat(topology.cpus().get(0)).isEqualTo(new Cpu(0, 0, 0, 0, false));
    assertThat(topology.cpus().get(127)).isEqualTo(new Cpu(127, 127, 1, 7, false));
    assertThat(topology.cpus().get(144)).isEqualTo(new Cpu(144, 16, 0, 1, false));
    assertThat(topology.layout())
        .isEqualTo(
            new Reading(
                "processors=256 cores=128 packages=2 nodes=8",
                "/sys/devices/system/cpu/cpu*/topology",
                true));
    assertThat(topology.siblings().value()).isEqualTo("2");
    assertThat(topology.nodes())
        .isEqualTo(new Reading("8", "/sys/devices/system/node/node*/cpulist", true));
    assertThat(topology.efficiency().value()).isEqualTo("0");
    assertThat(readings(topology)).allMatch(Reading::trustworthy);
    assertThat(topology.cpuset())
        .isEqualTo(new Reading("0-255", "/sys/fs/cgroup/cpuset.cpus.effective", true));
    assertThat(CpuQuota.read(root).value()).isEqualTo("none");
  }

  @Test
  void serverWithTwoSocketsOfTwentyFourCoresAndEightNodes() {
    Topology topology = machine("server-2x24");
    assertThat(topology.layout().value()).isEqualTo("processors=96 cores=48 packages=2 nodes=8");
    assertThat(topology.cpus().get(95)).isEqualTo(new Cpu(95, 47, 1, 7, false));
    assertThat(topology.siblings().value()).isEqualTo("2");
    assertThat(readings(topology)).allMatch(Reading::trustworthy);
  }

  @Test
  void laptopWithTwoKindsOfCores() {
    Topology topology = machine("laptop-6p-8e");
    assertThat(topology.layout().value()).isEqualTo("processors=20 cores=14 packages=1 nodes=1");
    assertThat(topology.cpus().get(11)).isEqualTo(new Cpu(11, 10, 0, 0, false));
    assertThat(topology.cpus().get(12)).isEqualTo(new Cpu(12, 12, 0, 0, true));
    assertThat(topology.cpus().stream().filter(Cpu::efficiency).map(Cpu::id))
        .containsExactly(12, 13, 14, 15, 16, 17, 18, 19);
    assertThat(topology.efficiency())
        .isEqualTo(new Reading("8", "/sys/devices/cpu_core/cpus", true));
    assertThat(topology.siblings().value()).isEqualTo("2");
    assertThat(readings(topology)).allMatch(Reading::trustworthy);
  }

  @Test
  void armServerWithoutHardwareThreads() {
    Topology topology = machine("arm-server-128");
    assertThat(topology.layout().value()).isEqualTo("processors=128 cores=128 packages=2 nodes=4");
    assertThat(topology.cpus().get(127)).isEqualTo(new Cpu(127, 127, 37, 3, false));
    assertThat(topology.siblings().value()).isEqualTo("1");
    assertThat(topology.efficiency())
        .isEqualTo(new Reading("0", "/sys/devices/system/cpu/cpu*/cpu_capacity", true));
    assertThat(readings(topology)).allMatch(Reading::trustworthy);
    assertThat(topology.cpuset().value()).isEqualTo("none");
    assertThat(CpuQuota.read(root).trustworthy()).isFalse();
  }

  @Test
  void containerWithAQuotaAndACpuset() {
    Topology topology = machine("container-1.5");
    assertThat(topology.cpus().stream().map(Cpu::id)).containsExactly(2, 3, 6);
    assertThat(topology.layout().value()).isEqualTo("processors=3 cores=2 packages=1 nodes=1");
    assertThat(topology.onlineCpus()).isEqualTo(8);
    assertThat(topology.cpuset())
        .isEqualTo(new Reading("2-3,6", "/sys/fs/cgroup/pod/main/cpuset.cpus.effective", true));
    assertThat(CpuQuota.read(root))
        .isEqualTo(new Reading("1.5", "/sys/fs/cgroup/pod/main/cpu.max", true));
  }

  @Test
  void theQuotaOfTheWholePodIsTheTighterOne() {
    RecordedTree.unpack("container-1.5", root).file("sys/fs/cgroup/pod/cpu.max", "100000 100000");
    assertThat(CpuQuota.read(root)).isEqualTo(new Reading("1", "/sys/fs/cgroup/pod/cpu.max", true));
  }

  @Test
  void theHighestClockOfAnyProcessor() {
    RecordedMachine.virtualMachine(root)
        .file("sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq", "3600000");
    assertThat(MachineFacts.read(root, Optional.empty()).highestClock())
        .isEqualTo(
            new Reading(
                "3600000 kHz", "/sys/devices/system/cpu/cpu*/cpufreq/cpuinfo_max_freq", true));
  }

  @Test
  void aClockOfWhichTheKernelSaysNothing() {
    RecordedMachine.virtualMachine(root);
    Reading clock = MachineFacts.read(root, Optional.empty()).highestClock();
    assertThat(clock.value()).isEqualTo("unknown");
    assertThat(clock.trustworthy()).isFalse();
  }

  @Test
  void virtualMachineWithOneThreadACore() {
    Topology topology = machine("virtual-machine-2");
    assertThat(topology.cpus())
        .containsExactly(new Cpu(0, 0, 0, 0, false), new Cpu(1, 1, 0, 0, false));
    assertThat(Hypervisor.read(SystemFiles.at(root)))
        .isEqualTo(new Reading("yes", "/proc/cpuinfo flags", true));
    assertThat(topology.layout().trustworthy()).isFalse();
    assertThat(topology.siblings())
        .isEqualTo(
            new Reading(
                "1",
                "/sys/devices/system/cpu/cpu*/topology/thread_siblings_list of a virtual machine"
                    + " that shows one thread a core",
                false));
    assertThat(topology.efficiency().trustworthy()).isFalse();
    assertThat(topology.cpuset())
        .isEqualTo(new Reading("0-1", "/sys/fs/cgroup/cpuset/cpuset.effective_cpus", true));
    assertThat(CpuQuota.read(root).value()).isEqualTo("none");
  }

  @Test
  void virtualMachineWhoseCachesSayThatItsCoresAreSiblings() {
    RecordedTree.unpack("virtual-machine-2", root)
        .file("sys/devices/system/cpu/cpu0/cache/index0/shared_cpu_list", "0-1")
        .file("sys/devices/system/cpu/cpu1/cache/index0/shared_cpu_list", "0-1");
    Topology topology = Topology.read(root);
    assertThat(topology.layout().trustworthy()).isFalse();
    assertThat(topology.layout().source()).contains("caches contradict");
  }

  @Test
  void virtualMachineWhoseSiblingsAndCachesAgree() {
    RecordedMachine machine = RecordedTree.unpack("virtual-machine-2", root);
    for (int cpu = 0; cpu < 2; cpu++) {
      machine
          .cpu(cpu, 0, "0-1")
          .file("sys/devices/system/cpu/cpu" + cpu + "/cache/index0/shared_cpu_list", "0-1");
    }
    Topology topology = Topology.read(root);
    assertThat(topology.layout().value()).isEqualTo("processors=2 cores=1 packages=1 nodes=1");
    assertThat(topology.layout().trustworthy()).isTrue();
    assertThat(topology.siblings().value()).isEqualTo("2");
    assertThat(topology.siblings().trustworthy()).isTrue();
  }

  @Test
  void virtualMachineWithoutCaches() {
    RecordedTree.unpack("virtual-machine-2", root)
        .file("sys/devices/system/cpu/cpu1/cache/index0/level", "3");
    Topology topology = Topology.read(root);
    assertThat(topology.layout().trustworthy()).isFalse();
    assertThat(topology.siblings().source()).contains("shows no caches");
  }

  @Test
  void processorsThatCouldBePluggedInAreNotThere() {
    RecordedTree.unpack("virtual-machine-2", root).mask("0-127");
    Topology topology = Topology.read(root);
    assertThat(topology.cpus().stream().map(Cpu::id)).containsExactly(0, 1);
    assertThat(topology.affinity().value()).isEqualTo("0,1");
  }

  @Test
  void aMaskBeyondTheCpusetIsBoundByItAndMakesItDoubtful() {
    RecordedTree.unpack("container-1.5", root).mask("2-4");
    Topology topology = Topology.read(root);
    assertThat(topology.cpus().stream().map(Cpu::id)).containsExactly(2, 3);
    assertThat(topology.cpuset().trustworthy()).isFalse();
  }

  @Test
  void capacitiesTellLittleCoresFromBigOnes() {
    RecordedTree.unpack("arm-server-128", root)
        .mask("0-2")
        .file("sys/devices/system/cpu/cpu0/cpu_capacity", "446")
        .file("sys/devices/system/cpu/cpu1/cpu_capacity", "980");
    assertThat(Topology.read(root).cpus().stream().map(Cpu::efficiency))
        .containsExactly(true, false, false);
  }

  @Test
  void cloudMachinesSayInTheirFirmwareWhetherTheyAreVirtual() {
    RecordedMachine machine =
        RecordedTree.unpack("arm-server-128", root)
            .file("sys/class/dmi/id/sys_vendor", "Amazon EC2")
            .file("sys/class/dmi/id/product_name", "m6g.metal");
    assertThat(Hypervisor.read(SystemFiles.at(root)).value()).isEqualTo("no");
    machine.file("sys/class/dmi/id/product_name", "m6g.16xlarge");
    assertThat(Hypervisor.read(SystemFiles.at(root)).value()).isEqualTo("yes");
  }

  private static List<Reading> readings(Topology topology) {
    return List.of(
        topology.affinity(),
        topology.cpuset(),
        topology.layout(),
        topology.siblings(),
        topology.nodes(),
        topology.efficiency());
  }
}

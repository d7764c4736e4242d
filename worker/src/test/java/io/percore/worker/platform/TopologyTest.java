package io.percore.worker.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percore.worker.platform.Topology.Cpu;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopologyTest {
  @TempDir private Path root = Path.of("");

  @Test
  void serverWithTwoSocketsAndTwoThreadsPerCore() {
    RecordedMachine.serverWithTwoSockets(root);
    Topology topology = Topology.read(root);
    assertThat(topology.cpus()).hasSize(256);
    assertThat(topology.cpus().getFirst()).isEqualTo(new Cpu(0, 0, 0, 0, false));
    assertThat(topology.cpus().get(128)).isEqualTo(new Cpu(128, 0, 0, 0, false));
    assertThat(topology.cpus().get(64)).isEqualTo(new Cpu(64, 64, 1, 1, false));
    assertThat(topology.cpus().get(255)).isEqualTo(new Cpu(255, 127, 1, 1, false));
    assertThat(topology.onlineCpus()).isEqualTo(256);
    assertThat(topology.layout().value()).isEqualTo("processors=256 cores=128 packages=2 nodes=2");
    assertThat(topology.layout().trustworthy()).isTrue();
  }

  @Test
  void containerWithACpuset() {
    RecordedMachine.container(root);
    Topology topology = Topology.read(root);
    assertThat(topology.cpus())
        .containsExactly(
            new Cpu(2, 2, 0, 0, false), new Cpu(3, 3, 0, 0, false), new Cpu(6, 2, 0, 0, false));
    assertThat(topology.onlineCpus()).isEqualTo(8);
    assertThat(topology.affinity())
        .isEqualTo(new Reading("2,3,6", "/proc/self/status Cpus_allowed_list", true));
    assertThat(topology.layout().value()).isEqualTo("processors=3 cores=2 packages=1 nodes=1");
  }

  @Test
  void virtualMachineWithOnePackage() {
    RecordedMachine.virtualMachine(root).cpu(1, -1, "1");
    assertThat(Topology.read(root).cpus())
        .containsExactly(new Cpu(0, 0, 0, 0, false), new Cpu(1, 1, 0, 0, false));
  }

  @Test
  void nothingToReadIsSaidToBeAnAssumption() {
    Topology topology = Topology.read(root);
    int processors = Runtime.getRuntime().availableProcessors();
    assertThat(topology.cpus()).hasSize(processors);
    assertThat(topology.onlineCpus()).isEqualTo(processors);
    assertThat(topology.affinity().trustworthy()).isFalse();
    assertThat(topology.layout().trustworthy()).isFalse();
  }

  @Test
  void oneProcessorWithoutSiblingsMakesTheLayoutAnAssumption() {
    new RecordedMachine(root).mask("0,1").cpu(0, 0, "0");
    assertThat(Topology.read(root).layout().trustworthy()).isFalse();
  }

  @Test
  void listsOfTheKernel() {
    assertThat(SystemFiles.cpuList("0-3,8,10-11")).isEqualTo(List.of(0, 1, 2, 3, 8, 10, 11));
    assertThat(SystemFiles.cpuList("5")).isEqualTo(List.of(5));
    assertThat(SystemFiles.cpuList("")).isEmpty();
    assertThatThrownBy(() -> SystemFiles.cpuList("a-b")).isInstanceOf(NumberFormatException.class);
  }

  @Test
  void factsOfAMachine() throws Exception {
    RecordedMachine.serverWithTwoSockets(root);
    Files.createDirectories(root.resolve("proc/self/ns"));
    Files.createSymbolicLink(root.resolve("proc/self/ns/time"), Path.of("time:[4026531834]"));
    MachineFacts facts = MachineFacts.read(root, Optional.of("no way"));
    assertThat(facts.hostName()).isEqualTo("big");
    assertThat(facts.kernel()).isEqualTo("6.1.0-18-amd64");
    assertThat(facts.cpuModel()).isEqualTo("Example CPU 9000");
    assertThat(facts.memoryBytes()).isEqualTo(528280576L * 1024);
    assertThat(facts.timeNamespace()).isEqualTo("time:[4026531834]");
    assertThat(facts.bootId()).isEmpty();
    assertThat(facts.cannotPinReason()).contains("no way");
  }

  @Test
  void factsOfThisMachine() {
    MachineFacts facts = MachineFacts.read();
    assertThat(facts.topology().cpus()).isNotEmpty();
    assertThat(facts.javaHome()).isNotEmpty();
    assertThat(facts.jvm()).contains(System.getProperty("java.vm.version"));
  }
}

package io.percore.coordinator.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percore.coordinator.launch.AgentLauncher.AgentOrder;
import io.percore.coordinator.launch.AgentLauncher.Invited;
import io.percore.coordinator.launch.AgentLauncher.Started;
import io.percore.coordinator.launch.SlurmAllocation.Given;
import io.percore.coordinator.launch.SlurmAllocation.Own;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SlurmLauncherTest {
  @TempDir private Path directory;

  private static final Map<String, String> JOB =
      Map.of("SLURM_JOB_ID", "7", "SLURM_JOB_NODELIST", "w[1-2]");

  @ParameterizedTest
  @ValueSource(strings = {"-N2", "-N 2", "--nodes=2 --exclusive", "-p all --nodes 02"})
  void outsideOfAJobTheUserSaysHowManyNodes(String arguments) {
    assertThat(SlurmAllocation.of(Map.of(), List.of(arguments.split(" "))))
        .isInstanceOfSatisfying(
            Own.class, own -> assertThat(own.machines()).containsExactly("slurm-0", "slurm-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--exclusive", "--nodes=0", "--nodes=2-4", "-n 2"})
  void orIsToldTo(String arguments) {
    assertThatThrownBy(() -> SlurmAllocation.of(Map.of(), List.of(arguments.split(" "))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--slurm-args '--nodes=2");
  }

  @Test
  void insideOfAJobItsNodesAreTaken() {
    assertThat(SlurmAllocation.of(JOB, List.of("--mem=0")))
        .isEqualTo(new Given("w[1-2]", List.of("scontrol"), List.of("--mem=0")));
  }

  private SlurmLauncher launcher(Path srun, List<String> nodes) {
    List<String> scontrol =
        Stream.concat(
                Stream.of("/bin/sh", "-c", "printf '%s\\n' \"$@\"", "scontrol"), nodes.stream())
            .toList();
    // What follows is `show hostnames NODES`, and a shell takes it for three more names.
    return new SlurmLauncher(
        new Given("nodes", scontrol, List.of()),
        List.of(srun.toString()),
        "/jdk/bin/java",
        directory.resolve("shared"),
        "",
        Duration.ofMinutes(5));
  }

  private AgentOrder order(String... machines) throws Exception {
    Path jar = Files.writeString(directory.resolve("worker.jar"), "a jar");
    return new AgentOrder(
        "10.0.0.1:4000",
        "tls",
        "PEM\n",
        Stream.of(machines).map(machine -> new Invited(machine, "token of " + machine)).toList(),
        jar,
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar))));
  }

  private Path srun(String script) throws IOException {
    Path srun = Files.writeString(directory.resolve("srun"), "#!/bin/sh\n" + script);
    assertThat(srun.toFile().setExecutable(true)).isTrue();
    return srun;
  }

  @Test
  void tokensAreInTheOrderOfSlurmsRanksInAFileThatGoesWhenAllHaveJoined() throws Exception {
    Path out = directory.resolve("words");
    SlurmLauncher launcher =
        launcher(srun("printf '%s\\n' \"$@\" >" + out), List.of("w1", "w2", "w3"));

    try (Started started = launcher.launch(order("w3", "w1"))) {
      assertThat(started.awaitEnd(Duration.ofSeconds(30))).isTrue();
      List<String> words = Files.readAllLines(out);
      assertThat(words)
          .contains("--overlap", "--nodelist=w1,w3", "--ntasks=2", "--export=NIL")
          .endsWith("--rank", "SLURM_PROCID");
      Path credentials = Path.of(words.get(words.indexOf("--credentials") + 1));
      assertThat(credentials).hasContent("token of w1\ntoken of w3\nPEM\n");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(credentials)))
          .isEqualTo("rw-------");
      assertThat(Path.of(words.get(words.indexOf("-jar") + 1))).hasContent("a jar");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(out.resolveSibling("shared"))))
          .isEqualTo("rwx------");

      started.joined();
      assertThat(credentials).doesNotExist();
    }
  }

  @Test
  void theFileGoesWithTheAgents() throws Exception {
    try (Started started = launcher(srun("exec sleep 60"), List.of("w1")).launch(order("w1"))) {
      assertThat(started.awaitEnd(Duration.ofMillis(50))).isFalse();
    }
    assertThat(directory.resolve("shared")).isDirectoryNotContaining("glob:**credentials*");
  }

  @Test
  void aMachineThatIsNotInTheAllocationIsNamed() throws Exception {
    SlurmLauncher launcher = launcher(srun("exit 0"), List.of("w1", "w2"));
    AgentOrder order = order("w1", "w9");
    assertThatThrownBy(() -> launcher.launch(order))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("w9 is not in the allocation, which has w1, w2");
  }

  @Test
  void aJarThatHasChangedMeanwhileIsRefused() throws Exception {
    AgentOrder order = order("w1");
    Files.writeString(order.workerJar(), "another jar");
    SlurmLauncher launcher = launcher(srun("exit 0"), List.of("w1"));
    assertThatThrownBy(() -> launcher.launch(order))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has changed");
    assertThat(directory.resolve("shared")).isEmptyDirectory();
  }
}

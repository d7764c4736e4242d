package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.launch.AgentLauncher.Started;
import io.percore.coordinator.launch.SlurmAllocation;
import io.percore.coordinator.launch.SlurmLauncher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real agents that a real Slurm starts.
@Timeout(300)
class SlurmIT {
  private static @Nullable SlurmCluster cluster;

  /// Whatever runs of this test has the path of the jar in here in its command line.
  @TempDir private Path shared;

  @BeforeAll
  static void startCluster(@TempDir Path directory) throws Exception {
    cluster = SlurmCluster.start(directory);
  }

  @AfterAll
  static void stopCluster() throws Exception {
    if (cluster != null) {
      cluster.stop();
    }
  }

  private static SlurmCluster cluster() {
    SlurmCluster running = cluster;
    assertThat(running).isNotNull();
    return running;
  }

  private SlurmLauncher launcher(SlurmAllocation allocation, String setup) {
    return new SlurmLauncher(
        allocation,
        cluster().program("srun"),
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        shared.resolve("run"),
        setup,
        Duration.ofMinutes(10));
  }

  private static SlurmAllocation given(String job) {
    return new SlurmAllocation.Given(
        "w[1-2]", cluster().program("scontrol"), List.of("--jobid=" + job));
  }

  @Test
  void agentsOfAGivenAllocationJoinUnderTheNamesOfTheirNodes() throws Exception {
    String job = cluster().allocate();
    try (RemoteSession session = new RemoteSession("127.0.0.1")) {
      assertThat(given(job).machines()).isEqualTo(SlurmCluster.NODES);
      // Where each agent is, by its rank: the setup runs in the task itself.
      String where = "echo \"$SLURMD_NODENAME\" >'" + shared + "'/rank-\"$SLURM_PROCID\"";
      session.join(launcher(given(job), where), SlurmCluster.NODES);
      assertThat(shared.resolve("rank-0")).hasContent("w1");
      assertThat(shared.resolve("rank-1")).hasContent("w2");
      assertThat(shared.resolve("run")).isDirectoryNotContaining("glob:**credentials*");
      session.expectExactTrial();
    } finally {
      cluster().run("scancel", job);
    }
    RemoteSession.awaitNoProcesses(shared.toString());
    cluster().awaitIdle();
  }

  @Test
  void oneNodeOfAnAllocation() throws Exception {
    String job = cluster().allocate();
    try (RemoteSession session = new RemoteSession("127.0.0.1")) {
      session.join(launcher(given(job), ""), List.of("w2"));
      session.expectExactTrial();
    } finally {
      cluster().run("scancel", job);
    }
    cluster().awaitIdle();
  }

  @Test
  void anAllocationOfItsOwnEndsWithTheAgents() throws Exception {
    SlurmAllocation own = SlurmAllocation.of(Map.of(), List.of("-N2"));
    try (RemoteSession session = new RemoteSession("127.0.0.1")) {
      session.join(launcher(own, ""), own.machines());
      session.expectExactTrial();
    }
    RemoteSession.awaitNoProcesses(shared.toString());
    cluster().awaitIdle();
  }

  @Test
  void nothingIsLeftWhenSrunIsKilled() throws Exception {
    SlurmAllocation own = SlurmAllocation.of(Map.of(), List.of("-N2"));
    try (RemoteSession session = new RemoteSession("127.0.0.1")) {
      Started agents = session.join(launcher(own, ""), own.machines());
      agents.close();
      assertThat(agents.awaitEnd(Duration.ofSeconds(30))).isTrue();
      assertThat(agents.ended()).singleElement().asString().contains("exit code 137");
    }
    RemoteSession.awaitNoProcesses(shared.toString());
    cluster().awaitIdle();
  }

  @Test
  void whatSlurmRefusesIsSaidInOneLine() throws Exception {
    SlurmAllocation own = SlurmAllocation.of(Map.of(), List.of("-N2", "--partition=none"));
    try (RemoteSession session = new RemoteSession("127.0.0.1");
        Started agents = launcher(own, "").launch(session.order(own.machines()))) {
      assertThat(agents.awaitEnd(Duration.ofMinutes(1))).isTrue();
      assertThat(agents.ended())
          .singleElement()
          .asString()
          .startsWith("the step of Slurm: srun: error: ")
          .contains("nvalid partition")
          .doesNotContain("\n");
    }
    assertThat(shared.resolve("run")).isDirectoryNotContaining("glob:**credentials*");
  }
}

package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.percore.coordinator.launch.AgentLauncher.Started;
import io.percore.coordinator.launch.SlurmAllocation;
import io.percore.coordinator.launch.SlurmLauncher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

  /// Submits `scripts/percore.sbatch`.
  private Tool.Outcome submit(String script, List<String> options, String... arguments)
      throws Exception {
    Path percore = Files.writeString(shared.resolve("percore"), script);
    assertThat(percore.toFile().setExecutable(true)).isTrue();
    List<String> words =
        new ArrayList<>(
            List.of(
                "env",
                cluster().program("sbatch").get(1),
                "PERCORE=" + percore,
                "PERCORE_OUT=" + shared.resolve("a run"),
                "sbatch",
                "--parsable",
                "--nodes=2",
                "--output=" + shared.resolve("out")));
    words.addAll(options);
    words.add(Path.of(System.getProperty("percore.home"), "scripts/percore.sbatch").toString());
    words.addAll(List.of(arguments));
    return Tool.run(Map.of(), words);
  }

  @Test
  void theBatchScriptIsTheProcessThatSlurmWarns() throws Exception {
    Tool.Outcome submitted =
        submit(
            """
            #!/bin/sh
            trap 'echo warned; exit 143' TERM
            echo "$SLURM_JOB_NODELIST" "$@"
            while :; do sleep 0.1; done
            """,
            List.of(),
            "--quick");
    assertThat(submitted.exitCode()).as(submitted.output()).isZero();
    Path out = shared.resolve("out");
    await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(out) && Files.size(out) > 0);
    assertThat(out)
        .hasContent("w[1-2] run --launcher slurm --out " + shared.resolve("a run") + " --quick\n");

    cluster().run("scancel", "--signal=TERM", "--batch", submitted.output().strip());
    await().atMost(Duration.ofMinutes(1)).until(() -> Files.readString(out).endsWith("warned\n"));
    cluster().awaitIdle();
  }

  @Test
  void aRunOfTheBatchScriptEndsWithExactCounts() throws Exception {
    String script =
        """
        #!/bin/sh
        exec '%s' -XX:TieredStopAtLevel=1 -Dpercore.worker.jar='%s' -jar '%s' "$@"
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("percore.worker.jar"),
                System.getProperty("percore.coordinator.jar"));
    Tool.Outcome ended =
        submit(
            script,
            List.of("--wait"),
            "--bind",
            "127.0.0.1",
            "--remote-dir",
            shared.resolve("jars").toString(),
            "--keep-disturbed",
            "-s",
            "processes",
            "-n",
            "1,2",
            "--forks",
            "1",
            "--window",
            "1s",
            "--warmup",
            "100ms");
    assertThat(ended.exitCode()).as(Files.readString(shared.resolve("out"))).isZero();
    SshIT.assertExact(shared.resolve("a run"));
    RemoteSession.awaitNoProcesses(shared.toString());
    cluster().awaitIdle();
  }
}

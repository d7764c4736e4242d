package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A Slurm of two nodes, both of which are this machine: a real slurmctld and two real slurmd, with
/// ports and files of their own.
final class SlurmCluster {
  /// Names of its nodes, in Slurm's order.
  static final List<String> NODES = List.of("w1", "w2");

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String CONFIGURATION =
      """
      ClusterName=percore-test
      SlurmctldHost=%2$s(127.0.0.1)
      SlurmctldPort=%3$d
      SlurmUser=root
      SlurmdUser=root
      AuthType=auth/none
      CredType=cred/none
      ProctrackType=proctrack/linuxproc
      TaskPlugin=task/none
      SwitchType=switch/none
      MpiDefault=none
      SelectType=select/cons_tres
      SelectTypeParameters=CR_CPU
      SchedulerType=sched/builtin
      ReturnToService=2
      StateSaveLocation=%1$s/state
      SlurmdSpoolDir=%1$s/spool-%%n
      SlurmctldPidFile=%1$s/slurmctld.pid
      SlurmdPidFile=%1$s/slurmd-%%n.pid
      SlurmctldLogFile=%1$s/slurmctld.log
      SlurmdLogFile=%1$s/slurmd-%%n.log
      AccountingStorageType=accounting_storage/none
      JobAcctGatherType=jobacct_gather/none
      SlurmdParameters=config_overrides
      NodeName=w1 NodeHostname=%2$s NodeAddr=127.0.0.1 Port=%4$d CPUs=4 State=UNKNOWN
      NodeName=w2 NodeHostname=%2$s NodeAddr=127.0.0.1 Port=%5$d CPUs=4 State=UNKNOWN
      PartitionName=all Nodes=w1,w2 Default=YES MaxTime=INFINITE State=UP OverSubscribe=FORCE:8
      """;

  private final Path configuration;
  private final List<Process> daemons = new ArrayList<>();

  private SlurmCluster(Path directory) {
    this.configuration = directory.resolve("slurm.conf");
  }

  /// Starts it, or skips the test where that cannot be done.
  static SlurmCluster start(Path directory) throws IOException, InterruptedException {
    Tool.needRoot(
        "slurmctld, slurmd, slurm-client, slurm-wlm-basic-plugins",
        "slurmctld",
        "slurmd",
        "srun",
        "scontrol",
        "sinfo",
        "salloc",
        "sbatch",
        "scancel",
        "squeue");
    SlurmCluster cluster = new SlurmCluster(directory);
    try {
      cluster.configure(directory);
      cluster.daemon(directory, "slurmctld", "-D", "-c", "-f", cluster.configuration.toString());
      for (String node : NODES) {
        cluster.daemon(
            directory, "slurmd", "-D", "-N", node, "-f", cluster.configuration.toString());
      }
      cluster.awaitIdle();
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      cluster.stop();
      throw e;
    }
    return cluster;
  }

  private void configure(Path directory) throws IOException, InterruptedException {
    Files.createDirectories(directory.resolve("state"));
    for (String node : NODES) {
      Files.createDirectories(directory.resolve("spool-" + node));
    }
    String host = Tool.succeed("hostname", "-s").strip();
    // All three at a time: else one could be given out twice.
    try (ServerSocket controller = new ServerSocket(0);
        ServerSocket first = new ServerSocket(0);
        ServerSocket second = new ServerSocket(0)) {
      Files.writeString(
          configuration,
          CONFIGURATION.formatted(
              directory,
              host,
              controller.getLocalPort(),
              first.getLocalPort(),
              second.getLocalPort()));
    }
  }

  private void daemon(Path directory, String... words) throws IOException {
    daemons.add(
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("daemon-" + daemons.size() + ".log").toFile())
            .start());
  }

  /// Waits until all nodes are free.
  void awaitIdle() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> run("sinfo", "-h", "-N", "-o", "%t").output().strip().equals("idle\nidle"));
  }

  /// Words that run a program of Slurm on this cluster.
  List<String> program(String name) {
    return List.of("env", "SLURM_CONF=" + configuration, name);
  }

  /// Variables that lead programs of Slurm to this cluster.
  Map<String, String> environment() {
    return Map.of("SLURM_CONF", configuration.toString());
  }

  Tool.Outcome run(String... words) throws IOException, InterruptedException {
    return Tool.run(environment(), List.of(words));
  }

  /// Gets both nodes, for as long as they are not given back.
  ///
  /// @return the number of the job
  String allocate() throws IOException, InterruptedException {
    Tool.Outcome granted = run("salloc", "--no-shell", "--nodes=2");
    assertThat(granted.exitCode()).as(granted.output()).isZero();
    return granted.output().replaceAll("(?s).*Granted job allocation (\\d+).*", "$1");
  }

  void stop() throws InterruptedException {
    for (Process daemon : daemons.reversed()) {
      daemon.destroy();
    }
    for (Process daemon : daemons) {
      daemon.descendants().forEach(ProcessHandle::destroyForcibly);
      if (!daemon.waitFor(Duration.ofSeconds(10))) {
        daemon.destroyForcibly();
      }
    }
  }
}

package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.percore.coordinator.launch.AgentLauncher.Started;
import io.percore.coordinator.launch.SshLauncher;
import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialOutcome.Failed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real agents behind a real sshd, in network namespaces of their own.
@Timeout(300)
class SshIT {
  private static @Nullable SshMachines machines;

  /// Whatever runs of this test has the path of the jar in here in its command line.
  @TempDir private Path cache;

  @BeforeAll
  static void startMachines(@TempDir Path directory) throws Exception {
    machines = SshMachines.start(directory);
  }

  @AfterAll
  static void stopMachines() throws Exception {
    if (machines != null) {
      machines.stop();
    }
  }

  private static SshMachines machines() {
    SshMachines running = machines;
    assertThat(running).isNotNull();
    return running;
  }

  private SshLauncher launcher(String java, String setup) {
    return new SshLauncher(
        machines().ssh(),
        java,
        cache.resolve("it's here").toString(),
        setup,
        Duration.ofMinutes(10));
  }

  private SshLauncher launcher() {
    return launcher(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "");
  }

  @Test
  void agentsJoinRunATrialAndEndWithTheirSession() throws Exception {
    try (RemoteSession session = new RemoteSession(machines().coordinator())) {
      session.join(launcher(), SshMachines.NAMES);
      session.expectExactTrial();
      session.expectExactTrial();
    }
    RemoteSession.awaitNoProcesses(cache.toString());
  }

  @Test
  void aSetupRunsBeforeTheAgent() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin").toString();
    try (RemoteSession session = new RemoteSession(machines().coordinator())) {
      session.join(
          launcher("java", "PATH='" + java + "':$PATH; export PATH; cat"), SshMachines.NAMES);
    }
  }

  @Test
  void agentAndWorkerEndWithTheirConnection() throws Exception {
    try (RemoteSession session = new RemoteSession(machines().coordinator());
        var pool = Executors.newSingleThreadExecutor()) {
      Started agents = session.join(launcher(), SshMachines.NAMES);
      Future<TrialOutcome> trial = pool.submit(() -> session.trial(Duration.ofMinutes(4)));
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> workers().size() == SshMachines.NAMES.size());

      ProcessHandle.current()
          .descendants()
          .filter(process -> process.info().command().orElse("").endsWith("/ssh"))
          .forEach(ProcessHandle::destroyForcibly);

      RemoteSession.awaitNoProcesses(cache.toString());
      assertThat(trial.get(1, TimeUnit.MINUTES))
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.reason()).contains("worker"));
      assertThat(agents.awaitEnd(Duration.ofSeconds(30))).isTrue();
      assertThat(agents.ended()).hasSize(2).allMatch(line -> line.contains("exit code 137"));
    }
  }

  /// One that is about to end may have no arguments any more.
  private List<ProcessHandle> workers() {
    return RemoteSession.processes(cache.toString()).stream()
        .filter(p -> p.info().arguments().map(List::of).orElse(List.of()).contains("session"))
        .toList();
  }

  @Test
  void aMachineThatCannotBeReachedIsNamedInOneLineAndNothingIsLeft() throws Exception {
    try (RemoteSession session = new RemoteSession(machines().coordinator())) {
      var order = session.order(List.of("w1", SshMachines.CLOSED));
      assertThatThrownBy(() -> launcher().launch(order))
          .isInstanceOf(IOException.class)
          .hasMessageMatching("closed: ssh: connect to host .* port 9: Connection refused.*");
    }
    RemoteSession.awaitNoProcesses(cache.toString());
  }

  @Test
  void aMachineWithoutJavaIsNamed() throws Exception {
    try (RemoteSession session = new RemoteSession(machines().coordinator());
        Started agents = launcher("/nowhere/java", "").launch(session.order(SshMachines.NAMES))) {
      assertThat(agents.awaitEnd(Duration.ofMinutes(1))).isTrue();
      assertThat(agents.ended())
          .hasSize(2)
          .anyMatch(line -> line.matches("w1: .*/nowhere/java.* \\(exit code 127\\)"));
    }
  }

  @Test
  void aRunOverTwoMachinesEndsWithExactCounts(@TempDir Path directory) throws Exception {
    try (PercoreProcess percore = start(directory, 1)) {
      percore.expect(ExitCode.OK);
      assertThat(percore.out()).contains("sequential");
    }
    assertExact(directory.resolve("run"));
    RemoteSession.awaitNoProcesses(cache.toString());
  }

  @Test
  void aMachineThatIsLostIsNamedWithTheLastWordsOfItsConnection(@TempDir Path directory)
      throws Exception {
    try (PercoreProcess percore = start(directory, 50)) {
      Path trials = directory.resolve("run/trials.jsonl");
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> Files.exists(trials) && Files.readAllLines(trials).size() >= 1);
      machines().cutConnections("w2");
      percore.expect(ExitCode.INCOMPLETE);
      assertThat(percore.err())
          .containsPattern("the agent of w2 is gone: .*; .*(closed|reset).* \\(exit code 255\\)");
    }
    RemoteSession.awaitNoProcesses(cache.toString());
  }

  private PercoreProcess start(Path directory, int forks) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return PercoreProcess.start(
        directory,
        "run",
        "--launcher",
        "ssh",
        "--hosts",
        "w1:1,w2:1",
        "--ssh",
        String.join(" ", machines().ssh()),
        "--remote-java",
        java,
        "--remote-dir",
        cache.toString(),
        "--bind",
        machines().coordinator(),
        "--keep-disturbed",
        "-s",
        // The fewest trials with a worker on each machine.
        "sequential@Nx1",
        "-n",
        "2",
        "--forks",
        Integer.toString(forks),
        // Bound to its first processor each, both workers would share that one and start apart.
        "--pinning",
        "off",
        "--window",
        "1s",
        "--warmup",
        "100ms",
        "-o",
        "run");
  }

  static void assertExact(Path run) throws IOException {
    JsonNode summary = JsonMapper.builder().build().readTree(run.resolve("summary.json").toFile());
    assertThat(summary.get("points")).isNotEmpty();
    for (JsonNode point : summary.get("points")) {
      assertThat(point.get("lostUpdates").asLong()).isZero();
      assertThat(point.get("expectedUpdates").asLong()).isPositive();
    }
  }
}

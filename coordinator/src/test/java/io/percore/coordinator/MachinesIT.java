package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A run over two machines, both of which are this one: real agents that join over TLS.
@Timeout(300)
class MachinesIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /// The fewest trials with a worker on each machine, where no figure is asked for.
  private static final String LONE_WORKERS = "sequential@Nx1";

  @TempDir private Path directory;
  private final List<PercoreProcess> started = new ArrayList<>();
  private int port;

  @BeforeEach
  void prepare() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    start("tls", "init", "tls", "--machines", "2").expect(ExitCode.OK);
  }

  @AfterEach
  void end() {
    started.forEach(PercoreProcess::close);
  }

  private PercoreProcess start(String... arguments) throws IOException {
    PercoreProcess process = PercoreProcess.start(directory, arguments);
    started.add(process);
    return process;
  }

  private PercoreProcess run(String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-o", "run", "--keep-disturbed"));
    arguments.addAll(List.of("--expect-workers", "2", "--warmup", "100ms"));
    // Four threads on two processors start apart by the scheduler's slices: a fifth of a second
    // would allow them 10 ms.
    arguments.addAll(List.of("--window", "1s"));
    arguments.addAll(List.of(more));
    return begin(arguments);
  }

  private PercoreProcess resume(int machines) throws IOException {
    return begin(List.of("--resume", "run", "--expect-workers", Integer.toString(machines)));
  }

  private PercoreProcess begin(List<String> more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("run", "--credentials", "tls"));
    arguments.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port)));
    arguments.addAll(more);
    PercoreProcess run = start(arguments.toArray(String[]::new));
    await().atMost(PATIENCE).until(() -> run.err().contains("waiting"));
    return run;
  }

  private PercoreProcess machine(int rank) throws IOException {
    return machine(rank, port);
  }

  /// @param dialled where it finds the coordinator
  private PercoreProcess machine(int rank, int dialled) throws IOException {
    return start(
        "worker",
        "--coordinator",
        "127.0.0.1:" + dialled,
        "--credentials",
        "tls/machines.pem",
        "--rank",
        Integer.toString(rank));
  }

  @Test
  void aRunOverTwoMachinesEndsWithExactCounts() throws Exception {
    PercoreProcess run = run("-s", "atomic,processes", "-n", "1,max", "--forks", "1");
    PercoreProcess first = machine(0);
    PercoreProcess second = machine(1);
    run.expect(ExitCode.OK);
    first.expect(ExitCode.OK);
    second.expect(ExitCode.OK);
    JsonNode summary = JSON.readTree(directory.resolve("run/summary.json").toFile());
    assertThat(summary.get("points")).isNotEmpty();
    for (JsonNode point : summary.get("points")) {
      assertThat(point.get("lostUpdates").asLong()).isZero();
      assertThat(point.get("expectedUpdates").asLong()).isPositive();
    }
    Set<Integer> machines = new TreeSet<>();
    for (String line : Files.readAllLines(directory.resolve("run/trials.jsonl"))) {
      JSON.readTree(line).findValues("machine").forEach(machine -> machines.add(machine.asInt()));
    }
    assertThat(machines).containsExactly(0, 1);
    assertThat(JSON.readTree(directory.resolve("run/run.json").toFile()).at("/run/machines"))
        .hasSize(2);
    JsonNode each = summary.get("machines");
    assertThat(each.get("hosts")).hasSize(2);
    // Of the atomic count, of the lock of the processes, and of the sequential base.
    assertThat(each.get("baselines").findValuesAsText("machine"))
        .containsExactly("0", "1", "0", "1", "0", "1");
    assertThat(each.get("points").findValuesAsText("strategy")).containsOnly("processes");
    assertThat(each.get("points").findValues("efficiency"))
        .allMatch(efficiency -> efficiency.get("value").asDouble() > 0);
    start("verify", "run").expect(ExitCode.OK);
  }

  private void awaitTrials(int number) {
    Path trials = directory.resolve("run/trials.jsonl");
    await()
        .atMost(PATIENCE)
        .until(() -> Files.exists(trials) && Files.readAllLines(trials).size() >= number);
  }

  @Test
  void aLostMachineEndsTheRunAndKeepsWhatWasMeasured() throws Exception {
    PercoreProcess run = run("-s", LONE_WORKERS, "-n", "max", "--forks", "50", "--wait", "20s");
    PercoreProcess first = machine(0);
    machine(1);
    awaitTrials(1);
    List<ProcessHandle> below = first.workers();
    first.signal("KILL");
    run.expect(ExitCode.INCOMPLETE);
    assertThat(run.err())
        .containsPattern("the agent of machine 0 is gone: .*; waiting up to 20 s for it")
        .containsPattern("the agent of machine 0 is gone: .*; not back within 20 s; finishing");
    assertThat(directory.resolve("run/summary.json")).exists();
    await().atMost(PATIENCE).until(() -> below.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void aLostConnectionIsWaitedForAndTheRunGoesOn() throws Exception {
    try (CuttableLink link = new CuttableLink(port)) {
      PercoreProcess run = run("-s", LONE_WORKERS, "-n", "2", "--forks", "1");
      PercoreProcess first = machine(0, link.port());
      PercoreProcess second = machine(1);
      awaitTrials(1);
      link.cut();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(run.err())
                      .containsPattern(
                          "the agent of machine 0 is gone: .*; waiting up to 60 s for it"));
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(first.err()).contains("dialling again for up to 60 s"));
      await().atMost(PATIENCE).until(() -> first.workers().isEmpty());
      link.mend();
      run.expect(ExitCode.OK);
      assertThat(run.err()).contains("all machines are there again");
      first.expect(ExitCode.OK);
      second.expect(ExitCode.OK);
    }
    start("verify", "run").expect(ExitCode.OK);
  }

  @Test
  void aKilledCoordinatorLeavesNobodyBehind() throws Exception {
    // Agents do not dial for so long where nobody listens.
    PercoreProcess run = run("-s", LONE_WORKERS, "-n", "max", "--forks", "50", "--wait", "30m");
    PercoreProcess first = machine(0);
    PercoreProcess second = machine(1);
    awaitTrials(1);
    await().atMost(PATIENCE).until(() -> !first.workers().isEmpty());
    List<ProcessHandle> left = new ArrayList<>(first.below());
    left.addAll(second.below());
    run.signal("KILL");
    assertThat(first.endsWithin(PATIENCE)).isTrue();
    assertThat(second.endsWithin(PATIENCE)).isTrue();
    assertThat(first.err()).contains("the coordinator is gone");
    await().atMost(PATIENCE).until(() -> left.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void aRunOverTwoMachinesGoesOnWithTheSame() throws Exception {
    PercoreProcess run = run("-s", LONE_WORKERS, "-n", "2", "--forks", "1");
    List<PercoreProcess> machines = List.of(machine(0), machine(1));
    awaitTrials(1);
    run.signal("INT");
    run.expect(ExitCode.INTERRUPTED);
    assertThat(run.err()).contains("--resume run, with the options of its machines, goes on");
    for (PercoreProcess machine : machines) {
      machine.expect(ExitCode.OK);
    }

    PercoreProcess here = start("run", "--resume", "run").expect(ExitCode.USAGE);
    assertThat(here.err()).contains("run was measured over 2 machines").hasLineCount(1);

    PercoreProcess alone = resume(1);
    machine(0);
    alone.expect(ExitCode.ENVIRONMENT);
    assertThat(alone.err())
        .contains("run cannot go on here: it had 2 machines and now has 1; begin a new run");

    PercoreProcess resumed = resume(2);
    machine(0);
    machine(1);
    resumed.expect(ExitCode.OK);
    JsonNode summary = JSON.readTree(directory.resolve("run/summary.json").toFile());
    assertThat(summary.get("complete").asBoolean()).isTrue();
    assertThat(summary.at("/resumes/0/restarted").asBoolean(true)).isFalse();
    start("verify", "run").expect(ExitCode.OK);
  }

  private PercoreProcess listen(String machines, String ports) throws IOException {
    return start(
        "run",
        "--expect-workers",
        machines,
        "--credentials",
        "tls",
        "--bind",
        "127.0.0.1",
        "--port",
        ports,
        "--wait",
        "1s");
  }

  @Test
  void theFirstFreePortOfARangeIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      String range = port + "-" + (port + 20);
      PercoreProcess run = listen("2", range);
      run.expect(ExitCode.INCOMPLETE);
      assertThat(run.err()).containsPattern("machines on port \\d+").doesNotContain("port " + port);
      PercoreProcess none = listen("1", Integer.toString(port));
      none.expect(ExitCode.USAGE);
      assertThat(none.err())
          .contains("cannot listen on 127.0.0.1: no port of " + taken.getLocalPort() + " is free")
          .hasLineCount(1);
    }
  }

  @Test
  void machinesThatDoNotComeAreOneLine() throws Exception {
    PercoreProcess run = run("--wait", "1s");
    run.expect(ExitCode.INCOMPLETE);
    assertThat(run.err()).contains("0 of 2 machines joined within 1 s");
  }
}

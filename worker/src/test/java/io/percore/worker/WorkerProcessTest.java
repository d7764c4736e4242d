package io.percore.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.percore.proto.Prepare;
import io.percore.proto.WorkerMessage.PayloadCase;
import io.percore.worker.session.ScriptedCoordinator;
import io.percore.worker.session.SessionTimings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The worker as a process of its own, from its command line to its exit code.
class WorkerProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final String SECRET = "0123456789abcdef".repeat(4);
  private static final String OWN_PID = String.valueOf(ProcessHandle.current().pid());

  enum Phase {
    BEFORE_THE_SECRET,
    JOINING,
    READY,
    IN_THE_WINDOW,
    REPORTED
  }

  private final List<Process> started = new ArrayList<>();
  private final ScriptedCoordinator coordinator = new ScriptedCoordinator();
  @TempDir private Path directory = Path.of("");

  WorkerProcessTest() throws IOException {
    coordinator.keepAlive();
  }

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
    coordinator.close();
  }

  @Test
  void wholeSession() throws Exception {
    Process worker = start(SECRET + "\n", session(OWN_PID));
    assertThat(coordinator.expect(PayloadCase.HELLO).getHello().getPid()).isEqualTo(worker.pid());
    proceed(Phase.REPORTED);
    coordinator.acknowledge("");
    assertThat(exitCode(worker)).isEqualTo(ExitCode.OK);
    assertThat(coordinator.expectEnd()).isEqualTo("completed");
    assertThat(stderr()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void theEndOfStandardInputEndsItInEveryPhase(Phase phase) throws Exception {
    boolean early = phase == Phase.BEFORE_THE_SECRET;
    Process worker = start(early ? "" : SECRET + "\n", session(OWN_PID));
    if (!early) {
      coordinator.expect(PayloadCase.HELLO);
      proceed(phase);
      assertThat(worker.isAlive()).isTrue();
    }
    worker.getOutputStream().close();
    assertThat(exitCode(worker)).isEqualTo(ExitCode.ORPHANED);
    assertOneLine("standard input ended");
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"JOINING", "READY", "IN_THE_WINDOW", "REPORTED"})
  void theEndOfTheStreamEndsItInEveryPhase(Phase phase) throws Exception {
    Process worker = start(SECRET + "\n", session(OWN_PID));
    coordinator.expect(PayloadCase.HELLO);
    proceed(phase);
    coordinator.close();
    assertThat(exitCode(worker)).isEqualTo(ExitCode.ORPHANED);
    assertOneLine("the coordinator is gone");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aWorkerThatWasStoppedForLongDoesNotBlameTheCoordinator() throws Exception {
    Process worker = start(SECRET + "\n", session(OWN_PID));
    coordinator.expect(PayloadCase.HELLO);
    signal(worker, "STOP");
    Duration longerThanTheLease = SessionTimings.STANDARD.lease().plusMillis(500);
    await().pollDelay(longerThanTheLease).atMost(PATIENCE).until(worker::isAlive);
    signal(worker, "CONT");
    proceed(Phase.REPORTED);
    coordinator.acknowledge("");
    assertThat(exitCode(worker)).isEqualTo(ExitCode.OK);
  }

  @Test
  void refusal() throws Exception {
    Process worker = start(SECRET + "\n", session(OWN_PID));
    coordinator.expect(PayloadCase.HELLO);
    coordinator.refuse("protocol version 1.0 is not spoken here:\n\u001b[2Jspeak 2.0");
    assertThat(exitCode(worker)).isEqualTo(ExitCode.REFUSED);
    assertOneLine("protocol version 1.0 is not spoken here:  [2Jspeak 2.0");
  }

  @Test
  void failure() throws Exception {
    Process worker = start(SECRET + "\n", session(OWN_PID));
    coordinator.expect(PayloadCase.HELLO);
    coordinator.prepare(Prepare.newBuilder().setDiscipline("impossible"));
    coordinator.expect(PayloadCase.FAILURE);
    assertThat(exitCode(worker)).isEqualTo(ExitCode.FAILED);
    assertOneLine("there is no discipline 'impossible'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "abc\n", "tooLong", "notHex"})
  void aSecretThatIsNone(String line) throws Exception {
    String text =
        switch (line) {
          case "tooLong" -> SECRET + "0\n";
          case "notHex" -> SECRET.replace('0', 'g') + "\n";
          default -> line;
        };
    Process worker = start(text, session(OWN_PID));
    assertThat(exitCode(worker)).isEqualTo(ExitCode.USAGE);
    assertOneLine("is not a secret of 64 hex digits");
  }

  @Test
  void anEndlessLineIsNotRead() throws Exception {
    Process worker = start("0".repeat(10_000), session(OWN_PID));
    assertThat(exitCode(worker)).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void wrongArguments() throws Exception {
    Process worker = start("", "session", "--coordinator", "10.0.0.1:80");
    assertThat(exitCode(worker)).isEqualTo(ExitCode.USAGE);
    assertOneLine("loopback");
  }

  @Test
  void orphanedAtBirth() throws Exception {
    Process worker = start(SECRET + "\n", session("1"));
    assertThat(exitCode(worker)).isEqualTo(ExitCode.ORPHANED);
    assertOneLine("process 1 is not my parent");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aKilledParentLeavesNoWorker() throws Exception {
    List<String> command = new ArrayList<>(java(ParentMain.class));
    command.add(SECRET);
    command.addAll(java(FakeWorkerMain.class));
    command.addAll(List.of(session("PARENT")));
    Process parent = launch(command);
    ProcessHandle worker;
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      worker = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
    }
    try {
      coordinator.expect(PayloadCase.HELLO);
      proceed(Phase.IN_THE_WINDOW);
      assertThat(worker.isAlive()).isTrue();
      parent.destroyForcibly();
      await().atMost(PATIENCE).until(() -> !worker.isAlive());
    } finally {
      worker.destroyForcibly();
    }
  }

  /// Leads a worker that said hello to the phase.
  private void proceed(Phase phase) throws InterruptedException {
    if (phase == Phase.JOINING) {
      return;
    }
    coordinator.prepare(Prepare.newBuilder().setThreads(1));
    coordinator.expect(PayloadCase.READY);
    if (phase == Phase.READY) {
      return;
    }
    boolean window = phase == Phase.IN_THE_WINDOW;
    coordinator.start(1, Duration.ofMillis(500), window ? LONG : Duration.ofMillis(10));
    coordinator.expect(PayloadCase.ARMED);
    if (!window) {
      coordinator.expect(PayloadCase.RESULT);
    }
  }

  private String[] session(String parent) {
    var id = ScriptedCoordinator.ID;
    var address = coordinator.address();
    return new String[] {
      "session",
      "--coordinator",
      address.getAddress().getHostAddress() + ":" + address.getPort(),
      "--run",
      id.getRun(),
      "--trial",
      String.valueOf(id.getTrial()),
      "--attempt",
      String.valueOf(id.getAttempt()),
      "--slot",
      String.valueOf(id.getSlot()),
      "--parent",
      parent
    };
  }

  private Process start(String input, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(java(FakeWorkerMain.class));
    command.addAll(List.of(arguments));
    Process worker = launch(command);
    OutputStream in = worker.getOutputStream();
    in.write(input.getBytes(StandardCharsets.UTF_8));
    in.flush();
    return worker;
  }

  private Process launch(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(directory.resolve("stderr").toFile()).start();
    started.add(process);
    return process;
  }

  private static List<String> java(Class<?> main) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        main.getName());
  }

  private static void signal(Process process, String name) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor())
        .isZero();
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String stderr() throws IOException {
    return Files.readString(directory.resolve("stderr"));
  }

  private void assertOneLine(String part) throws IOException {
    assertThat(stderr().lines().toList())
        .singleElement()
        .asString()
        .startsWith("percore-worker: ")
        .contains(part);
  }
}

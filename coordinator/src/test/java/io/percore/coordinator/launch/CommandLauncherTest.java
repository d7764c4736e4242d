package io.percore.coordinator.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.percore.coordinator.launch.AgentLauncher.AgentOrder;
import io.percore.coordinator.launch.AgentLauncher.Invited;
import io.percore.coordinator.launch.AgentLauncher.Started;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CommandLauncherTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir private Path directory;

  private static AgentOrder order(String... machines) {
    return new AgentOrder(
        "10.0.0.1:4000",
        "tls",
        "-----BEGIN A-----\n-----END A-----\n",
        List.of(machines).stream()
            .map(machine -> new Invited(machine, "token-" + machine))
            .toList(),
        Path.of("/opt/a b/worker.jar"),
        "hash");
  }

  private static CommandLauncher launcher(String... template) {
    return new CommandLauncher(List.of(template), "java", "", "", LONG);
  }

  private static List<String> agent() {
    return List.of(
        "java",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-jar",
        "/opt/a b/worker.jar",
        "agent",
        "--coordinator",
        "10.0.0.1:4000",
        "--transport",
        "tls");
  }

  @Test
  void theAgentComesLast() {
    List<String> words = launcher("podman", "exec", "-i", "{host}").words(order(), "box");
    assertThat(words.subList(0, 4)).containsExactly("podman", "exec", "-i", "box");
    assertThat(words.subList(4, words.size())).isEqualTo(agent());
  }

  @Test
  void orWhereTheTemplateHasIt() {
    List<String> words =
        launcher("on", "{host}", "{agent}", "--via={coordinator}/{transport}").words(order(), "$1");
    assertThat(words).startsWith("on", "$1").endsWith("--via=10.0.0.1:4000/tls");
    assertThat(words.subList(2, words.size() - 1)).isEqualTo(agent());
  }

  @Test
  void withinAWordItIsQuotedForAShell() {
    assertThat(launcher("rsh", "{host}", "exec {agent}").words(order(), "box").getLast())
        .startsWith("exec java ")
        .contains("-jar '/opt/a b/worker.jar' agent");
  }

  @Test
  void anotherPlaceOfTheJarAndASetup() {
    CommandLauncher launcher =
        new CommandLauncher(
            List.of("on", "{jar}"), "/jdk/bin/java", "/w.jar", "module load x", LONG);
    assertThat(launcher.words(order(), "box"))
        .startsWith("on", "/w.jar", "/bin/sh", "-c")
        .contains("module load x", "/jdk/bin/java", "/w.jar");
  }

  @Test
  void anUnknownPlaceholderIsRefused() {
    assertThatThrownBy(() -> launcher("on", "{hots}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("{hots}")
        .hasMessageContaining("{host}");
    assertThatThrownBy(() -> launcher()).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-oProxyCommand=x", "", "a b", "a\nb"})
  void whatCouldBeAnOptionIsNoMachine(String name) {
    assertThatThrownBy(() -> new Invited(name, "token"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no name of a machine");
  }

  /// The setup must not eat what is meant for the agent, and what it sets is there for the agent.
  @Test
  void credentialsGoOverStandardInputWhichStaysOpen() throws Exception {
    Path java = directory.resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        while read -r line && [ -n "$line" ]; do echo "$line" >>"$OUT"; done
        echo "$@" >>"$OUT"
        cat
        """);
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Path out = directory.resolve("out");
    CommandLauncher launcher =
        new CommandLauncher(
            List.of("env", "HOST={host}"),
            java.toString(),
            "",
            "cat; echo noise; export OUT=" + out,
            LONG);
    Started started = launcher.launch(order("one"));
    try (started) {
      await().until(() -> Files.exists(out) && Files.readString(out).contains("agent"));
      assertThat(Files.readAllLines(out))
          .containsExactly(
              "token-one",
              "-----BEGIN A-----",
              "-----END A-----",
              String.join(" ", agent().subList(1, agent().size())));
      assertThat(started.ended()).isEmpty();
      assertThat(started.awaitEnd(Duration.ofMillis(50))).isFalse();
    }
    assertThat(started.awaitEnd(Duration.ofSeconds(30))).isTrue();
    assertThat(started.ended()).containsExactly("one: noise (exit code 137)");
  }

  @Test
  void whatEndsIsNamedWithItsLastWords() throws Exception {
    String say = "echo first >&2; echo \"why\033[2J\" >&2; exit 3";
    try (Started started = launcher("sh", "-c", say).launch(order("one", "two"))) {
      assertThat(started.awaitEnd(Duration.ofSeconds(30))).isTrue();
      assertThat(started.ended())
          .containsExactly("one: why [2J (exit code 3)", "two: why [2J (exit code 3)");
    }
  }

  /// What ends before it has read its token still has its own exit code.
  @Test
  void whatEndsAtOnceIsNamedWithItsExitCode() throws Exception {
    String[] machines = IntStream.range(0, 50).mapToObj(i -> "m" + i).toArray(String[]::new);
    try (Started started = launcher("sh", "-c", "exit 3").launch(order(machines))) {
      assertThat(started.awaitEnd(Duration.ofSeconds(30))).isTrue();
      assertThat(started.ended()).hasSize(50).allMatch(line -> line.endsWith(": exit code 3"));
    }
  }

  @Test
  void aProgramThatIsNotThereIsNamedWithItsMachine() throws Exception {
    try (Started started = launcher("/nowhere/engine").launch(order("one"))) {
      assertThat(started.awaitEnd(Duration.ofSeconds(30))).isTrue();
      assertThat(started.ended())
          .singleElement()
          .asString()
          .startsWith("one: ")
          .contains("/nowhere/engine: No such file");
    }
  }

  @Test
  void anOldJavaIsExplained() {
    String trace =
        """
        Error: LinkageError occurred while loading main class
        \tjava.lang.UnsupportedClassVersionError: class file version 69.0
        """;
    assertThat(AgentProcesses.reason(1, trace)).contains("JDK 25").contains("--remote-java");
  }
}

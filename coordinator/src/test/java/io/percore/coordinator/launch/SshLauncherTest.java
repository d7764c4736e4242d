package io.percore.coordinator.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.percore.coordinator.launch.AgentLauncher.AgentOrder;
import io.percore.coordinator.launch.AgentLauncher.Invited;
import io.percore.coordinator.launch.AgentLauncher.Started;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// With an ssh that runs the command on this machine by a shell, as sshd does.
@Timeout(120)
class SshLauncherTest {
  private static final String FAKE_SSH =
      """
      #!/bin/sh
      while [ "$1" != -- ]; do echo "$1" >>"${0%/*}/options"; shift; done
      [ "$2" != away ] || { echo 'ssh: connect to host away port 22: No route to host' >&2; exit 255; }
      echo 'a greeting of the login shell'
      echo "$3" >>"${0%/*}/commands"
      HOME=${0%/*}/home
      export HOME
      unset XDG_CACHE_HOME
      exec /bin/sh -c "$3"
      """;

  private static final String FAKE_JAVA =
      """
      #!/bin/sh
      read -r token
      echo "$token" "$@" >"${0%/*}/started"
      cat >/dev/null
      """;

  @TempDir private Path directory;
  private Path jar;
  private String sha256;

  @BeforeEach
  void make() throws Exception {
    jar = Files.writeString(directory.resolve("worker.jar"), "a jar\0\n");
    sha256 = hash(Files.readAllBytes(jar));
    Files.createDirectory(directory.resolve("home"));
    for (var program : List.of(List.of("ssh", FAKE_SSH), List.of("java", FAKE_JAVA))) {
      Path file = Files.writeString(directory.resolve(program.getFirst()), program.getLast());
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
  }

  private static String hash(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  private AgentOrder order(String... machines) {
    return new AgentOrder(
        "10.0.0.1:4000",
        "tls",
        "",
        List.of(machines).stream().map(machine -> new Invited(machine, "token")).toList(),
        jar,
        sha256);
  }

  private SshLauncher launcher(String remoteDirectory) {
    return new SshLauncher(
        List.of(directory.resolve("ssh").toString(), "-F", "my config"),
        directory.resolve("java").toString(),
        remoteDirectory,
        "",
        Duration.ofMinutes(5));
  }

  /// Starts an agent and returns the path of the jar that it was given.
  private Path launched(String remoteDirectory) throws Exception {
    Path started = directory.resolve("started");
    Files.deleteIfExists(started);
    try (Started _ = launcher(remoteDirectory).launch(order("one"))) {
      await().until(() -> Files.exists(started) && Files.readString(started).endsWith("\n"));
      String words = Files.readString(started);
      assertThat(words)
          .startsWith("token -XX:")
          .endsWith(".jar agent --coordinator 10.0.0.1:4000 --transport tls\n");
      return Path.of(words.substring(words.indexOf("-jar ") + 5, words.indexOf(" agent ")));
    }
  }

  private long stores() throws IOException {
    return Files.readString(directory.resolve("commands"))
        .lines()
        .filter(line -> line.endsWith(sha256) && line.contains(" percore store "))
        .count();
  }

  @Test
  void theJarIsSentOnceToADirectoryThatIsClosedToOthers() throws Exception {
    Path there = launched("");
    assertThat(launched("")).isEqualTo(there);

    assertThat(there)
        .isEqualTo(directory.resolve("home/.cache/percore/worker-" + sha256 + ".jar"))
        .hasSameBinaryContentAs(jar);
    assertThat(stores()).isEqualTo(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(there.getParent())))
        .isEqualTo("rwx------");
    assertThat(there.getParent()).isDirectoryNotContaining("glob:**incoming*");
  }

  @Test
  void aJarThatIsDamagedThereIsSentAgain() throws Exception {
    Path there = launched("the user's \"own\" $place");
    assertThat(there.getParent()).isEqualTo(directory.resolve("home/the user's \"own\" $place"));
    Files.writeString(there, "damaged");

    assertThat(launched("the user's \"own\" $place")).hasSameBinaryContentAs(jar);
    assertThat(stores()).isEqualTo(2);
  }

  @Test
  void aJarThatDoesNotArriveWholeIsNotKept() throws Exception {
    sha256 = hash("another".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> launcher("").launch(order("one")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("one: the jar of the worker did not arrive whole");
    assertThat(directory.resolve("home/.cache/percore")).isEmptyDirectory();
  }

  @Test
  void nobodyIsAskedForAPassword() throws Exception {
    launched("");
    assertThat(Files.readAllLines(directory.resolve("options")))
        .startsWith("-F", "my config", "-T", "-o", "BatchMode=yes");
  }

  @Test
  void everyMachineThatCannotBeReachedIsNamedInOneLine() {
    assertThatThrownBy(() -> launcher("").launch(order("one", "away")))
        .isInstanceOf(IOException.class)
        .hasMessage("away: ssh: connect to host away port 22: No route to host (exit code 255)");
  }
}

package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs over two machines to which a command leads that the user names. Both are this one.
@Timeout(300)
class LaunchCommandIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path directory;

  private PercoreProcess start(String template, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("run", "--keep-disturbed", "-o", "run"));
    arguments.addAll(List.of("--launcher", "command", "--launch-command", template));
    arguments.addAll(List.of("--hosts", "a:1,b:1", "--bind", "127.0.0.1"));
    arguments.add("--remote-java");
    arguments.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The fewest trials with a worker on each machine.
    arguments.addAll(List.of("-s", "sequential@Nx1", "-n", "2", "--forks", "1"));
    // Bound to its first processor each, both workers would share that one and start apart.
    arguments.addAll(List.of("--pinning", "off", "--warmup", "100ms", "--window", "1s"));
    arguments.addAll(List.of(more));
    return PercoreProcess.start(directory, arguments.toArray(String[]::new));
  }

  /// A template whose machine `b` is made by a command of its own.
  private String makingB(String command) throws IOException {
    Path on = directory.resolve("on");
    Files.writeString(
        on,
        """
        #!/bin/sh
        host=$1
        shift
        [ "$host" = a ] || exec %s "$@"
        exec "$@"
        """
            .formatted(command));
    assertThat(on.toFile().setExecutable(true)).isTrue();
    return on + " {host}";
  }

  private JsonNode json(String file) throws IOException {
    return JSON.readTree(directory.resolve("run").resolve(file).toFile());
  }

  @ParameterizedTest
  @ValueSource(strings = {"env {agent}", "sh -c \"exec {agent}\""})
  void aRunEndsWithExactCounts(String template) throws Exception {
    try (PercoreProcess run = start(template)) {
      run.expect(ExitCode.OK);
    }
    SshIT.assertExact(directory.resolve("run"));
    assertThat(json("run.json").at("/run/machines")).hasSize(2);
    // All read one clock.
    assertThat(json("summary.json").has("clockBoundNanos")).isFalse();
    try (PercoreProcess verify = PercoreProcess.start(directory, "verify", "run")) {
      verify.expect(ExitCode.OK);
    }
  }

  /// 1000 s are more than any trial waits for.
  @Test
  void workersStartTogetherWhoseClocksAreFarApart() throws Exception {
    Tool.needRoot("util-linux", "unshare");
    Tool.Outcome made =
        Tool.run(Map.of(), List.of("unshare", "--time", "--fork", "--monotonic", "1000", "true"));
    Tool.need(made.exitCode() == 0, "no time namespace can be had: " + made.output().strip());

    String template = makingB("unshare --time --fork --kill-child --monotonic 1000");
    try (PercoreProcess run = start(template)) {
      run.expect(ExitCode.OK);
    }

    SshIT.assertExact(directory.resolve("run"));
    assertThat(json("run.json").at("/run/machines").findValuesAsText("timeNamespace"))
        .hasSize(2)
        .doesNotHaveDuplicates();
    long bound = json("summary.json").path("clockBoundNanos").asLong();
    assertThat(bound).isBetween(1L, 1_000_000_000L);
    assertThat(directory.resolve("run/report.html"))
        .content()
        .contains("Clocks of the machines: at most");
    try (PercoreProcess verify = PercoreProcess.start(directory, "verify", "run")) {
      verify.expect(ExitCode.OK);
    }
  }

  @Test
  void fixedWorkOverUnequalMachinesIsRefused() throws Exception {
    Tool.needRoot("util-linux", "unshare", "mount");
    Path processors = directory.resolve("cpuinfo");
    Files.writeString(
        processors, "model name : Another\n" + Files.readString(Path.of("/proc/cpuinfo")));
    String mount = "mount --bind " + processors + " /proc/cpuinfo";
    Tool.Outcome made = Tool.run(Map.of(), List.of("unshare", "--mount", "sh", "-c", mount));
    Tool.need(made.exitCode() == 0, "no file can be mounted: " + made.output().strip());

    String template = makingB("unshare --mount sh -c '" + mount + " && exec \"$@\"' sh");
    try (PercoreProcess run = start(template, "--fixed-work", "1000000")) {
      run.expect(ExitCode.ENVIRONMENT);
      assertThat(run.err())
          .containsPattern("a and b differ in processor \\(.*; Another\\): .*--fixed-work");
    }
    assertThat(directory.resolve("run")).doesNotExist();
  }
}

package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.percore.coordinator.SabotageAgent.Sabotage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real runs of workers that count wrongly: a run must say what went wrong, and end with the exit
/// code of a failed verification.
@Timeout(300)
class SabotageIT {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"stack", "handoff", "swap"})
  void leaksFailTheRun(String workload) throws Exception {
    JsonNode point = failedPoint(Sabotage.LEAK, workload, "leaks ");
    assertThat(point.get("leaks").asLong()).isPositive();
  }

  @Test
  void objectsFreedWhileTheyAreHeldFailTheRun() throws Exception {
    JsonNode point = failedPoint(Sabotage.EARLY_FREE, "swap", "double frees ");
    assertThat(point.get("doubleFrees").asLong()).isPositive();
    assertThat(point.get("usesAfterFree").asLong()).isPositive();
  }

  @Test
  void withoutSabotageTheSameRunPasses() throws Exception {
    try (PercoreProcess percore = run("swap")) {
      percore.expect(ExitCode.OK);
    }
  }

  /// @param word what the user must read
  private JsonNode failedPoint(Sabotage sabotage, String workload, String word) throws Exception {
    try (PercoreProcess percore =
        run(workload, "--jvm-args", "-javaagent:" + agent() + "=" + sabotage)) {
      percore.expect(ExitCode.VERIFICATION);
      assertThat(percore.out()).contains(word);
    }
    JsonNode summary =
        JsonMapper.builder().build().readTree(directory.resolve("run/summary.json").toFile());
    for (JsonNode point : summary.get("points")) {
      if (point.get("strategy").asText().equals("atomic")
          && point.get("parallelism").asInt() == 2) {
        return point;
      }
    }
    throw new AssertionError("no such point");
  }

  private PercoreProcess run(String workload, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                "--keep-disturbed",
                "-s",
                "atomic",
                "-n",
                "2",
                "-w",
                workload,
                "--forks",
                "1"));
    arguments.addAll(List.of("--warmup", "100ms", "--window", "300ms", "-o", "run"));
    // What counts wrongly does so under any.
    arguments.addAll(List.of("--collectors", "serial"));
    arguments.addAll(List.of(more));
    return PercoreProcess.start(directory, arguments.toArray(String[]::new));
  }

  private Path agent() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", SabotageAgent.class.getName());
    Path jar = directory.resolve("agent.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      for (Class<?> type : List.of(SabotageAgent.class, Sabotage.class)) {
        String name = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(name));
        try (InputStream in = SabotageIT.class.getClassLoader().getResourceAsStream(name)) {
          assertThat(in).as(name).isNotNull().satisfies(bytes -> bytes.transferTo(out));
        }
      }
    }
    return jar;
  }
}

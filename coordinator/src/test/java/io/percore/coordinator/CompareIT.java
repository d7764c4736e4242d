package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `percore compare` of a real run with itself, and of what cannot be compared.
@Timeout(300)
final class CompareIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path measured;
  @TempDir private Path directory;

  private static void run(Path directory, String strategy, String workload, String forks, String to)
      throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(
            directory,
            "run",
            "--keep-disturbed",
            "-s",
            strategy,
            "-n",
            "1",
            "-w",
            workload,
            "--forks",
            forks,
            "--window",
            "200ms",
            "--warmup",
            "200ms",
            "-q",
            "-o",
            to)) {
      percore.expect(ExitCode.OK);
    }
  }

  @BeforeAll
  static void measure() throws Exception {
    run(measured, "atomic", "counter", "2", "base");
  }

  @BeforeEach
  void copyTwice() throws IOException {
    for (String to : new String[] {"base", "other"}) {
      Files.createDirectory(directory.resolve(to));
      for (String file : new String[] {"run.json", "trials.jsonl", "slices.jsonl"}) {
        Files.copy(measured.resolve("base").resolve(file), directory.resolve(to).resolve(file));
      }
    }
  }

  @Test
  void theSmallestEffectOfARunIsSaid() throws Exception {
    run(directory, "sequential", "counter", "4", "four");
    try (PercoreProcess percore =
        PercoreProcess.start(directory, "aa", "four", "--format", "json")) {
      percore.expect(ExitCode.OK);
      JsonNode rows = JSON.readTree(percore.out());
      assertThat(rows).hasSize(1);
      assertThat(rows)
          .allMatch(row -> row.get("pairs").asInt() == 2)
          .allMatch(row -> row.get("smallestEffect").asDouble() > 0);
    }
    try (PercoreProcess percore = PercoreProcess.start(directory, "aa", "base")) {
      percore.expect(ExitCode.INCOMPLETE);
      assertThat(percore.err()).contains("base has no point with two pairs of blocks");
    }
  }

  @Test
  void aRunIsNotDistinguishedFromItself() throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(
            directory, "compare", "base", "other", "--fail-below", "0.99", "--format", "json")) {
      percore.expect(ExitCode.OK);
      JsonNode comparison = JSON.readTree(percore.out());
      assertThat(comparison.get("points")).isNotEmpty();
      for (JsonNode point : comparison.get("points")) {
        assertThat(point.get("ratio").asDouble()).isEqualTo(1);
        assertThat(point.get("change").asText()).isEqualTo("indistinguishable");
      }
    }
    try (PercoreProcess percore = PercoreProcess.start(directory, "compare", "base", "other")) {
      percore.expect(ExitCode.OK);
      assertThat(percore.out()).contains("when its adjusted interval lies below 0.950.");
    }
  }

  /// No run is a million times as fast as itself.
  @Test
  void whatLiesBelowTheBoundIsARegression() throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(directory, "compare", "base", "other", "--fail-below", "1000000")) {
      percore.expect(ExitCode.REGRESSION);
      assertThat(percore.out()).contains("indistinguishable, regressed below 1000000");
    }
  }

  @Test
  void wrongUseIsOneLine() throws Exception {
    expectLine("--fail-below", "compare", "base", "other", "--fail-below", "0");
    expectLine("nowhere", "compare", "base", "nowhere");
    Path trials = directory.resolve("other/trials.jsonl");
    Files.writeString(trials, Files.readString(trials).replaceFirst("[0-9]", "7"));
    expectLine("trials.jsonl", "compare", "base", "other");
  }

  @Test
  void differentWorkIsNotCompared() throws Exception {
    run(directory, "sequential", "hot", "1", "hot");
    expectLine("workload", "compare", "base", "hot");
  }

  private void expectLine(String word, String... arguments) throws Exception {
    try (PercoreProcess percore = PercoreProcess.start(directory, arguments)) {
      percore.expect(ExitCode.USAGE);
      assertThat(percore.err().lines()).hasSize(1).first().asString().contains(word);
    }
  }
}

package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `percore aa` that makes its own run.
@Timeout(300)
class AaIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  private PercoreProcess aa(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("aa", "--quick", "--keep-disturbed", "--window", "300ms", "--warmup", "100ms"));
    arguments.addAll(List.of(more));
    return PercoreProcess.start(directory, arguments.toArray(String[]::new));
  }

  /// The fewest trials: one for each fork.
  private PercoreProcess aaOfOnePoint(String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-s", "sequential", "-n", "1"));
    arguments.addAll(List.of(more));
    return aa(arguments.toArray(String[]::new));
  }

  private List<Path> runs() throws IOException {
    try (Stream<Path> runs = Files.list(directory.resolve("percore-runs"))) {
      return runs.toList();
    }
  }

  @Test
  void printsOneDocumentAndMakesANewRunEachTime() throws Exception {
    try (PercoreProcess percore = aa("--forks", "2", "-n", "1,2", "--format", "json")) {
      percore.expect(ExitCode.OK);
      JsonNode rows = JSON.readTree(percore.out());
      assertThat(rows).hasSize(3);
      for (JsonNode row : rows) {
        assertThat(row.path("pairs").asInt()).isEqualTo(2);
        double effect = row.path("smallestEffect").asDouble();
        assertThat(effect).isPositive();
        assertThat(row.path("smallestEffectCiLow").asDouble()).isLessThan(effect);
        assertThat(row.path("smallestEffectCiHigh").asDouble()).isGreaterThan(effect);
      }
      assertThat(percore.err()).contains("atomic");
    }
    JsonNode run = JSON.readTree(runs().getFirst().resolve("run.json").toFile());
    assertThat(run.at("/run/experiment/window").asText()).isEqualTo("PT0.3S");
    assertThat(run.at("/run/experiment/warmUp").asText()).isEqualTo("PT0.1S");
    assertThat(run.at("/run/experiment/forks").asInt()).isEqualTo(4);

    // Saying nothing, it still prints the result alone.
    try (PercoreProcess percore = aaOfOnePoint("--forks", "2", "-q", "--format", "json")) {
      percore.expect(ExitCode.OK);
      assertThat(JSON.readTree(percore.out())).hasSize(1);
      assertThat(percore.err()).isEmpty();
    }
    assertThat(runs()).hasSize(2);
  }

  @Test
  void aTableFollowsThatOfItsRun() throws Exception {
    try (PercoreProcess percore = aaOfOnePoint("--forks", "2", "-o", "here")) {
      percore.expect(ExitCode.OK);
      assertThat(percore.out()).contains("against self").contains("smallest [95 % CI]");
      assertThat(directory.resolve("here/run.json")).exists();
    }
    try (PercoreProcess percore = aaOfOnePoint("--forks", "2", "-o", "here")) {
      percore.expect(ExitCode.USAGE);
      assertThat(percore.err()).contains("here holds a run already").hasLineCount(1);
    }
  }

  @Test
  void theRunsExitCodeIsPassedOnAfterTheResult() throws Exception {
    try (PercoreProcess percore =
        aaOfOnePoint("--forks", "200", "-o", "here", "--format", "json")) {
      Path trials = directory.resolve("here/trials.jsonl");
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> Files.exists(trials) && Files.readAllLines(trials).size() >= 5);
      percore.signal("INT");
      percore.expect(ExitCode.INTERRUPTED);
      assertThat(JSON.readTree(percore.out())).isNotEmpty();
    }
  }

  @Test
  void tooFewPairsAreOneLine() throws Exception {
    try (PercoreProcess percore = aa("--forks", "1")) {
      percore.expect(ExitCode.USAGE);
      assertThat(percore.err()).contains("--forks must be between 2 and").hasLineCount(1);
      assertThat(percore.out()).isEmpty();
    }
  }
}

package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Real coordinators with real workers, and what is done to them.
@Timeout(300)
class RunIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Start-up and a short warm-up use less processor time than this.
  private static final Duration PAST_WARM_UP = Duration.ofMillis(2500);

  /// The fewest trials of two workers at once, where no figure is asked for.
  private static final String LONE_WORKERS = "sequential@Nx1";

  /// A seed by which the first of those trials is of two workers.
  private static final String TWO_FIRST = "5";

  @TempDir private Path directory;

  private static String[] run(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("run", "--keep-disturbed", "--warmup", "200ms", "-o", "run"));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private JsonNode summary() throws IOException {
    return JSON.readTree(directory.resolve("run/summary.json").toFile());
  }

  private List<JsonNode> trials() throws IOException {
    List<JsonNode> trials = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("run/trials.jsonl"))) {
      trials.add(JSON.readTree(line));
    }
    return trials;
  }

  private List<String> outcomes() throws IOException {
    return trials().stream().map(trial -> trial.get("outcome").asText()).toList();
  }

  private static JsonNode point(JsonNode summary, String strategy, int parallelism) {
    for (JsonNode point : summary.get("points")) {
      if (point.get("strategy").asText().equals(strategy)
          && point.get("parallelism").asInt() == parallelism) {
        return point;
      }
    }
    throw new AssertionError("no point " + strategy + " at " + parallelism);
  }

  @Test
  void aRunEndsWithVerifiedCountsAndAllItsFiles() throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(
            directory,
            run(
                "-s",
                "gil,processes,unshared,racy,sequential@Nx1,atomic@2x2",
                "-n",
                "1,2",
                "--forks",
                "2",
                "--window",
                "600ms",
                "--seed",
                "5",
                "--format",
                "json"))) {
      percore.expect(ExitCode.OK);
      JsonNode summary = summary();
      assertThat(JSON.readTree(percore.out())).isEqualTo(summary);
      assertThat(summary.get("schema").asText()).isEqualTo("percore-summary/1");
      for (JsonNode point : summary.get("points")) {
        String name = point.get("strategy").asText() + " " + point.get("parallelism");
        assertThat(point.get("forks").asInt()).as(name).isEqualTo(2);
        assertThat(point.get("throughput").get("median").asDouble()).as(name).isPositive();
        if (!point.get("strategy").asText().equals("racy")) {
          assertThat(point.get("lostUpdates").asLong()).as(name).isZero();
        }
        assertThat(point.get("expectedUpdates").asLong()).as(name).isPositive();
      }
      for (JsonNode times : trials().getFirst().findValues("times")) {
        assertThat(times.asInt()).isBetween(1, 4);
      }
      assertThat(trials().getFirst().findValues("times")).isNotEmpty();
      for (JsonNode trial : trials()) {
        for (JsonNode process : trial.path("measurement").path("processes")) {
          assertThat(process.at("/canary/beforePerSecond").asDouble()).isPositive();
          assertThat(process.at("/canary/afterPerSecond").asDouble()).isPositive();
          assertThat(process.path("safepointNanos").isIntegralNumber()).isTrue();
          assertThat(process.path("proportionalBytes").asLong()).isPositive();
          assertThat(process.at("/memoryParts/heapBytes").asLong()).isPositive();
          assertThat(process.at("/memoryParts/fileBytes").asLong()).isPositive();
        }
      }
      assertThat(point(summary, "racy", 1).get("lostUpdates").asLong()).isZero();
      assertThat(point(summary, "racy", 2).get("lostUpdates").asLong()).isPositive();
      assertThat(Files.readString(directory.resolve("run/report.html")))
          .contains("id=\"replay\"", "1 reference is lost.", "too early.");
      assertThat(point(summary, "atomic@2x2", 4).get("processes").asInt()).isEqualTo(2);
      assertThat(directory.resolve("run"))
          .isDirectoryContaining("glob:**/report.html")
          .isDirectoryContaining("glob:**/summary.csv")
          .isDirectoryContaining("glob:**/run.json");
      assertThat(directory.resolve("run/charts")).isDirectoryContaining("glob:**/*.svg");
    }
    String before = Files.readString(directory.resolve("run/summary.json"));
    try (PercoreProcess verify = PercoreProcess.start(directory, "verify", "run")) {
      verify.expect(ExitCode.OK);
      assertThat(verify.out()).matches("\\d{3,} numbers agree\\R");
      // Sentences alone: what is added to a summary must be checked, too.
      assertThat(verify.err().lines())
          .contains("verdict[]: not checked")
          .isSubsetOf("verdict[]: not checked", "baselineWarnings[]: not checked");
    }
    try (PercoreProcess report = PercoreProcess.start(directory, "report", "run")) {
      report.expect(ExitCode.OK);
      assertThat(report.out()).contains("atomic");
      assertThat(directory.resolve("run/summary.json")).hasContent(before);
    }
  }

  @Test
  void pairsAreVerifiedToo() throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(
            directory,
            run(
                "-s",
                "atomic,processes",
                "-n",
                "2",
                "-w",
                "hot",
                "-p",
                "work=10",
                "--forks",
                "1",
                "--window",
                "500ms"))) {
      percore.expect(ExitCode.OK);
      for (JsonNode point : summary().get("points")) {
        assertThat(point.get("netError").asLong()).isZero();
        assertThat(point.get("prematureFrees").asLong()).isZero();
        assertThat(point.get("lostUpdates").isNull()).isTrue();
      }
    }
  }

  @Test
  void workloadsThatStoreReferencesRunUnderTwoCollectors() throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(
            directory,
            run("-s", "cas", "-n", "2", "-w", "swap", "--forks", "1", "--window", "200ms"))) {
      percore.expect(ExitCode.OK);
      assertThat(percore.out()).contains("cas/g1");
      assertThat(point(summary(), "cas", 2).get("collector").asText()).isEqualTo("Serial");
      assertThat(point(summary(), "cas/g1", 2).get("collector").asText()).isEqualTo("G1");
      assertThat(point(summary(), "sequential/g1", 1).get("collector").asText()).isEqualTo("G1");
      assertThat(summary().at("/design/collectors").toString()).isEqualTo("[\"serial\",\"g1\"]");
      assertThat(summary().at("/collectors/0/strategy").asText()).isEqualTo("cas/g1");
      assertThat(summary().at("/collectors/0/reference").asText()).isEqualTo("cas");
      assertThat(Files.readString(directory.resolve("run/report.html"))).contains("cas/g1");
    }
    try (PercoreProcess verify = PercoreProcess.start(directory, "verify", "run")) {
      verify.expect(ExitCode.OK);
    }
    try (PercoreProcess percore =
        PercoreProcess.start(directory, "run -w swap -s cas -n 2 --forks 5 --dry-run".split(" "))) {
      percore.expect(ExitCode.OK);
      assertThat(percore.out()).contains(" under serial", " under g1", "(30 s scored)");
    }
  }

  @Test
  void fixedWorkPrintsTheNotebooksLine() throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(
            directory,
            run(
                "-s",
                "atomic",
                "-n",
                "4",
                "--fixed-work",
                "40000001",
                "--forks",
                "1",
                "--window",
                "1s"))) {
      percore.expect(ExitCode.OK);
      assertThat(percore.out())
          .containsPattern("expected 40000001, observed 40000001, lost 0 \\(0 ?%\\), [0-9.]+ ?ms");
      assertThat(point(summary(), "atomic", 4).get("scaling").asText()).isEqualTo("STRONG");
    }
  }

  /// In a short window: the plain count of the base needs hundreds of rounds to fill a long one.
  @Test
  void weakScalingGivesEachThreadItsWork() throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(
            directory,
            run(
                "-s",
                "atomic,processes",
                "-n",
                "1,2",
                "--fixed-work-per-thread",
                "2000001",
                "--forks",
                "1",
                "--window",
                "50ms"))) {
      percore.expect(ExitCode.OK);
      assertThat(percore.out())
          .contains("weak scaling: each of N threads does 2.00 M operations")
          .contains("atomic, N = 1: expected 2000001, observed 2000001, lost 0 (0 %)")
          .contains("processes, N = 2: expected 4000002, observed 4000002, lost 0 (0 %)");
    }
    assertThat(point(summary(), "atomic", 2).get("scaling").asText()).isEqualTo("WEAK");
    assertThat(summary().at("/design/fixedWorkOperationsPerThread").asLong()).isEqualTo(2_000_001);
    assertThat(Files.readString(directory.resolve("run/report.html")))
        .contains("law for atomic at");
    try (PercoreProcess percore = PercoreProcess.start(directory, "verify", "run")) {
      percore.expect(ExitCode.OK);
    }
  }

  @Test
  void aKilledWorkerFailsItsTrialWhichIsRunAgain() throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(
            directory, run("-s", LONE_WORKERS, "-n", "2", "--forks", "1", "--window", "4s"))) {
      percore.workerInWindow(PAST_WARM_UP, 2).destroyForcibly();
      percore.expect(ExitCode.OK);
      assertThat(outcomes()).containsOnlyOnce("failed");
      JsonNode failed =
          trials().stream()
              .filter(t -> t.get("outcome").asText().equals("failed"))
              .findFirst()
              .orElseThrow();
      assertThat(failed.get("reason").asText()).contains("the window").contains("killed");
      assertThat(trials())
          .anyMatch(
              t ->
                  t.get("trial").equals(failed.get("trial"))
                      && t.get("attempt").asInt() == 2
                      && t.get("outcome").asText().equals("completed"));
    }
  }

  @ParameterizedTest
  @CsvSource({"false, failed", "true, invalidated"})
  void aStoppedWorkerSpoilsItsTrialWhichIsRunAgain(boolean goesOn, String outcome)
      throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(
            directory, run("-s", LONE_WORKERS, "-n", "2", "--forks", "1", "--window", "4s"))) {
      long worker = percore.workerInWindow(PAST_WARM_UP, 2).pid();
      PercoreProcess.signal("STOP", worker);
      if (goesOn) {
        PercoreProcess.signal("CONT", worker);
      }
      percore.expect(ExitCode.OK);
      assertThat(outcomes()).containsOnlyOnce(outcome);
      assertThat(outcomes()).filteredOn("completed"::equals).hasSize(outcomes().size() - 1);
    }
  }

  @Test
  void aTrialThatNeverCompletesLeavesTheRunIncomplete() throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(
            directory, run("-s", "atomic", "-n", "1", "--forks", "1", "--window", "100ms"))) {
      // The first worker is the rehearsal's; without it nothing is promised.
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> Files.exists(directory.resolve("run/trials.jsonl")));
      while (percore.alive()) {
        percore.workers().forEach(ProcessHandle::destroyForcibly);
        Thread.onSpinWait();
      }
      percore.expect(ExitCode.INCOMPLETE);
      assertThat(outcomes()).containsOnly("failed").hasSize(2 * AttemptLog.MOST);
      assertThat(summary().get("points").get(0).get("throughput").get("median").isNull()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void aSignalEndsTheRunInOrder(String signal, int exitCode) throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(
            directory, run("-s", LONE_WORKERS, "-n", "2", "--forks", "50", "--window", "500ms"))) {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> Files.exists(directory.resolve("run/trials.jsonl")) && !trials().isEmpty());
      percore.anyWorker();
      percore.signal(signal);
      percore.expect(exitCode);
      assertThat(percore.workers()).isEmpty();
      assertThat(outcomes()).contains("completed").doesNotContain("failed");
      assertThat(summary().get("points")).isNotEmpty();
    }
  }

  @Test
  void aSecondSignalEndsEverythingAtOnce() throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(
            directory,
            run(
                "-s",
                LONE_WORKERS,
                "-n",
                "2",
                "--forks",
                "50",
                "--seed",
                TWO_FIRST,
                "--window",
                "5s"))) {
      List<ProcessHandle> workers = List.of(percore.workerInWindow(PAST_WARM_UP, 2));
      percore.signal("INT");
      percore.signal("INT");
      percore.expect(ExitCode.INTERRUPTED);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> workers.stream().noneMatch(ProcessHandle::isAlive));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aKilledCoordinatorLeavesNoWorkerBehind(boolean inWindow) throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(
            directory,
            run(
                "-s",
                LONE_WORKERS,
                "-n",
                "2",
                "--forks",
                "1",
                "--seed",
                TWO_FIRST,
                "--window",
                "60s"))) {
      if (inWindow) {
        percore.workerInWindow(PAST_WARM_UP, 2);
      } else {
        percore.anyWorker();
      }
      List<ProcessHandle> workers = percore.workers();
      percore.signal("KILL");
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> workers.stream().noneMatch(ProcessHandle::isAlive));
      assertThat(workers).isNotEmpty();
    }
  }
}

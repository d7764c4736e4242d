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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
                "gil,global-lock,atomic,processes,unshared,racy,sequential@Nx1,atomic@2x2",
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
      assertThat(verify.out()).matches("\\d{4,} numbers agree\\R");
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
                "gil,global-lock,atomic,processes",
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
            run("-s", "cas", "-n", "2", "-w", "swap", "--forks", "2", "--window", "200ms"))) {
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
                "atomic,racy",
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
                "200ms"))) {
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
            directory, run("-s", "processes", "-n", "2", "--forks", "1", "--window", "4s"))) {
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
            directory, run("-s", "processes", "-n", "2", "--forks", "1", "--window", "4s"))) {
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
            directory, run("-s", "processes", "-n", "2", "--forks", "50", "--window", "500ms"))) {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> Files.exists(directory.resolve("run/trials.jsonl")) && trials().size() >= 2);
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
            directory, run("-s", "processes", "-n", "2", "--forks", "50", "--window", "5s"))) {
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
            directory, run("-s", "processes", "-n", "2", "--forks", "1", "--window", "60s"))) {
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--frobnicate|Unknown option",
        "-s nonsense|unknown strategy 'nonsense'",
        "-s plain@1x2|one thread in each process",
        "-w nonsense|unknown workload 'nonsense'",
        "-n 0|parallelism '0'",
        "-p work=many|is not a whole number",
        "-p colour=red|has no parameter 'colour'",
        "-d atomic.colour=red -s atomic|has no parameter 'colour'",
        "--window 5|not a duration",
        "--window 20m|between 1ms and 10m",
        "--forks 0|--forks must be between",
        "--adaptive narrow|is not a percentage",
        "--export nonsense=x|unknown format 'nonsense'",
        "--fixed-work 0|--fixed-work must be between",
        "--fixed-work-per-thread 0|--fixed-work-per-thread must be between",
        "--fixed-work 9 --fixed-work-per-thread 9|exclude each other",
        "--place nowhere|'nowhere' is none of pack, spread",
        "--pinning off --place spread|says nothing where --pinning is off",
        "--collectors zgc|'zgc' is none of serial, parallel, g1",
        "--collectors g1,g1|names one of them twice",
        "--collectors g1 --jvm-args -XX:+UseZGC|exclude each other",
      })
  void wrongWordsGetOneLineAndTheUsageCode(String words, String expected) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("run"));
    arguments.addAll(List.of(words.split(" ")));
    try (PercoreProcess percore =
        PercoreProcess.start(directory, arguments.toArray(String[]::new))) {
      percore.expect(ExitCode.USAGE);
      assertThat(percore.err()).contains(expected).hasLineCount(1);
      assertThat(percore.out()).isEmpty();
    }
  }

  @Test
  void anOutputDirectoryThatCannotBeWrittenIsAUsageError() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    try (PercoreProcess percore =
        PercoreProcess.start(directory, "run", "-s", "atomic", "-o", file + "/run")) {
      percore.expect(ExitCode.USAGE);
      assertThat(percore.err()).contains("cannot write to").hasLineCount(1);
    }
  }

  @Test
  void aMissingWorkerJarIsOneLine() throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(
            List.of("-Dpercore.worker.jar=nowhere.jar"), directory, "run", "--quick")) {
      percore.expect(ExitCode.INTERNAL);
      assertThat(percore.err()).contains("worker's jar is missing: nowhere.jar").hasLineCount(1);
    }
  }

  @Test
  void aMissingJdkIsOneLine() throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(directory, "run", "--quick", "--java", "/nowhere")) {
      percore.expect(ExitCode.INTERNAL);
      assertThat(percore.err()).contains("no JDK: /nowhere").hasLineCount(1);
    }
  }

  @Test
  void watchesWhoHoldsTheLockWhenAsked() throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(
            directory,
            run(
                "--timeline",
                "-s",
                "gil,global-lock,atomic",
                "-n",
                "1,2",
                "--forks",
                "1",
                "--window",
                "300ms"))) {
      percore.expect(ExitCode.OK);
    }
    List<JsonNode> watched = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("run/watched.jsonl"))) {
      JsonNode trial = JSON.readTree(line);
      if (trial.get("outcome").asText().equals("completed")) {
        watched.add(trial);
      }
    }
    assertThat(watched)
        .extracting(trial -> trial.at("/program/discipline").asText())
        .containsExactly("gil", "global-lock");
    for (JsonNode trial : watched) {
      JsonNode ledgers = trial.at("/measurement/lockLedgers");
      assertThat(ledgers).hasSize(2);
      assertThat(ledgers.findValues("acquisitions")).allMatch(n -> n.asLong() > 0);
    }
    assertThat(trials()).noneMatch(trial -> trial.path("measurement").has("lockLedgers"));
    assertThat(Files.readString(directory.resolve("run/report.html")))
        .contains("Who held the lock", "gil at N = 2", "global-lock at N = 2");
    String page = Files.readString(directory.resolve("run/report.html"));
    try (PercoreProcess percore = PercoreProcess.start(directory, "report", "run")) {
      percore.expect(ExitCode.OK);
      assertThat(directory.resolve("run/report.html")).hasContent(page);
    }
    try (PercoreProcess percore = PercoreProcess.start(directory, "verify", "run")) {
      percore.expect(ExitCode.OK);
    }
  }

  @Test
  void findsOutWhatACallOfAProcessCostsWhenAsked() throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(
            directory,
            run(
                "--process-cost",
                "-s",
                "atomic,processes",
                "-n",
                "1,2",
                "--forks",
                "1",
                "--window",
                "300ms"))) {
      percore.expect(ExitCode.OK);
    }
    List<JsonNode> called = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("run/calls.jsonl"))) {
      JsonNode trial = JSON.readTree(line);
      if (trial.get("outcome").asText().equals("completed")) {
        called.add(trial);
      }
    }
    assertThat(called).hasSize(1);
    JsonNode calls = called.getFirst().at("/measurement/calls");
    assertThat(calls.findValues("operationsPerCall").getFirst().asLong()).isEqualTo(10);
    long byCalls = 0;
    for (JsonNode size : calls) {
      assertThat(size.get("nanos").asLong()).isPositive();
      byCalls += size.get("calls").asLong() * size.get("operationsPerCall").asLong();
    }
    // What was done in calls is verified with all else.
    assertThat(called.getFirst().at("/measurement/verification/operations").asLong())
        .isGreaterThan(byCalls);
    assertThat(trials()).noneMatch(trial -> trial.path("measurement").has("calls"));
    assertThat(Files.readString(directory.resolve("run/report.html")))
        .contains("What it costs to call a process");
    assertThat(directory.resolve("run/charts/process-cost.svg")).exists();
    assertThat(directory.resolve("run/charts/job-cost-dark.svg")).exists();
    JsonNode cost = JSON.readTree(directory.resolve("run/summary.json").toFile());
    assertThat(cost.at("/processCost/0/strategy").asText()).isEqualTo("processes");
    assertThat(cost.at("/processCost/0/calls/0/operations").asLong()).isEqualTo(10);
    assertThat(cost.at("/processCost/0/calls/0/over/atomic/value").asDouble()).isPositive();
    assertThat(cost.at("/processCost/0/startNanos").asDouble()).isGreaterThan(1e7);
    assertThat(cost.at("/processCost/0/jobs").size()).isEqualTo(5);
    try (PercoreProcess percore = PercoreProcess.start(directory, "verify", "run")) {
      percore.expect(ExitCode.OK);
    }
  }

  @Test
  void whatTheCompilerDidIsWrittenDownInTrialsOfTheirOwn() throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(
            directory,
            run(
                "--compiler-log",
                "-s",
                "atomic",
                "-n",
                "2",
                "--forks",
                "1",
                "--window",
                "200ms"))) {
      percore.expect(ExitCode.OK);
    }
    List<String> logged = Files.readAllLines(directory.resolve("run/logged.jsonl"));
    assertThat(logged).isNotEmpty();
    for (String line : logged) {
      JsonNode trial = JSON.readTree(line);
      if (trial.get("outcome").asText().equals("completed")) {
        long pid = trial.at("/measurement/processes/0/pid").asLong();
        assertThat(Files.readString(directory.resolve("run/compiler/pid" + pid + ".log")))
            .contains("io.percore.worker.workload.CounterKernel", "inline_success");
      }
    }
    assertThat(trials()).hasSize(3);
  }

  @Test
  void saysWhatMemoryTheWorkersNeedWhenAsked() throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(
            directory,
            run(
                "--memory",
                "-s",
                "atomic,processes",
                "-n",
                "2",
                "--forks",
                "1",
                "--window",
                "200ms"))) {
      percore.expect(ExitCode.OK);
    }
    Map<String, Long> bytes = new HashMap<>();
    for (String line : Files.readAllLines(directory.resolve("run/memory.jsonl"))) {
      JsonNode trial = JSON.readTree(line);
      if (trial.get("outcome").asText().equals("completed")) {
        long total = 0;
        for (JsonNode process : trial.at("/measurement/processes")) {
          total += process.get("proportionalBytes").asLong();
        }
        bytes.put(trial.at("/program/discipline").asText(), total);
      }
    }
    assertThat(bytes).containsOnlyKeys("atomic", "global-lock", "plain");
    assertThat(bytes.get("global-lock")).isGreaterThan(bytes.get("atomic"));
    long touched = trials().getFirst().at("/measurement/processes/0/proportionalBytes").asLong();
    assertThat(bytes.get("atomic")).isLessThan(touched);
    assertThat(Files.readString(directory.resolve("run/report.html")))
        .contains("Memory of the workers", "global-lock@2x1");
  }

  @Test
  void aDryRunRunsNothing() throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(
            directory,
            ("run --quick --seed 9 -s gil,processes --memory --process-cost --dry-run"
                    + " --format json")
                .split(" "))) {
      percore.expect(ExitCode.OK);
      JsonNode plan = JSON.readTree(percore.out());
      assertThat(plan.get("seed").asLong()).isEqualTo(9);
      assertThat(plan.get("order").size())
          .isEqualTo(plan.get("blocks").asInt() * plan.get("trialsPerBlock").asInt());
      assertThat(plan.at("/limits/taken").asDouble()).isEqualTo(0.0175);
      assertThat(plan.get("predictedSeconds").asDouble())
          .isGreaterThan(plan.get("scoredSeconds").asDouble());
      assertThat(plan.findValuesAsText("option")).containsExactly("--memory", "--process-cost");
      // Of gil, of the processes, and of the sequential base.
      assertThat(plan.at("/aside/0/trials").asInt()).isEqualTo(3);
      assertThat(plan.at("/aside/1/trials").asInt()).isEqualTo(plan.get("blocks").asInt());
      assertThat(directory.resolve("percore-runs")).doesNotExist();
    }
  }

  @Test
  void playsHowAnUpdateGetsLost() throws Exception {
    try (PercoreProcess percore = PercoreProcess.start(directory, "exhibit")) {
      percore.expect(ExitCode.OK);
      assertThat(percore.out().lines())
          .anyMatch(line -> line.matches(" +1 +reads 1 +1"))
          .anyMatch(line -> line.matches(" +4 +writes 2 +2"))
          .anyMatch(line -> line.contains("1 reference is lost."))
          .anyMatch(line -> line.contains("its creator still holds a reference: too early"))
          .anyMatch(line -> line.contains("adds 1 in one step"));
    }
  }

  @Test
  void refusesAWorkloadThatSaysNothingOfAStrategy() throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(directory, "run", "-s", "processes", "-w", "handoff")) {
      percore.expect(ExitCode.USAGE);
      assertThat(percore.err()).contains("'handoff'", "'processes'").doesNotContain("\tat ");
    }
  }

  @Test
  void listsWhatADisciplinePromisesOfFrees() throws Exception {
    try (PercoreProcess percore = PercoreProcess.start(directory, "list", "disciplines")) {
      percore.expect(ExitCode.OK);
      assertThat(percore.out().lines())
          .anyMatch(line -> line.contains("zero is precise; freed at once by"))
          .anyMatch(line -> line.contains("not a reference count"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "strategies, processes",
    "disciplines, global-lock",
    "workloads, counter",
    "formats, csv",
    "launchers, local"
  })
  void listsWhatThereIs(String kind, String expected) throws Exception {
    try (PercoreProcess percore = PercoreProcess.start(directory, "list", kind)) {
      percore.expect(ExitCode.OK);
      assertThat(percore.out().lines()).anyMatch(line -> line.startsWith(expected + " "));
    }
  }
}

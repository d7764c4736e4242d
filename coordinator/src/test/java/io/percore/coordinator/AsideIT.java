package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real run that is asked for all that takes trials of its own, beside those of its plan.
@Timeout(300)
class AsideIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private static Path directory;

  @BeforeAll
  static void measure() throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(
            directory,
            ("run --keep-disturbed --timeline --process-cost --compiler-log --memory"
                    + " -s gil,global-lock,atomic,processes -n 2 --forks 1"
                    + " --warmup 200ms --window 300ms -o run")
                .split(" "))) {
      percore.expect(ExitCode.OK);
    }
  }

  private static List<JsonNode> trials(String file) throws IOException {
    List<JsonNode> trials = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("run").resolve(file))) {
      trials.add(JSON.readTree(line));
    }
    assertThat(trials).as(file).isNotEmpty();
    return trials;
  }

  private static List<JsonNode> completed(String file) throws IOException {
    return trials(file).stream()
        .filter(trial -> trial.get("outcome").asText().equals("completed"))
        .toList();
  }

  private static String page() throws IOException {
    return Files.readString(directory.resolve("run/report.html"));
  }

  @Test
  void whoHoldsTheLockIsWatched() throws Exception {
    List<JsonNode> watched = completed("watched.jsonl");
    assertThat(watched)
        .extracting(trial -> trial.at("/program/discipline").asText())
        .containsExactly("gil", "global-lock");
    for (JsonNode trial : watched) {
      JsonNode ledgers = trial.at("/measurement/lockLedgers");
      assertThat(ledgers).hasSize(2);
      assertThat(ledgers.findValues("acquisitions")).allMatch(n -> n.asLong() > 0);
    }
    assertThat(page()).contains("Who held the lock", "gil at N = 2", "global-lock at N = 2");
  }

  @Test
  void whatACallOfAProcessCostsIsFoundOut() throws Exception {
    List<JsonNode> called = completed("calls.jsonl");
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
    assertThat(page()).contains("What it costs to call a process");
    assertThat(directory.resolve("run/charts/process-cost.svg")).exists();
    assertThat(directory.resolve("run/charts/job-cost-dark.svg")).exists();
    JsonNode cost = JSON.readTree(directory.resolve("run/summary.json").toFile());
    assertThat(cost.at("/processCost/0/strategy").asText()).isEqualTo("processes");
    assertThat(cost.at("/processCost/0/calls/0/operations").asLong()).isEqualTo(10);
    assertThat(cost.at("/processCost/0/calls/0/over/atomic/value").asDouble()).isPositive();
    assertThat(cost.at("/processCost/0/startNanos").asDouble()).isGreaterThan(1e7);
    assertThat(cost.at("/processCost/0/jobs").size()).isEqualTo(5);
  }

  @Test
  void whatTheCompilerDidIsWrittenDown() throws Exception {
    List<JsonNode> logged = completed("logged.jsonl");
    assertThat(logged).isNotEmpty();
    for (JsonNode trial : logged) {
      long pid = trial.at("/measurement/processes/0/pid").asLong();
      assertThat(Files.readString(directory.resolve("run/compiler/pid" + pid + ".log")))
          .contains("io.percore.worker.workload.CounterKernel", "inline_success");
    }
  }

  @Test
  void whatMemoryTheWorkersNeedIsSaid() throws Exception {
    Map<String, Long> bytes = new HashMap<>();
    for (JsonNode trial : completed("memory.jsonl")) {
      long total = 0;
      for (JsonNode process : trial.at("/measurement/processes")) {
        total += process.get("proportionalBytes").asLong();
      }
      JsonNode program = trial.get("program");
      bytes.put(
          program.get("discipline").asText() + "@" + program.at("/layout/processes").asInt(),
          total);
    }
    assertThat(bytes)
        .containsOnlyKeys("atomic@1", "gil@1", "global-lock@1", "global-lock@2", "plain@1");
    assertThat(bytes.get("global-lock@2")).isGreaterThan(bytes.get("atomic@1"));
    long touched =
        trials("trials.jsonl").getFirst().at("/measurement/processes/0/proportionalBytes").asLong();
    // The trials of the plan touch their whole heap before they begin, and need the half of it.
    assertThat(bytes.get("atomic@1")).isLessThan(touched - (16 << 20));
    assertThat(page()).contains("Memory of the workers", "global-lock@2x1");
  }

  /// Of each of four at one thread and two, where processes have that of the lock at one, and of
  /// the sequential base.
  @Test
  void theTrialsOfThePlanAreAsWithoutThem() throws Exception {
    assertThat(completed("trials.jsonl")).hasSize(8);
    assertThat(trials("trials.jsonl"))
        .noneMatch(trial -> trial.path("measurement").has("lockLedgers"))
        .noneMatch(trial -> trial.path("measurement").has("calls"));
  }

  @Test
  void allOfItIsDrawnAgainAndVerified() throws Exception {
    String page = page();
    try (PercoreProcess percore = PercoreProcess.start(directory, "report", "run")) {
      percore.expect(ExitCode.OK);
      assertThat(directory.resolve("run/report.html")).hasContent(page);
    }
    try (PercoreProcess percore = PercoreProcess.start(directory, "verify", "run")) {
      percore.expect(ExitCode.OK);
    }
  }
}

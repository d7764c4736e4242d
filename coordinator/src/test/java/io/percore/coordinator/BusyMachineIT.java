package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A run whose every window has others on all processors for a while.
@Timeout(300)
class BusyMachineIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Start-up and a short warm-up use less processor time than this, and the window takes longer.
  private static final Duration PAST_WARM_UP = Duration.ofMillis(2500);

  /// A kernel that shares processors between groups of processes gives others as little as a fifth
  /// of one in it, and the window is over later.
  private static final long BUSY_NANOS = Duration.ofMillis(1500).toNanos();

  @TempDir private Path directory;

  @Test
  void isRunAgainAndThenMarked() throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(
            directory,
            "run --warmup 200ms --window 5s --forks 1 -n 1 -s sequential -o run --format json"
                .split(" "))) {
      Set<Long> disturbed = new HashSet<>();
      while (percore.alive()) {
        inWindow(percore, disturbed)
            .ifPresent(
                worker -> {
                  disturbed.add(worker);
                  keepAllProcessorsBusy();
                });
      }
      assertThat(percore.exitCode()).isIn(ExitCode.ENVIRONMENT, ExitCode.INCOMPLETE);
      assertThat(percore.err()).contains("invalidated: others took");
    }

    // On a machine that is busy anyway an attempt may also begin too late, or lose its worker.
    assertThat(attempts(""))
        .filteredOn(attempt -> attempt.path("reason").asText().startsWith("others took"))
        .isNotEmpty()
        .allMatch(attempt -> attempt.has("measurement"));
    List<JsonNode> attempts = attempts("plain");
    assertThat(attempts).hasSize(AttemptLog.MOST);
    JsonNode last = attempts.getLast();
    assertThat(attempts.subList(0, 2))
        .noneMatch(attempt -> attempt.get("outcome").asText().equals("completed"));
    if (last.get("outcome").asText().equals("completed")) {
      assertThat(last.get("reason").asText()).contains("limit is");
      assertThat(sequentialPoint().get("disturbed").asInt()).isEqualTo(1);
      assertThat(
              sequentialPoint().get("invalidated").asInt()
                  + sequentialPoint().get("failed").asInt())
          .isEqualTo(2);
    }
  }

  /// A worker that is measuring and is not among these; empty when the run has ended.
  private static Optional<Long> inWindow(PercoreProcess percore, Set<Long> butNot) {
    return await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(10))
        .until(
            () ->
                percore.workers().stream()
                    .filter(
                        worker ->
                            worker
                                    .info()
                                    .totalCpuDuration()
                                    .orElse(Duration.ZERO)
                                    .compareTo(PAST_WARM_UP)
                                > 0)
                    .map(ProcessHandle::pid)
                    .filter(pid -> !butNot.contains(pid))
                    .findFirst(),
            worker -> worker.isPresent() || !percore.alive());
  }

  /// With three threads for each: as many as there are processors might leave one to the worker.
  private static void keepAllProcessorsBusy() {
    List<Process> bound = burners();
    long begin = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 3 * Runtime.getRuntime().availableProcessors(); i++) {
      threads.add(
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    while (System.nanoTime() - begin < BUSY_NANOS) {
                      Thread.onSpinWait();
                    }
                  }));
    }
    threads.forEach(BusyMachineIT::join);
    bound.forEach(Process::destroyForcibly);
  }

  /// Others that are bound to each processor: a kernel that shares processors between groups of
  /// processes can put all threads of this one beside each other, and leave the worker alone.
  private static List<Process> burners() {
    List<Process> burners = new ArrayList<>();
    for (int cpu = 0; cpu < Runtime.getRuntime().availableProcessors(); cpu++) {
      for (int i = 0; i < 3; i++) {
        try {
          burners.add(
              new ProcessBuilder(
                      "taskset", "-c", Integer.toString(cpu), "sh", "-c", "while :; do :; done")
                  .start());
        } catch (IOException impossible) {
          throw new UncheckedIOException(impossible);
        }
      }
    }
    return burners;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /// Attempts at the trials of a discipline, or at all of them.
  ///
  /// @param discipline its id, or empty
  private List<JsonNode> attempts(String discipline) throws IOException {
    List<JsonNode> attempts = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("run/trials.jsonl"))) {
      JsonNode attempt = JSON.readTree(line);
      if (discipline.isEmpty() || attempt.at("/program/discipline").asText().equals(discipline)) {
        attempts.add(attempt);
      }
    }
    return attempts;
  }

  private JsonNode sequentialPoint() throws IOException {
    for (JsonNode point :
        JSON.readTree(directory.resolve("run/summary.json").toFile()).get("points")) {
      if (point.get("strategy").asText().equals("sequential")) {
        return point;
      }
    }
    throw new AssertionError("no point of sequential");
  }
}

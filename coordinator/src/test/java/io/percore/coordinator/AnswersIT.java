package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the real coordinator answers that runs no trial.
@Timeout(300)
@Tag("untimed")
class AnswersIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path directory;

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

package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `percore report` of two real runs, and of what cannot stand side by side.
@Timeout(300)
final class SeveralRunsIT {
  @TempDir private static Path measured;
  @TempDir private Path directory;

  @BeforeAll
  static void measure() throws Exception {
    run("serial", "");
    run("parallel", "-XX:+UseParallelGC");
  }

  private static void run(String to, String jvmArguments) throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(
            measured,
            "run",
            "--keep-disturbed",
            "-s",
            "atomic",
            "-n",
            "2",
            "--forks",
            "1",
            "--window",
            "400ms",
            "--warmup",
            "100ms",
            "--jvm-args",
            jvmArguments,
            "-q",
            "-o",
            to)) {
      percore.expect(ExitCode.OK);
    }
  }

  @BeforeEach
  void copyRuns() throws IOException {
    copyRun("serial", "serial");
    copyRun("parallel", "parallel");
  }

  private void copyRun(String from, String to) throws IOException {
    Files.createDirectory(directory.resolve(to));
    for (String file : new String[] {"run.json", "trials.jsonl", "slices.jsonl", "report.html"}) {
      Files.copy(measured.resolve(from).resolve(file), directory.resolve(to).resolve(file));
    }
  }

  @Test
  void twoRunsStandSideBySideInAReportOfTheirOwn() throws Exception {
    Path own = directory.resolve("serial/report.html");
    String before = Files.readString(own);
    try (PercoreProcess percore =
        PercoreProcess.start(directory, "report", "serial", "parallel", "-o", "both")) {
      percore.expect(ExitCode.OK);
      assertThat(percore.out())
          .contains("2 runs on one machine")
          .contains("parallel differs from serial in JVM arguments")
          .containsPattern("strategy +N +serial +parallel");
      assertThat(percore.err()).contains("report: both/report.html");
    }
    assertThat(Files.readString(own)).isEqualTo(before);
    assertThat(Files.readString(directory.resolve("both/report.html")))
        .contains("<h1>2 runs on one machine")
        .contains("<mark>-XX:+UseParallelGC</mark>");
    assertThat(directory.resolve("both/charts/throughput-strategy-1-atomic.svg")).exists();
    JsonNode summary = new ObjectMapper().readTree(directory.resolve("both/summary.json").toFile());
    assertThat(summary.get("runs")).hasSize(2);
    assertThat(summary.get("machines").asInt()).isEqualTo(1);
  }

  @Test
  void withoutADirectoryItGoesWhereRunsGo() throws Exception {
    try (PercoreProcess percore =
        PercoreProcess.start(directory, "report", "serial", "parallel", "--format", "json")) {
      percore.expect(ExitCode.OK);
      assertThat(new ObjectMapper().readTree(percore.out()).get("schema").asText())
          .isEqualTo("percore-runs/1");
      assertThat(percore.err()).containsPattern("report: percore-runs/report-\\d{8}-\\d{6}/");
    }
  }

  @Test
  void oneRunIsDrawnAgainInItsOwnDirectoryOrInAnother() throws Exception {
    Path own = directory.resolve("serial/report.html");
    String before = Files.readString(own);
    Files.delete(own);
    try (PercoreProcess percore = PercoreProcess.start(directory, "report", "serial", "-q")) {
      percore.expect(ExitCode.OK);
    }
    assertThat(Files.readString(own)).isEqualTo(before);
    try (PercoreProcess percore =
        PercoreProcess.start(directory, "report", "serial", "-q", "-o", "copy")) {
      percore.expect(ExitCode.OK);
    }
    assertThat(Files.readString(directory.resolve("copy/report.html"))).isEqualTo(before);
  }

  @Test
  void aRunThatWasHandedOnWithoutItsSlicesIsDrawnAndSaysSo() throws Exception {
    Files.delete(directory.resolve("serial/slices.jsonl"));
    try (PercoreProcess percore = PercoreProcess.start(directory, "report", "serial")) {
      percore.expect(ExitCode.OK);
      assertThat(percore.err())
          .containsOnlyOnce("there is no serial/slices.jsonl; rates over time are not drawn");
    }
    assertThat(Files.readString(directory.resolve("serial/report.html")))
        .contains("Throughput against parallelism")
        .doesNotContain("Warm-up traces");
  }

  @Test
  void aTornJournalIsSaidAndItsRunMarked() throws Exception {
    Files.writeString(
        directory.resolve("parallel/trials.jsonl"), "{\"seq", StandardOpenOption.APPEND);
    try (PercoreProcess percore =
        PercoreProcess.start(directory, "report", "serial", "parallel", "-o", "both")) {
      percore.expect(ExitCode.OK);
      assertThat(percore.err()).contains("the last line of parallel was cut off (5 bytes)");
      assertThat(percore.out()).contains("Careful with parallel: ").contains("journal cut off");
    }
  }

  @Test
  void wrongUseIsOneLine() throws Exception {
    expectLine("serial is named twice", "serial", "serial");
    copyRun("serial", "copy");
    expectLine("serial and copy are the same run", "serial", "copy");
    expectLine("nowhere holds no run", "serial", "nowhere");
    expectLine("parallel holds a run", "serial", "parallel", "-o", "parallel");
    expectLine("parallel holds a run", "serial", "-o", "parallel");
    expectLine("--export writes one run", "serial", "parallel", "--export", "csv=x.csv");
    Files.writeString(directory.resolve("file"), "");
    expectLine("cannot make the directory file", "serial", "parallel", "-o", "file");
    Path trials = directory.resolve("parallel/trials.jsonl");
    Files.writeString(trials, Files.readString(trials).replaceFirst("[0-9]", "7"));
    expectLine("trials.jsonl", "serial", "parallel");
  }

  private void expectLine(String words, String... arguments) throws Exception {
    String[] all = new String[arguments.length + 1];
    all[0] = "report";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    try (PercoreProcess percore = PercoreProcess.start(directory, all)) {
      percore.expect(ExitCode.USAGE);
      assertThat(percore.err().lines()).hasSize(1).first().asString().contains(words);
    }
  }
}

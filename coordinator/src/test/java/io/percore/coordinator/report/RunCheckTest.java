package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percore.coordinator.measurement.RunHeader;
import io.percore.coordinator.measurement.RunJournal;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.verify.RunCheck;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCheckTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path directory;

  @Test
  void agreesWithEveryNumberOfThePoints() throws IOException {
    for (RunReport report :
        List.of(Fixtures.defaultRun(), Fixtures.fixedWork(), Fixtures.pairs())) {
      RunCheck.Result result = RunCheck.of(write(report));

      assertThat(result.disagreements()).isEmpty();
      assertThat(result.unchecked())
          .noneMatch(number -> number.matches("(points|comparisons|contrasts).*"));
      assertThat(result.agreeing()).isPositive();
    }
  }

  @Test
  void findsEachNumberThatWasChanged() throws IOException {
    Path run = write(Fixtures.defaultRun());
    Path file = run.resolve("summary.json");
    JsonNode summary = MAPPER.readTree(file.toFile());
    ObjectNode point = (ObjectNode) summary.path("points").path(1);
    for (String name : point.properties().stream().map(field -> field.getKey()).toList()) {
      JsonNode number = point.path(name);
      if (number.isNumber()) {
        if (number.isIntegralNumber()) {
          point.put(name, number.asLong() + 1);
        } else {
          point.put(name, 1.001 * number.asDouble());
        }
        MAPPER.writeValue(file.toFile(), summary);
        assertThat(RunCheck.of(run).disagreements()).as(name).isNotEmpty();
        point.set(name, number);
      }
    }
  }

  @Test
  void findsARatioThatWasChanged() throws IOException {
    Path run = write(Fixtures.defaultRun());
    Path file = run.resolve("summary.json");
    for (String path :
        List.of(
            "/points/1/speedup/ciLow",
            "/points/1/throughput/mean",
            "/points/1/throughput/forks/2",
            "/comparisons/0/ratio/ciHigh",
            "/contrasts/1/ratio/value")) {
      JsonNode summary = MAPPER.readTree(file.toFile());
      int end = path.lastIndexOf('/');
      JsonNode parent = summary.at(path.substring(0, end));
      String name = path.substring(end + 1);
      double number = summary.at(path).asDouble();
      if (parent instanceof ObjectNode object) {
        object.put(name, 1.001 * number);
      } else {
        ((ArrayNode) parent).set(Integer.parseInt(name), 1.001 * number);
      }
      Path other = Files.createDirectory(directory.resolve(path.replace('/', '-')));
      for (String copied : List.of("run.json", "trials.jsonl")) {
        Files.copy(run.resolve(copied), other.resolve(copied));
      }
      MAPPER.writeValue(other.resolve("summary.json").toFile(), summary);

      assertThat(RunCheck.of(other).disagreements()).as(path).hasSize(1);
    }
  }

  @Test
  void namesANumberThatItDoesNotKnow() throws IOException {
    Path run = write(Fixtures.defaultRun());
    Path file = run.resolve("summary.json");
    JsonNode summary = MAPPER.readTree(file.toFile());
    ((ObjectNode) summary.path("points").path(0)).put("novel", 1);
    MAPPER.writeValue(file.toFile(), summary);

    assertThat(RunCheck.of(run).unchecked()).contains("points[0].novel");
  }

  @Test
  void refusesADamagedLine() throws IOException {
    Path run = write(Fixtures.defaultRun());
    Path trials = run.resolve("trials.jsonl");
    Files.writeString(
        trials, Files.readString(trials).replaceFirst("\"attempt\":1", "\"attempt\":2"));

    assertThatIOException()
        .isThrownBy(() -> RunCheck.of(run))
        .withMessageContaining("line 1 is damaged");
  }

  private Path write(RunReport report) throws IOException {
    Path run = Files.createTempDirectory(directory, "run");
    RunHeader header =
        new RunHeader(
            report.runId(),
            report.started(),
            report.experiment(),
            report.catalogue(),
            report.environment(),
            report.summary().points().stream().map(point -> point.point()).toList());
    try (RunJournal journal = RunJournal.create(run, header)) {
      for (TrialRecord trial : report.trials()) {
        journal.append(trial);
      }
    }
    try (Writer out = Files.newBufferedWriter(run.resolve("summary.json"))) {
      ReportFormat.JSON.create().render(report, out);
    }
    return run;
  }
}

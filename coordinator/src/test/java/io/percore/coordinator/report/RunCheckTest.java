package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
      assertThat(result.unchecked()).noneMatch(number -> number.startsWith("points"));
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
        point.put(name, 2 * number.asDouble() + 1);
        MAPPER.writeValue(file.toFile(), summary);
        assertThat(RunCheck.of(run).disagreements()).as(name).isNotEmpty();
        point.set(name, number);
      }
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

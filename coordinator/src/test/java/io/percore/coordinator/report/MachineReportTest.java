package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.RunJournal;
import io.percore.coordinator.measurement.ThreadSample;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Program;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // A figure that is unknown breaks the test, as it should.
class MachineReportTest {
  private static final String RATIO = "\\d+(\\.\\d+)?x \\[[0-9., ]+]";

  @TempDir private Path directory;

  private static MachineReport of(RunReport report) {
    return MachineReport.of(report).orElseThrow();
  }

  @Test
  void hostsWithOneNameAreNumbered() {
    Environment a = Fixtures.twoMachines().machines().getFirst();
    Environment b = Fixtures.twoMachines().machines().getLast();
    assertThat(MachineReport.names(List.of(a, b, a)))
        .containsExactly("node-a#1", "node-b", "node-a#2");
  }

  @Test
  void ofOneMachineThereIsNothingToSay() throws IOException {
    RunReport report = Fixtures.quickRun();
    assertThat(MachineReport.of(report)).isEmpty();
    assertThat(JsonSummary.document(report).has("machines")).isFalse();
    assertThat(new HtmlReport().render(report)).doesNotContain("<h2>Machines</h2>");
    VerifiedRun.write(report, directory);
    assertThat(Files.readString(directory.resolve("trials.jsonl"))).doesNotContain("onEachMachine");
  }

  @Test
  void eachMachineIsComparedWithItsOwnNOfOne() {
    List<MachineRow> rows = of(Fixtures.unlikeMachines()).rows();
    assertThat(rows)
        .extracting(row -> row.machine() + " " + row.name() + " " + row.parallelism())
        .containsExactly(
            "node-a atomic 1",
            "node-a global-lock 1",
            "node-a racy 1",
            "node-a plain 1",
            "node-a processes 8",
            "node-b atomic 1",
            "node-b global-lock 1",
            "node-b racy 1",
            "node-b plain 1",
            "node-b processes 8");
    assertThat(rows.get(6).overFirst().value()).isCloseTo(0.5, within(0.02));
    for (MachineRow row : List.of(rows.get(4), rows.get(9))) {
      assertThat(row.threads()).isEqualTo(4);
      // By the fixture 8 processes do 7.744 times what one does, and two 1.984 times.
      assertThat(row.speedup().value()).isCloseTo(7.744 / 1.984, within(0.1));
      assertThat(row.efficiency().value()).isCloseTo(row.speedup().value() / 4, within(1e-9));
    }
    assertThat(rows.get(9).rates().median())
        .isCloseTo(rows.get(4).rates().median() / 2, within(0.02 * rows.get(4).rates().median()));
  }

  @Test
  void machinesThatAreAlikeAreNotToldApart() {
    List<String> sentences = of(Fixtures.twoMachines()).sentences();
    assertThat(sentences).hasSize(4);
    assertThat(sentences.get(0))
        .matches(
            "At N = 8 processes does, of N = 1 on the same machine, "
                + RATIO
                + " with 4 threads on node-a, and "
                + RATIO
                + " with 4 threads on node-b\\.");
    assertThat(sentences.get(1))
        .matches(
            "The machines are alike, and were not told apart: at N = 1 with global-lock, node-b"
                + " does "
                + RATIO
                + " of what node-a does\\.");
    assertThat(sentences.get(2))
        .isEqualTo(
            "Speedups of all machines together are over N = 1 on node-a, the machine that is"
                + " filled first.");
    assertThat(sentences.get(3))
        .matches(
            "The clocks of the machines were known to 81\\.0 us or better; the last thread began at"
                + " most [0-9.]+ us after the moment that was set\\.");
  }

  @Test
  void machinesThatAreUnlikeAreSaidToBe() {
    assertThat(of(Fixtures.unlikeMachines()).sentences().get(1))
        .matches(
            "The machines are not alike: at N = 1 with global-lock, node-b does "
                + RATIO
                + " of what node-a does\\.");
  }

  @Test
  void ofManyMachinesTheExtremesAreNamed() {
    List<String> sentences = of(Fixtures.fiveMachines()).sentences();
    assertThat(sentences.get(0))
        .matches(
            "At N = 20 processes does, of N = 1 on the same machine, "
                + RATIO
                + " with 4 threads on node-[a-e], which is least for each thread, and "
                + RATIO
                + " with 4 threads on node-[a-e], which is most\\.");
    assertThat(sentences.get(1))
        .matches(
            "The machines are alike, and yet at N = 1 with global-lock, node-d, the farthest off,"
                + " does "
                + RATIO
                + " of what node-a does: what they do at larger N rests on different bases\\.");
  }

  @Test
  void machinesThatDependOnEachOtherAreFound() {
    RunReport run = Fixtures.twoMachines();
    RunReport shared =
        VerifiedRun.with(
            run, changed(run, Program::onEachMachine, trial -> in(trial, 2 * trial.windowNanos())));
    assertThat(of(shared).sentences())
        .anyMatch(
            sentence ->
                sentence.matches(
                    "While the other machines run a thread each, node-a does "
                        + RATIO
                        + " of what it does without them, with [a-z-]+: they share something\\."));
    assertThat(of(run).sentences()).noneMatch(sentence -> sentence.startsWith("While"));
  }

  @Test
  void fixedWorkOfAMachineIsOverWhenItsLastThreadHasFinished() {
    RunReport run = Fixtures.fiveMachines();
    RunReport early =
        VerifiedRun.with(run, changed(run, Program::onEachMachine, MachineReportTest::secondEarly));
    List<MachineRow> before = of(run).rows();
    List<MachineRow> after = of(early).rows();
    for (int i = 0; i < before.size(); i++) {
      double factor =
          before.get(i).machine().equals("node-b") && before.get(i).parallelism() == 1 ? 2 : 1;
      assertThat(after.get(i).rates().median())
          .isCloseTo(factor * before.get(i).rates().median(), within(1.0));
    }
  }

  @Test
  void everyOutputForPeopleHasTheSentences() throws IOException {
    RunReport report = Fixtures.twoMachines();
    StringWriter markdown = new StringWriter();
    new MarkdownSummary().render(report, markdown);
    for (String sentence : of(report).sentences()) {
      assertThat(ConsoleTable.render(report, 10_000, false)).contains(sentence);
      assertThat(markdown.toString()).contains(Markdown.text(sentence));
      assertThat(new HtmlReport().render(report)).contains(Typography.of(sentence));
    }
    assertThat(markdown.toString()).contains("| node-b | processes | 8 | 4 |");
  }

  @Test
  void theSummaryHasThemForPrograms() {
    JsonNode machines = JsonSummary.document(Fixtures.twoMachines()).get("machines");
    assertThat(machines.get("clockBoundNanos").asLong()).isEqualTo(81_008);
    assertThat(machines.at("/hosts/1/hostName").asText()).isEqualTo("node-b");
    assertThat(machines.get("baselines")).hasSize(8);
    assertThat(machines.get("points")).hasSize(2);
    assertThat(machines.at("/points/1/threads").asInt()).isEqualTo(4);
    assertThat(machines.at("/points/1/speedup/ciLow").asDouble()).isGreaterThan(3);
  }

  @Test
  void theJournalTellsWhatRanOnEachMachine() throws IOException {
    RunReport report = Fixtures.twoMachines();
    VerifiedRun.write(report, directory);
    RunJournal.Contents contents = RunJournal.read(directory);
    assertThat(contents.trials()).isEqualTo(report.trials());
    assertThat(contents.header().baselines()).hasSize(4).allMatch(Program::onEachMachine);
    assertThat(contents.header().programs())
        .isEqualTo(report.trials().size() / report.experiment().forks());
  }

  private static List<TrialRecord> changed(
      RunReport run, Predicate<Program> which, UnaryOperator<Measurement> change) {
    return run.trials().stream()
        .map(
            record ->
                which.test(record.trial().program())
                    ? record.withOutcome(
                        new Completed(
                            change.apply(((Completed) record.outcome()).measurement()), List.of()))
                    : record)
        .toList();
  }

  private static Measurement in(Measurement trial, long windowNanos) {
    return with(trial, windowNanos, trial.threads());
  }

  /// The thread of the second machine is ready after half of the time.
  private static Measurement secondEarly(Measurement trial) {
    return with(
        trial,
        trial.windowNanos(),
        trial.threads().stream()
            .map(
                thread ->
                    new ThreadSample(
                        thread.slot(),
                        thread.thread(),
                        thread.operations(),
                        thread.edgeErrorOperations(),
                        thread.startSkewNanos(),
                        thread.slot() == 1 ? thread.finishNanos() / 2 : thread.finishNanos(),
                        thread.cpuNanos(),
                        thread.elapsedNanos(),
                        thread.voluntarySwitches(),
                        thread.involuntarySwitches(),
                        thread.runQueueWaitNanos(),
                        thread.cpu()))
            .toList());
  }

  private static Measurement with(Measurement trial, long windowNanos, List<ThreadSample> threads) {
    return new Measurement(
        windowNanos,
        trial.rounds(),
        threads,
        trial.processes(),
        trial.verification(),
        trial.scoredRounds(),
        trial.launchNanos(),
        null,
        null,
        null,
        null,
        null,
        trial.clockBoundNanos());
  }
}

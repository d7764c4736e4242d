package io.percore.coordinator.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.percore.coordinator.measurement.Environment.Cpu;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialOutcome.Failed;
import io.percore.coordinator.measurement.TrialOutcome.Invalidated;
import io.percore.coordinator.measurement.TrialOutcome.TimedOut;
import io.percore.coordinator.plan.Experiment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunJournalTest {
  private static final List<TrialRecord> RECORDS =
      List.of(
          Samples.record(0, Samples.completed()),
          Samples.record(1, new Failed("worker 1 was killed", "the end of\nits errors")),
          Samples.record(2, new TimedOut("too late")),
          Samples.record(3, new Invalidated("start skew")),
          Samples.record(4, new Invalidated("others took 9 %", Samples.completed().measurement())),
          Samples.record(
              5, new Completed(Samples.completed().measurement(), List.of(), "others took 8 %")));

  /// As they are read back: the first completed one of a program has its slices.
  private static final List<TrialRecord> KEPT =
      RECORDS.stream().map(r -> r.sequence() == 0 ? r : r.withoutSlices()).toList();

  @TempDir private Path parent;
  private Path run;

  @BeforeEach
  void name() {
    run = parent.resolve("a/run");
  }

  private void write() throws IOException {
    try (RunJournal journal = RunJournal.create(run, Samples.header())) {
      for (TrialRecord record : RECORDS) {
        journal.append(record);
      }
    }
  }

  @Test
  void readsBackWhatWasWritten() throws IOException {
    write();
    RunJournal.Contents contents = RunJournal.read(run);
    assertThat(contents.header()).isEqualTo(Samples.header());
    assertThat(contents.trials()).isEqualTo(KEPT).isNotEqualTo(RECORDS);
    assertThat(contents.torn()).isZero();
  }

  @Test
  void everyAttemptIsReadableWhileTheRunGoesOn() throws IOException {
    try (RunJournal journal = RunJournal.create(run, Samples.header())) {
      for (int i = 0; i < RECORDS.size(); i++) {
        journal.append(RECORDS.get(i));
        assertThat(RunJournal.read(run).trials()).hasSize(i + 1);
      }
    }
  }

  @Test
  void linesThatFillManyBlocksAreReadInOrder() throws IOException {
    List<TrialRecord> written =
        IntStream.range(0, 40)
            .mapToObj(i -> Samples.record(i, new Failed("lost", "x".repeat(i * 5_000))))
            .toList();
    try (RunJournal journal = RunJournal.create(run, Samples.header())) {
      for (TrialRecord record : written) {
        journal.append(record);
      }
    }
    assertThat(Files.size(run.resolve("trials.jsonl"))).isGreaterThan(10L * (1 << 18));
    assertThat(RunJournal.read(run).trials()).isEqualTo(written);
  }

  @Test
  void linesFromBeforeSlicesHadAFileAreReadAlike() throws IOException {
    write();
    Files.delete(run.resolve("slices.jsonl"));
    String planHash = JournalFormat.planHash(Samples.header());
    try (var lines = Files.newOutputStream(run.resolve("trials.jsonl"))) {
      for (TrialRecord record : RECORDS) {
        lines.write(JournalFormat.line(record, planHash));
      }
    }
    assertThat(Files.readString(run.resolve("trials.jsonl"))).contains("\"sliceOperations\":[1");
    assertThat(RunJournal.read(run).trials()).isEqualTo(KEPT);
  }

  @Test
  void whatIsKeptOfATrialDoesNotGrowWithItsSlices() {
    TrialRecord full = Samples.record(0, Samples.completed());
    TrialRecord slim = full.withoutSlices();
    assertThat(slim).isNotEqualTo(full);
    Measurement measured = ((Completed) slim.outcome()).measurement();
    assertThat(measured.processes()).allMatch(process -> process.sliceOperations().isEmpty());
    assertThat(measured.operations()).isEqualTo(Samples.completed().measurement().operations());
  }

  @Test
  void aLineOutOfSequenceIsNamed() throws IOException {
    try (RunJournal journal = RunJournal.create(run, Samples.header())) {
      journal.append(RECORDS.get(0));
      journal.append(RECORDS.get(2));
    }
    assertThatThrownBy(() -> RunJournal.read(run))
        .hasMessageContaining("trials.jsonl line 2 is out of sequence");
  }

  @Test
  void aLineOfAnotherPlanIsRefused() throws IOException {
    write();
    Path runFile = run.resolve("run.json");
    String changed = Files.readString(runFile).replace("\"seed\" : 42", "\"seed\" : 43");
    Files.writeString(runFile, changed);
    assertThatThrownBy(() -> RunJournal.read(run)).hasMessageContaining("plan hash");
  }

  @Test
  void aDirectoryHoldsOneRun() throws IOException {
    write();
    assertThatThrownBy(() -> RunJournal.create(run, Samples.header()))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("holds a run already");
  }

  @Test
  void aDirectoryInUseNamesItsHolder() throws IOException {
    try (RunJournal journal = RunJournal.create(run, Samples.header())) {
      assertThat(journal.directory()).isEqualTo(run);
      assertThatThrownBy(() -> RunJournal.create(run, Samples.header()))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void aDirectoryThatCannotBeMadeIsOneClearLine() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "");
    assertThatThrownBy(() -> RunJournal.create(file.resolve("run"), Samples.header()))
        .isInstanceOf(JournalException.class)
        .hasMessageStartingWith("cannot write to " + file);
  }

  @Test
  void noRunIsOneClearLine() {
    assertThatThrownBy(() -> RunJournal.read(parent))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("holds no run");
  }

  @Test
  void aMachineWithCoresOfTwoKindsAndASpreadPlacementAreReadBack() throws IOException {
    RunHeader header =
        Samples.header(
            Experiment.Place.SPREAD, List.of(new Cpu(0, 0, 0, 0), new Cpu(1, 1, 0, 1, true)));
    RunJournal.create(run, header).close();
    assertThat(RunJournal.read(run).header()).isEqualTo(header);
  }

  @Test
  void whatIsAsEverIsNotWrittenSoThatTheHashesOfOlderRunsStayWhatTheyWere() {
    assertThat(new String(JournalFormat.runFile(Samples.header()), StandardCharsets.UTF_8))
        .doesNotContain("\"place\"", "\"efficiency\"");
  }

  @Test
  void trialsFromBeforeTheSurroundingsWereRecordedAreReadWithThemUnknown() throws IOException {
    String line = line(Samples.completed()).replace(",\"surroundings\":null", "");
    assertThat(line).doesNotContain("surroundings");
    TrialOutcome outcome = parsed(line.replace(",\"migrations\":null", "")).outcome();
    assertThat(outcome).isEqualTo(Samples.completed());
  }

  @Test
  void theWarmUpTheClassAndTheCallsAreReadBack() throws IOException {
    Measurement any = Samples.completed().measurement();
    WarmUpSlices warmUp = new WarmUpSlices(3, -5, 1_000_000, List.of(3L, 4L));
    Measurement measured =
        new Measurement(
            any.windowNanos(),
            any.rounds(),
            any.threads(),
            List.of(any.processes().getFirst().withWarmUp(warmUp)),
            any.verification(),
            any.scoredRounds(),
            any.launchNanos(),
            Instant.parse("2026-11-23T10:00:01.5Z"),
            SteadyState.SLOWDOWN,
            List.of(40, 1_200),
            List.of(new LockLedger(0, 1, 9, 80, 70, 6, 5, 4, 3, List.of(-2L, 1L), List.of(0L, 8L))),
            List.of(new CallSample(10, 3, 250)),
            12L);
    TrialOutcome outcome = new TrialOutcome.Completed(measured, List.of());
    assertThat(parsed(line(outcome)).outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-23T10:00:01Z",
        "2026-11-23T10:00:01.500Z",
        "2026-11-23T10:00:01.000001Z",
        "2026-11-23T23:59:59.987654321Z",
        "2024-02-29T00:00:00.000000001Z",
        "-0001-01-01T00:00:00.000000001Z",
        "+10000-01-01T00:00:00.100000001Z"
      })
  void timesAreReadBack(Instant started) throws IOException {
    TrialRecord sample = Samples.record(0, Samples.completed());
    TrialRecord record =
        new TrialRecord(0, sample.trial(), 1, started, sample.duration(), sample.outcome(), null);
    byte[] line = JournalFormat.line(record, "h");
    int end = JournalFormat.verified(line, 0, line.length - 1);
    assertThat(JournalFormat.parse(line, 0, end, "h").record()).isEqualTo(record);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-11-23T10:00:61.123456789Z",
        "2026-1x-23T10:00:01.123456789Z"
      })
  void noTimeIsDamage(String started) {
    String line = line(Samples.completed()).replace("2026-11-23T10:00:01Z", started);
    assertThatThrownBy(() -> parsed(line))
        .isInstanceOf(JournalException.class)
        .hasMessageStartingWith("is damaged: ");
  }

  @Test
  void trialsOfNoPointAreKeptApart() throws Exception {
    TrialRecord record = Samples.record(0, Samples.completed());
    TrialOutcome other = new Invalidated("a reason");
    Path run = parent.resolve("aside");
    try (RunJournal journal = RunJournal.create(run, Samples.header())) {
      assertThat(RunJournal.read(run).aside()).isEqualTo(SideTrials.NONE);
      journal.aside(new SideTrials(List.of(record), List.of(), List.of(), List.of()));
      assertThat(RunJournal.read(run).aside().memory()).isEmpty();
      journal.aside(
          new SideTrials(
              List.of(), List.of(record, Samples.record(1, other)), List.of(record), List.of()));
    }
    assertThat(RunJournal.read(run).aside().called()).containsExactly(record);
    assertThat(RunJournal.read(run).aside().watched()).containsExactly(record);
    assertThat(RunJournal.read(run).aside().memory()).hasSize(2);
    assertThat(RunJournal.read(run).trials()).isEmpty();
  }

  @Test
  void surroundingsAreReadBackWithWhatIsUnknown() throws IOException {
    Measurement any = Samples.completed().measurement();
    Surroundings around =
        new Surroundings(7, List.of(new Surroundings.CpuTime(1, 5L, null)), 3L, null, 0L, null);
    TrialOutcome outcome =
        new TrialOutcome.Completed(
            new Measurement(
                any.windowNanos(),
                any.rounds(),
                any.threads(),
                List.of(any.processes().getFirst().withSurroundings(around)),
                any.verification(),
                any.scoredRounds(),
                any.launchNanos()),
            List.of());
    assertThat(parsed(line(outcome)).outcome()).isEqualTo(outcome);
  }

  /// Replaces each part of a tree in turn, or takes it away.
  private static List<JsonNode> others(JsonNode tree) {
    List<JsonNode> values =
        List.of(
            NullNode.instance,
            BooleanNode.TRUE,
            IntNode.valueOf(-7),
            DoubleNode.valueOf(1.5),
            TextNode.valueOf("x"),
            JsonNodeFactory.instance.arrayNode().addNull(),
            JsonNodeFactory.instance.objectNode());
    List<JsonNode> others = new ArrayList<>();
    if (tree instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> part : object.properties()) {
        others.add(object.deepCopy().without(part.getKey()));
        values.forEach(value -> others.add(object.deepCopy().set(part.getKey(), value)));
        others(part.getValue())
            .forEach(other -> others.add(object.deepCopy().set(part.getKey(), other)));
      }
    } else if (tree instanceof ArrayNode array && !array.isEmpty()) {
      others(array.get(0)).forEach(other -> others.add(array.deepCopy().set(0, other)));
    }
    return others;
  }

  @Test
  void aLineOfAnotherShapeIsRefusedOrWhole() throws IOException {
    JsonMapper mapper = JsonMapper.builder().build();
    List<JsonNode> lines = others(mapper.readTree(line(Samples.completed()) + "}"));
    int refused = 0;
    for (JsonNode other : lines) {
      String text = other.toString();
      try {
        TrialRecord record = parsed(text.substring(0, text.length() - 1));
        assertThat(parsed(line(record))).as(text).isEqualTo(record);
      } catch (JournalException e) {
        refused++;
        assertThat(e).as(text).hasMessageMatching("(is damaged|belongs to another plan).*");
      }
    }
    assertThat(refused).isBetween(lines.size() / 2, lines.size() - 1);
  }

  @Test
  void aPlanOfAnotherShapeIsRefusedOrWhole() throws Exception {
    JsonMapper mapper = JsonMapper.builder().build();
    JsonNode file = mapper.readTree(JournalFormat.runFile(Samples.header()));
    List<JsonNode> plans = others(file.get("run"));
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    int refused = 0;
    for (JsonNode plan : plans) {
      ObjectNode other = file.deepCopy();
      other.set("run", plan);
      other.put(
          "planHash", HexFormat.of().formatHex(sha256.digest(mapper.writeValueAsBytes(plan))));
      try {
        JournalFormat.parseRunFile(mapper.writeValueAsBytes(other), "run.json");
      } catch (JournalException e) {
        refused++;
        assertThat(e).as(plan.toString()).hasMessageStartingWith("run.json is not a percore run: ");
      }
    }
    assertThat(refused).isBetween(plans.size() / 2, plans.size() - 1);
    for (JsonNode other : others(file).stream().filter(other -> !other.equals(file)).toList()) {
      assertThatThrownBy(
              () -> JournalFormat.parseRunFile(mapper.writeValueAsBytes(other), "run.json"))
          .as(other.toString())
          .isInstanceOf(JournalException.class);
    }
  }

  @Test
  void slicesOfAnotherShapeAreRefusedOrWhole() throws IOException {
    JsonMapper mapper = JsonMapper.builder().build();
    TrialRecord full = Samples.record(0, Samples.completed());
    byte[] line = Objects.requireNonNull(JournalFormat.slices(full, "h"));
    List<JsonNode> lines = others(mapper.readTree(open(line) + "}"));
    int refused = 0;
    for (JsonNode other : lines) {
      String text = other.toString();
      try {
        byte[] bytes = closed(text.substring(0, text.length() - 1));
        assertThat(JournalFormat.withSlices(full.withoutSlices(), bytes, "h").outcome())
            .as(text)
            .isInstanceOf(Completed.class);
      } catch (JournalException e) {
        refused++;
        assertThat(e).as(text).hasMessageMatching("(is damaged|belongs to (another|other)).*");
      }
    }
    assertThat(refused).isBetween(lines.size() / 2, lines.size() - 1);
  }

  private static String line(TrialRecord record) {
    return open(JournalFormat.line(record, "h"));
  }

  /// A line to which its sum is yet to be added.
  private static String open(byte[] line) {
    String text = new String(line, StandardCharsets.UTF_8);
    return text.substring(0, text.lastIndexOf(",\"crc32c\""));
  }

  private static byte[] closed(String open) {
    CRC32C sum = new CRC32C();
    sum.update(open.getBytes(StandardCharsets.UTF_8));
    String whole =
        open + ",\"crc32c\":\"" + HexFormat.of().toHexDigits((int) sum.getValue()) + "\"}";
    return (whole + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String line(TrialOutcome outcome) {
    return line(Samples.record(0, outcome));
  }

  /// Reads a line to which its sum is yet to be added.
  private static TrialRecord parsed(String open) throws IOException {
    byte[] bytes = closed(open);
    int end = JournalFormat.verified(bytes, 0, bytes.length - 1);
    return JournalFormat.parse(bytes, 0, end, "h").record();
  }
}

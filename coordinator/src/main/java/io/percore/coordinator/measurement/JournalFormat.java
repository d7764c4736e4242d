package io.percore.coordinator.measurement;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialOutcome.Failed;
import io.percore.coordinator.measurement.TrialOutcome.Invalidated;
import io.percore.coordinator.measurement.TrialOutcome.TimedOut;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Scaling;
import io.percore.coordinator.plan.Trial;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// How a run is written down: `run.json`, the lines of `trials.jsonl` and those of `slices.jsonl`.
///
/// A line is one JSON object that ends with its own CRC32C: `{...,"crc32c":"0a1b2c3d"}`. The sum is
/// over the bytes before `,"crc32c"`.
final class JournalFormat {
  static final String RUN_SCHEMA = "percore-run/1";

  private static final byte[] SUM = ",\"crc32c\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int SUM_LENGTH = SUM.length + 8 + "\"}".length();

  /// The names of the ways to scale.
  static final Map<String, Class<? extends Scaling>> SCALINGS =
      Map.of(
          "FIXED_TIME", Scaling.FixedTime.class,
          "STRONG", Scaling.Strong.class,
          "WEAK", Scaling.Weak.class);

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();

  private static final ValueReader LINES;
  private static final ValueReader SLICES;
  private static final ValueReader RUN_FILES;

  static {
    ValueReaders readers = new ValueReaders().withKinds(Scaling.class, SCALINGS);
    LINES = readers.of(Line.class);
    SLICES = readers.of(SlicesLine.class);
    RUN_FILES = readers.of(RunFile.class);
  }

  private JournalFormat() {}

  /// `run.json`.
  record RunFile(String schema, String planHash, RunHeader run) {
    RunFile {
      required(schema, "schema");
      required(planHash, "planHash");
      required(run, "run");
    }
  }

  /// A line of `trials.jsonl`, before what it says is put together.
  record Line(
      int sequence,
      int trial,
      int block,
      int attempt,
      String planHash,
      Program program,
      Instant started,
      Duration duration,
      String outcome,
      @Nullable String reason,
      @Nullable String stderrTail,
      @Nullable List<String> defects,
      @Nullable Measurement measurement,
      @Nullable Resume resume,
      SlicesFile.@Nullable Place slices) {
    Line {
      required(planHash, "planHash");
      required(program, "program");
      required(started, "started");
      required(duration, "duration");
      required(outcome, "outcome");
    }
  }

  /// A line of `slices.jsonl`.
  record SlicesLine(int sequence, String planHash, List<ProcessSlices> processes) {
    SlicesLine {
      required(planHash, "planHash");
      required(processes, "processes");
      processes = List.copyOf(processes);
    }
  }

  private static void required(@Nullable Object value, String name) {
    Objects.requireNonNull(value, () -> "it has no '" + name + "'");
  }

  /// What a line of `trials.jsonl` says.
  ///
  /// @param record with the slices that the line holds itself: those of a trial of no point, or of
  ///   a run from before there was a file for them
  /// @param slices where the others are; null where there are none
  record Entry(TrialRecord record, SlicesFile.@Nullable Place slices) {}

  /// Makes the readers and finds the digest, unless that was done: a call of any method initializes
  /// this class.
  static void prepare() {
    sha256();
    try {
      // The first parser takes long.
      plan("{}".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new IllegalStateException("an empty object cannot be read", e);
    }
  }

  /// SHA-256 over everything that is fixed before the first trial.
  static String planHash(RunHeader header) {
    return hash(JournalWriter.json(header));
  }

  private static String hash(byte[] plan) {
    return HexFormat.of().formatHex(sha256().digest(plan));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static byte[] runFile(RunHeader header) {
    return JournalWriter.pretty(new RunFile(RUN_SCHEMA, planHash(header), header));
  }

  /// @throws JournalException when the text is not such a file, to the last letter of its plan
  static RunFile parseRunFile(byte[] bytes, String where) throws JournalException {
    try {
      RunFile file = (RunFile) read(RUN_FILES, bytes, 0, bytes.length);
      if (!RUN_SCHEMA.equals(file.schema())) {
        throw new JournalException(
            where + " has schema '" + file.schema() + "'; this percore reads " + RUN_SCHEMA);
      }
      if (!hash(plan(bytes)).equals(file.planHash())) {
        throw new JournalException(
            where + " was changed after it was written: its plan hash does not match");
      }
      return file;
    } catch (IOException e) {
      if (e instanceof JournalException journal) {
        throw journal;
      }
      throw new JournalException(where + " is not a percore run: " + firstLine(e), e);
    }
  }

  private static Object read(ValueReader reader, byte[] bytes, int from, int length)
      throws IOException {
    try (JsonParser parser = JSON.createParser(bytes, from, length)) {
      parser.nextToken();
      return reader.read(parser);
    }
  }

  /// The plan in a `run.json`, with no space in it; nothing when it has none.
  private static byte[] plan(byte[] runFile) throws IOException {
    ByteArrayOutputStream plan = new ByteArrayOutputStream();
    try (JsonParser parser = JSON.createParser(runFile);
        JsonGenerator copy = JSON.createGenerator(plan)) {
      parser.nextToken();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        if (name.equals("run")) {
          copy.copyCurrentStructure(parser);
        } else {
          parser.skipChildren();
        }
      }
    }
    return plan.toByteArray();
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
  }

  /// One line of a trial with its slices in it, its newline included.
  static byte[] line(TrialRecord record, String planHash) {
    return sealed(toLine(record, planHash, null));
  }

  /// One line of a trial whose slices are elsewhere, its newline included.
  ///
  /// @param slices where they are; null where there are none
  static byte[] line(TrialRecord record, String planHash, SlicesFile.@Nullable Place slices) {
    return sealed(toLine(record.withoutSlices(), planHash, slices));
  }

  /// The line of a trial's slices, its newline included; null where it has none.
  static byte @Nullable [] slices(TrialRecord record, String planHash) {
    Measurement measurement = record.outcome().measurement();
    if (measurement == null || measurement.slices() == 0) {
      return null;
    }
    List<ProcessSlices> processes =
        measurement.processes().stream().map(ProcessSlices::of).toList();
    return sealed(new SlicesLine(record.sequence(), planHash, processes));
  }

  /// A trial with its slices.
  ///
  /// @param line of the slices, newline included; overwritten
  /// @throws JournalException when it is damaged, or of another trial
  static TrialRecord withSlices(TrialRecord record, byte[] line, String planHash)
      throws JournalException {
    int end = verified(line, 0, line.length - 1);
    line[end] = '}';
    try {
      SlicesLine slices = (SlicesLine) read(SLICES, line, 0, end + 1);
      if (!slices.planHash().equals(planHash) || slices.sequence() != record.sequence()) {
        throw new JournalException("belongs to another attempt");
      }
      return record.withSlices(slices.processes());
    } catch (JournalException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new JournalException("is damaged: " + firstLine(e), e);
    }
  }

  private static byte[] sealed(Object object) {
    byte[] body = JournalWriter.json(object);
    int open = body.length - 1;
    byte[] tail = (sum(body, 0, open) + "\"}\n").getBytes(StandardCharsets.US_ASCII);
    byte[] line = Arrays.copyOf(body, open + SUM.length + tail.length);
    System.arraycopy(SUM, 0, line, open, SUM.length);
    System.arraycopy(tail, 0, line, open + SUM.length, tail.length);
    return line;
  }

  /// Holds a line against its checksum.
  ///
  /// @param from where the line begins
  /// @param to where its newline is
  /// @return where its checksum begins
  /// @throws JournalException when it has none, or a wrong one
  static int verified(byte[] bytes, int from, int to) throws JournalException {
    int end = to - SUM_LENGTH;
    if (end <= from || !Arrays.equals(bytes, end, end + SUM.length, SUM, 0, SUM.length)) {
      throw new JournalException("is damaged: it has no checksum");
    }
    byte[] tail = (sum(bytes, from, end - from) + "\"}").getBytes(StandardCharsets.US_ASCII);
    if (!Arrays.equals(bytes, end + SUM.length, to, tail, 0, tail.length)) {
      throw new JournalException("is damaged: its checksum does not match");
    }
    return end;
  }

  /// Reads a line whose checksum is right. The byte at `to` is overwritten.
  ///
  /// @param from where the line begins
  /// @param to where its checksum begins
  /// @throws JournalException when the line is of another plan, or no such line
  static Entry parse(byte[] bytes, int from, int to, String planHash) throws JournalException {
    bytes[to] = '}';
    try {
      Line line = (Line) read(LINES, bytes, from, to + 1 - from);
      if (!line.planHash().equals(planHash)) {
        throw new JournalException("belongs to another plan");
      }
      return new Entry(toRecord(line), line.slices());
    } catch (JournalException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new JournalException("is damaged: " + firstLine(e), e);
    }
  }

  private static String sum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  private static Line toLine(
      TrialRecord record, String planHash, SlicesFile.@Nullable Place slices) {
    TrialOutcome outcome = record.outcome();
    String reason =
        switch (outcome) {
          case Completed(var _, var _, var disturbance) ->
              disturbance.isEmpty() ? null : disturbance;
          case Failed failed -> failed.reason();
          case TimedOut timedOut -> timedOut.reason();
          case Invalidated invalidated -> invalidated.reason();
        };
    Completed completed = outcome instanceof Completed c ? c : null;
    return new Line(
        record.sequence(),
        record.trial().index(),
        record.trial().block(),
        record.attempt(),
        planHash,
        record.trial().program(),
        record.started(),
        record.duration(),
        outcome.label(),
        reason,
        outcome instanceof Failed failed ? failed.stderrTail() : null,
        completed == null ? null : completed.defects(),
        outcome.measurement(),
        record.resume(),
        slices);
  }

  private static TrialRecord toRecord(Line line) throws JournalException {
    String reason = line.reason() == null ? "" : line.reason();
    TrialOutcome outcome =
        switch (line.outcome()) {
          case "completed" -> {
            if (line.measurement() == null) {
              throw new JournalException("is damaged: a completed trial has no measurement");
            }
            yield new Completed(
                line.measurement(), line.defects() == null ? List.of() : line.defects(), reason);
          }
          case "failed" -> new Failed(reason, line.stderrTail() == null ? "" : line.stderrTail());
          case "timed-out" -> new TimedOut(reason);
          case "invalidated" -> new Invalidated(reason, line.measurement());
          default ->
              throw new JournalException("is damaged: unknown outcome '" + line.outcome() + "'");
        };
    return new TrialRecord(
        line.sequence(),
        new Trial(line.trial(), line.block(), line.program()),
        line.attempt(),
        line.started(),
        line.duration(),
        outcome,
        line.resume());
  }
}

package io.percore.coordinator.measurement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialOutcome.Failed;
import io.percore.coordinator.measurement.TrialOutcome.Invalidated;
import io.percore.coordinator.measurement.TrialOutcome.TimedOut;
import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.plan.Collector;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Experiment.Place;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Scaling;
import io.percore.coordinator.plan.Trial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
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

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build())
          .addModule(new JavaTimeModule())
          .addModule(JournalScalars.module())
          .addModule(RecordReader.module())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .addMixIn(Scaling.class, ScalingTypes.class)
          .addMixIn(Catalogue.class, WithoutNulls.class)
          .addMixIn(Catalogue.Discipline.class, WithoutNulls.class)
          .addMixIn(Catalogue.Workload.class, WithoutNulls.class)
          .addMixIn(Program.class, UsualProgram.class)
          .addMixIn(RunHeader.class, WithoutNulls.class)
          .addMixIn(DisturbanceLimits.class, WithoutNulls.class)
          .addMixIn(Experiment.class, UsualUnsaid.class)
          .addMixIn(Environment.Cpu.class, EfficiencyWhereItIs.class)
          .addMixIn(ProcessSample.class, RecentWhereItIs.class)
          .addMixIn(Canary.class, WithoutNulls.class)
          .addMixIn(Measurement.class, SteadyStateWhereItIs.class)
          .build();

  private static final ObjectReader LINES = MAPPER.readerFor(Line.class);
  private static final ObjectReader SLICES = MAPPER.readerFor(SlicesLine.class);
  private static final ObjectReader RUN_FILES = MAPPER.readerFor(RunFile.class);

  private JournalFormat() {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Scaling.FixedTime.class, name = "FIXED_TIME"),
    @JsonSubTypes.Type(value = Scaling.Strong.class, name = "STRONG"),
    @JsonSubTypes.Type(value = Scaling.Weak.class, name = "WEAK")
  })
  private interface ScalingTypes {}

  /// What has been added since is left out where it is not known, so that the hash of an older run
  /// stays what it was.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private interface WithoutNulls {}

  interface UsualUnsaid {
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = UsualPlace.class)
    Place place();

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    List<Collector> collectors();
  }

  interface UsualProgram {
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable Collector collector();

    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    boolean onEachMachine();
  }

  interface EfficiencyWhereItIs {
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    boolean efficiency();
  }

  interface RecentWhereItIs {
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable WarmUpSlices warmUp();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable Canary canary();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable Long safepointNanos();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable Long proportionalBytes();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable MemoryParts memoryParts();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable Double clockShare();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable Integer machine();
  }

  interface SteadyStateWhereItIs {
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable SteadyState steadyState();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable List<Integer> changepoints();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable List<LockLedger> lockLedgers();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable List<CallSample> calls();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable Long clockBoundNanos();
  }

  /// Equal to what is not written.
  private static final class UsualPlace {
    @Override
    public boolean equals(@Nullable Object value) {
      return value == null || value == Place.PACK;
    }

    @Override
    public int hashCode() {
      return Place.PACK.hashCode();
    }
  }

  /// `run.json`.
  record RunFile(String schema, String planHash, RunHeader run) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
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
      SlicesFile.@Nullable Place slices) {}

  /// A line of `slices.jsonl`.
  record SlicesLine(int sequence, String planHash, List<ProcessSlices> processes) {}

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
  }

  /// SHA-256 over everything that is fixed before the first trial.
  static String planHash(RunHeader header) {
    return hash(header);
  }

  private static String hash(Object plan) {
    try {
      return HexFormat.of().formatHex(sha256().digest(MAPPER.writeValueAsBytes(plan)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the plan cannot be hashed", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static byte[] runFile(RunHeader header) {
    try {
      return MAPPER
          .writerWithDefaultPrettyPrinter()
          .writeValueAsBytes(new RunFile(RUN_SCHEMA, planHash(header), header));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the plan cannot be written", e);
    }
  }

  /// @throws JournalException when the text is not such a file, to the last letter of its plan
  static RunFile parseRunFile(byte[] bytes, String where) throws JournalException {
    try {
      RunFile file = RUN_FILES.readValue(bytes);
      if (!RUN_SCHEMA.equals(file.schema())) {
        throw new JournalException(
            where + " has schema '" + file.schema() + "'; this percore reads " + RUN_SCHEMA);
      }
      if (!hash(MAPPER.readTree(bytes).path("run")).equals(file.planHash())) {
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
      SlicesLine slices = SLICES.readValue(line, 0, end + 1);
      if (!slices.planHash().equals(planHash) || slices.sequence() != record.sequence()) {
        throw new JournalException("belongs to another attempt");
      }
      return record.withSlices(slices.processes());
    } catch (JournalException e) {
      throw e;
    } catch (IOException e) {
      throw new JournalException("is damaged: " + firstLine(e), e);
    }
  }

  private static byte[] sealed(Object object) {
    try {
      byte[] body = MAPPER.writeValueAsBytes(object);
      int open = body.length - 1;
      byte[] tail = (sum(body, 0, open) + "\"}\n").getBytes(StandardCharsets.US_ASCII);
      byte[] line = Arrays.copyOf(body, open + SUM.length + tail.length);
      System.arraycopy(SUM, 0, line, open, SUM.length);
      System.arraycopy(tail, 0, line, open + SUM.length, tail.length);
      return line;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a trial cannot be written", e);
    }
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
      Line line = LINES.readValue(bytes, from, to + 1 - from);
      if (!line.planHash().equals(planHash)) {
        throw new JournalException("belongs to another plan");
      }
      return new Entry(toRecord(line), line.slices());
    } catch (JournalException e) {
      throw e;
    } catch (IOException e) {
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

package io.percore.coordinator.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.percore.coordinator.measurement.JournalFormat.Entry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read back of slices: those of the trial that they were measured in, or none.
class SlicesFileTest {
  private static final TrialRecord FULL = record(0, 7);

  @TempDir private Path run;

  @BeforeEach
  void write() throws IOException {
    try (RunJournal journal = RunJournal.create(run, Samples.header())) {
      journal.append(FULL);
      journal.append(record(1, 8));
    }
  }

  /// A completed trial of two processes, with slices of its own.
  private static TrialRecord record(int sequence, long any) {
    Measurement like = Samples.completed().measurement();
    return Samples.record(
        sequence,
        new TrialOutcome.Completed(
            new Measurement(
                like.windowNanos(),
                like.rounds(),
                like.threads(),
                List.of(process(0, any), process(1, any * any)),
                like.verification(),
                like.scoredRounds(),
                like.launchNanos()),
            List.of()));
  }

  private static ProcessSample process(int slot, long any) {
    ProcessSample sample =
        new ProcessSample(
            slot, 1, 1, 0.3, true, "", 0, 0, 0, 0, 0, 0, 0, "Serial", 1, List.of(any, any + slot));
    return sample.withWarmUp(new WarmUpSlices(1, 0, 1, slot == 0 ? List.of() : List.of(any)));
  }

  private Path slices() {
    return run.resolve(SlicesFile.NAME);
  }

  private List<TrialRecord> read() throws IOException {
    return RunJournal.read(run).trials();
  }

  @Test
  void theLinesOfTheJournalHaveNone() throws IOException {
    assertThat(read()).containsExactly(FULL, record(1, 8).withoutSlices());
    assertThat(Files.readString(run.resolve("trials.jsonl")))
        .contains("\"sliceOperations\":[]", "\"slices\":{\"at\":0,")
        .doesNotContain("\"sliceOperations\":[7");
    assertThat(Files.readAllLines(slices())).hasSize(2);
  }

  @Test
  void eachLineOfTheJournalSaysWhereItsOwnAre() throws IOException {
    byte[] all = Files.readAllBytes(slices());
    int second = new String(all, StandardCharsets.US_ASCII).indexOf('\n') + 1;
    SlicesFile.Place place = new SlicesFile.Place(second, all.length - second);
    String planHash = JournalFormat.planHash(Samples.header());
    TrialRecord slim = record(1, 8).withoutSlices();
    assertThat(new SlicesReader(run, planHash).full(new Entry(slim, place)))
        .isEqualTo(record(1, 8));
    TrialRecord other = record(0, 8).withoutSlices();
    assertThat(new SlicesReader(run, planHash).full(new Entry(other, place))).isEqualTo(other);
    assertThat(new SlicesReader(run, "of another plan").full(new Entry(slim, place)))
        .isEqualTo(slim);
  }

  @Test
  void thoseThatWouldFillTheMemoryAreNotRead() throws IOException {
    int tooMany = JournalFile.LONGEST_LINE + 1;
    try (RandomAccessFile file = new RandomAccessFile(slices().toFile(), "rw")) {
      // Nothing of it is on the disk.
      file.setLength(tooMany);
      assertThatExceptionOfType(JournalException.class)
          .isThrownBy(() -> SlicesReader.line(file, new SlicesFile.Place(0, tooMany)))
          .withMessageMatching("has more than [0-9]+ bytes");
    }
  }

  @Test
  void thoseOfATrialOfOtherProcessesAreNotTaken() throws IOException {
    byte[] line = Objects.requireNonNull(JournalFormat.slices(FULL, "h"));
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(
            () -> JournalFormat.withSlices(Samples.record(0, Samples.completed()), line, "h"))
        .withMessage("belongs to other processes");
  }

  @Test
  void whatIsCutOffOrChangedAnywhereIsUnknown() throws IOException {
    byte[] all = Files.readAllBytes(slices());
    int first = new String(all, StandardCharsets.US_ASCII).indexOf('\n');
    for (int at = 0; at <= first; at += 3) {
      Files.write(slices(), Arrays.copyOf(all, at));
      assertThat(read()).as("cut at %d", at).startsWith(FULL.withoutSlices());
      if (at < first) {
        byte[] changed = all.clone();
        changed[at] ^= (byte) (1 << (at % 8));
        Files.write(slices(), changed);
        assertThat(read()).as("changed at %d", at).startsWith(FULL.withoutSlices());
      }
    }
    Files.write(slices(), all);
    assertThat(read()).startsWith(FULL);
  }

  @Test
  void aTornLineIsPassedByWhenTheRunGoesOn() throws IOException {
    Files.writeString(slices(), "{\"sequence\":2,\"pl", StandardOpenOption.APPEND);
    String before = Files.readString(slices());
    try (RunJournal journal = RunJournal.reopen(run)) {
      assertThat(Files.readString(slices())).isEqualTo(before);
      journal.resume();
      journal.append(record(2, 9));
    }
    assertThat(Files.readString(slices())).startsWith(before + "\n{");
    assertThat(read()).hasSize(3).startsWith(FULL);
  }

  @Test
  void aRunWhoseFileWasLeftBehindIsReadAndGoesOn() throws IOException {
    Files.delete(slices());
    assertThat(read()).startsWith(FULL.withoutSlices());
    try (RunJournal journal = RunJournal.reopen(run)) {
      journal.resume();
      journal.append(record(2, 9));
    }
    // The new file begins where the old one did, with the slices of another trial.
    assertThat(read()).hasSize(3).startsWith(FULL.withoutSlices());
  }

  @Test
  void whatCannotBeWrittenEndsTheRunAndLeavesTheFileAsItWas() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full), "there is no /dev/full");
    Files.delete(slices());
    Files.createSymbolicLink(slices(), full);
    try (RunJournal journal = RunJournal.reopen(run)) {
      journal.resume();
      assertThatExceptionOfType(JournalException.class)
          .isThrownBy(() -> journal.append(record(2, 9)))
          .withMessageContaining("cannot write to " + slices())
          .withMessageContaining("the trials before this one are kept");
      assertThatExceptionOfType(JournalException.class)
          .isThrownBy(() -> journal.append(record(2, 9)))
          .withMessageContaining("is closed to further attempts");
    }
    assertThat(read()).hasSize(2);
    Files.delete(slices());
  }
}

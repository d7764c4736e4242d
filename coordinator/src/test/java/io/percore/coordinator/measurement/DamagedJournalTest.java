package io.percore.coordinator.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.percore.coordinator.measurement.TrialOutcome.Failed;
import io.percore.coordinator.measurement.TrialOutcome.Invalidated;
import io.percore.coordinator.measurement.TrialOutcome.TimedOut;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/// What becomes of a run's files that were cut off or changed, at every byte: what a crash can have
/// done goes on, all else is refused.
class DamagedJournalTest {
  private static final List<TrialRecord> RECORDS =
      List.of(
          Samples.record(0, Samples.completed()).withoutSlices(),
          Samples.record(1, new Failed("worker 1 was killed", "the end")),
          Samples.record(2, new TimedOut("too late")).after(new Resume("another boot")),
          Samples.record(3, new Invalidated("start skew")));

  /// Forcing thousands of files to a disk takes minutes.
  static final class InMemory implements TempDirFactory {
    private static final Path SHARED = Path.of("/dev/shm");

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
        throws IOException {
      return Files.isWritable(SHARED)
          ? Files.createTempDirectory(SHARED, "journal")
          : Files.createTempDirectory("journal");
    }
  }

  @TempDir(factory = InMemory.class)
  private Path run;

  private byte[] trials = {};

  @BeforeEach
  void write() throws IOException {
    try (RunJournal journal = RunJournal.create(run, Samples.header())) {
      for (TrialRecord record : RECORDS) {
        journal.append(record);
      }
    }
    trials = Files.readAllBytes(file("trials.jsonl"));
  }

  private Path file(String name) {
    return run.resolve(name);
  }

  private static int lines(byte[] bytes, int length) {
    int lines = 0;
    for (int i = 0; i < length; i++) {
      lines += bytes[i] == '\n' ? 1 : 0;
    }
    return lines;
  }

  /// Nothing of it is on the disk.
  private void fill(String name) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(file(name).toFile(), "rw")) {
      file.setLength(2L * JournalFile.LONGEST_LINE);
    }
  }

  @Test
  void aLineThatWouldFillTheMemoryIsRefused() throws IOException {
    fill("trials.jsonl");
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(() -> RunJournal.read(run))
        .withMessageMatching(".*trials.jsonl has a line of more than [0-9]+ bytes");
  }

  @Test
  void aPlanThatWouldFillTheMemoryIsRefused() throws IOException {
    fill("run.json");
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(() -> RunJournal.read(run))
        .withMessageMatching(".*run.json is not a percore run: more than [0-9]+ bytes");
  }

  @Test
  void cutAtAnyByteItGoesOnAndLosesTheTornLineOnly() throws IOException {
    for (int length = 0; length <= trials.length; length++) {
      Files.write(file("trials.jsonl"), Arrays.copyOf(trials, length));
      Files.deleteIfExists(file("trials.jsonl.torn"));
      int whole = lines(trials, length);
      try (RunJournal journal = RunJournal.reopen(run)) {
        assertThat(journal.contents().trials()).isEqualTo(RECORDS.subList(0, whole));
        journal.resume();
        for (TrialRecord record : RECORDS.subList(whole, RECORDS.size())) {
          journal.append(record);
        }
      }
      assertThat(file("trials.jsonl")).as("cut at %d", length).hasBinaryContent(trials);
      int torn = length;
      while (torn > 0 && trials[torn - 1] != '\n') {
        torn--;
      }
      if (torn == length) {
        assertThat(file("trials.jsonl.torn")).doesNotExist();
      } else {
        byte[] kept = Arrays.copyOfRange(trials, torn, length + 1);
        kept[length - torn] = '\n';
        assertThat(file("trials.jsonl.torn")).hasBinaryContent(kept);
      }
    }
  }

  @Test
  void whatIsTornTwiceIsKeptTwice() throws IOException {
    for (String torn : List.of("{\"se", "{\"sequ")) {
      Files.write(file("trials.jsonl"), trials);
      Files.writeString(file("trials.jsonl"), torn, java.nio.file.StandardOpenOption.APPEND);
      try (RunJournal journal = RunJournal.reopen(run)) {
        journal.resume();
      }
    }
    assertThat(file("trials.jsonl.torn")).hasContent("{\"se\n{\"sequ\n");
    assertThat(file("trials.jsonl")).hasBinaryContent(trials);
  }

  @Test
  void nothingIsChangedBeforeItGoesOn() throws IOException {
    byte[] cut = Arrays.copyOf(trials, trials.length - 9);
    Files.write(file("trials.jsonl"), cut);
    try (RunJournal journal = RunJournal.reopen(run)) {
      assertThat(journal.contents().torn()).isPositive();
      assertThatExceptionOfType(JournalException.class)
          .isThrownBy(() -> journal.append(RECORDS.getLast()))
          .withMessageContaining("is closed to further attempts");
    }
    assertThat(file("trials.jsonl")).hasBinaryContent(cut);
    assertThat(file("trials.jsonl.torn")).doesNotExist();
  }

  @Test
  void withoutATrialItGoesOnFromTheBeginning() throws IOException {
    Files.delete(file("trials.jsonl"));
    try (RunJournal journal = RunJournal.reopen(run)) {
      journal.resume();
      journal.append(RECORDS.getFirst());
    }
    assertThat(RunJournal.read(run).trials()).containsExactly(RECORDS.getFirst());
  }

  @Test
  void aChangeOfAnyByteIsRefusedNamingItsLine() throws IOException {
    for (int at = 0; at < trials.length; at++) {
      byte[] damaged = trials.clone();
      damaged[at] ^= (byte) (1 << (at % 8));
      Files.write(file("trials.jsonl"), damaged);
      String line = "trials.jsonl line " + (lines(trials, at) + 1) + " is damaged";
      assertThatExceptionOfType(JournalException.class)
          .as("byte %d", at)
          .isThrownBy(() -> RunJournal.reopen(run))
          .withMessageContaining(line);
      assertThat(file("trials.jsonl")).hasBinaryContent(damaged);
    }
  }

  @Test
  void aPlanThatWasCutAnywhereIsRefused() throws IOException {
    byte[] plan = Files.readAllBytes(file("run.json"));
    for (int length = 0; length < plan.length; length++) {
      Files.write(file("run.json"), Arrays.copyOf(plan, length));
      assertThatExceptionOfType(JournalException.class)
          .as("cut at %d", length)
          .isThrownBy(() -> RunJournal.reopen(run))
          .withMessageContaining("run.json");
    }
  }

  @Test
  void aPlanOfWhichAnyByteWasChangedIsRefused() throws IOException {
    byte[] plan = Files.readAllBytes(file("run.json"));
    for (int at = 0; at < plan.length; at++) {
      byte[] damaged = plan.clone();
      damaged[at] ^= (byte) (1 << (at % 8));
      if (Character.isWhitespace(plan[at]) && Character.isWhitespace(damaged[at])) {
        continue;
      }
      Files.write(file("run.json"), damaged);
      assertThatExceptionOfType(JournalException.class)
          .as("byte %d", at)
          .isThrownBy(() -> RunJournal.reopen(run))
          .withMessageContaining("run.json");
    }
  }

  @Test
  void aRunThatIsGoingOnIsInUse() throws IOException {
    try (RunJournal journal = RunJournal.reopen(run)) {
      assertThat(journal.directory()).isEqualTo(run);
      assertThatExceptionOfType(JournalException.class)
          .isThrownBy(() -> RunJournal.reopen(run))
          .withMessageContaining("is in use by process " + ProcessHandle.current().pid());
    }
    RunJournal.reopen(run).close();
  }

  @Test
  void trialsWithoutTheirPlanAreNotWrittenOver() throws IOException {
    Files.delete(file("run.json"));
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(() -> RunJournal.create(run, Samples.header()))
        .withMessageContaining("holds trials without their run.json");
    assertThat(file("trials.jsonl")).hasBinaryContent(trials);
  }
}

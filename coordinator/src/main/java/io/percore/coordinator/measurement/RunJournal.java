package io.percore.coordinator.measurement;

import io.percore.coordinator.measurement.JournalFormat.Entry;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The append-only record of a run, in its directory: `run.json` before the first trial, one line
/// of `trials.jsonl` for each attempt, each forced to the disk before the next trial begins. A line
/// counts once its newline is there. The slices of an attempt are written before its line, to a
/// file of their own ([SlicesFile]). Trials that were made for something else than their speed
/// stand in `watched.jsonl`, `memory.jsonl`, `calls.jsonl` and `logged.jsonl`, in the same form:
/// they belong to no point.
///
/// A run that ended before its time is opened again and goes on. So each line is whole, or it is
/// the last one and was torn by a crash; whatever else a line is, was not made here, and is
/// refused.
///
/// A lock file is held for as long as the journal is open, so that no two runs write to one
/// directory. Not thread-safe: one thread conducts a run.
public final class RunJournal implements AutoCloseable {
  private static final String RUN = "run.json";
  private static final String TRIALS = "trials.jsonl";
  private static final String TORN = "trials.jsonl.torn";
  private static final String WATCHED = "watched.jsonl";
  private static final String MEMORY = "memory.jsonl";
  private static final String CALLS = "calls.jsonl";
  private static final String LOGGED = "logged.jsonl";

  private final Path directory;
  private final String planHash;
  private final Contents before;
  private final RunLock lock;

  /// Not a channel: an interrupt while it writes must not close it and tear the line.
  private final RandomAccessFile trials;

  /// Null before a journal is made ready to go on.
  private @Nullable SlicesFile slices;

  private long goodOffset;

  /// Whether attempts may be added: not after one could not be written.
  private boolean writable = true;

  private RunJournal(
      Path directory, String planHash, Contents before, RunLock lock, RandomAccessFile trials) {
    this.directory = directory;
    this.planHash = planHash;
    this.before = before;
    this.lock = lock;
    this.trials = trials;
  }

  /// Everything that a directory holds of a run.
  ///
  /// @param header what was fixed before the first trial
  /// @param trials every attempt whose line is complete; with its slices by the rule of
  ///   [KeptSlices]
  /// @param torn bytes of a last line that a crash cut off; 0 when there is none
  /// @param aside every attempt at a trial that belongs to no point
  public record Contents(RunHeader header, List<TrialRecord> trials, long torn, SideTrials aside) {
    public Contents {
      trials = List.copyOf(trials);
    }
  }

  /// Opens a directory for a new run, creating it where it does not exist.
  ///
  /// @throws JournalException when it holds a run already, is used by another, or cannot be written
  public static RunJournal create(Path directory, RunHeader header) throws JournalException {
    RunLock lock = null;
    try {
      Files.createDirectories(directory);
      lock = RunLock.take(directory, header.environment().hostName());
      if (holdsRun(directory)) {
        throw new JournalException(
            directory
                + " holds a run already: give another directory with --out, or go on with"
                + " --resume");
      }
      if (Files.exists(directory.resolve(TRIALS))) {
        throw new JournalException(
            directory + " holds trials without their " + RUN + ": give another directory");
      }
      DurableFiles.replace(directory.resolve(RUN), JournalFormat.runFile(header));
      RandomAccessFile trials = new RandomAccessFile(directory.resolve(TRIALS).toFile(), "rw");
      Contents nothing = new Contents(header, List.of(), 0, SideTrials.NONE);
      RunJournal journal =
          new RunJournal(directory, JournalFormat.planHash(header), nothing, lock, trials);
      journal.slices = SlicesFile.open(directory);
      DurableFiles.sync(directory);
      return journal;
    } catch (IOException e) {
      closeQuietly(lock);
      throw JournalException.because("cannot write to " + directory, e, "");
    }
  }

  /// Opens a directory to go on with its run, and changes nothing in it before [#resume].
  ///
  /// @throws JournalException when it holds no run or a damaged one, is used by another, or cannot
  ///   be written
  public static RunJournal reopen(Path directory) throws JournalException {
    RunLock lock = null;
    RandomAccessFile trials = null;
    try {
      JournalFormat.RunFile run = runFile(directory);
      lock = RunLock.take(directory, run.run().environment().hostName());
      Contents contents = contents(directory, run);
      trials = new RandomAccessFile(directory.resolve(TRIALS).toFile(), "rw");
      RunJournal journal = new RunJournal(directory, run.planHash(), contents, lock, trials);
      journal.goodOffset = trials.length() - contents.torn();
      return journal;
    } catch (IOException e) {
      closeQuietly(trials);
      closeQuietly(lock);
      throw JournalException.because("cannot go on in " + directory, e, "");
    }
  }

  /// Makes what reading needs, for which a JVM that has just started takes a fifth of a second. Who
  /// knows that a journal will be read can have it made by another thread meanwhile.
  public static void prepare() {
    JournalFormat.prepare();
  }

  /// Whether a directory holds a run.
  public static boolean holdsRun(Path directory) {
    return Files.exists(directory.resolve(RUN));
  }

  /// Reads a run back, at a length of gigabytes, too. A last line without its newline was never
  /// finished and does not count; any other damaged line is refused.
  ///
  /// @throws JournalException when the directory holds no run, or a damaged one
  public static Contents read(Path directory) throws JournalException {
    try {
      return contents(directory, runFile(directory));
    } catch (IOException e) {
      throw JournalException.because("cannot read " + directory, e, "");
    }
  }

  private static JournalFormat.RunFile runFile(Path directory) throws IOException {
    Path file = directory.resolve(RUN);
    try {
      if (Files.size(file) > JournalFile.LONGEST_LINE) {
        throw new JournalException(
            file + " is not a percore run: more than " + JournalFile.LONGEST_LINE + " bytes");
      }
      return JournalFormat.parseRunFile(Files.readAllBytes(file), file.toString());
    } catch (NoSuchFileException e) {
      throw new JournalException(directory + " holds no run: there is no " + RUN, e);
    }
  }

  private static Contents contents(Path directory, JournalFormat.RunFile run) throws IOException {
    String planHash = run.planHash();
    KeptSlices kept = new KeptSlices();
    SlicesReader slices = new SlicesReader(directory, planHash);
    JournalFile.Lines trials =
        JournalFile.read(
            directory.resolve(TRIALS),
            planHash,
            entry -> kept.of(entry.record(), () -> slices.full(entry)));
    SideTrials aside =
        new SideTrials(
            aside(directory, WATCHED, planHash),
            aside(directory, MEMORY, planHash),
            aside(directory, CALLS, planHash),
            aside(directory, LOGGED, planHash));
    return new Contents(run.run(), trials.records(), trials.torn(), aside);
  }

  private static List<TrialRecord> aside(Path directory, String file, String planHash)
      throws IOException {
    return JournalFile.read(directory.resolve(file), planHash, Entry::record).records();
  }

  /// Directory of the run.
  public Path directory() {
    return directory;
  }

  /// What it held when it was opened: nothing but the header where it is a new one.
  public Contents contents() {
    return before;
  }

  /// Makes an opened journal ready for further attempts. What a crash tore off the last line is
  /// added to `trials.jsonl.torn` and cut off.
  ///
  /// @throws JournalException when that cannot be written; nothing that counts is lost
  public void resume() throws JournalException {
    try {
      if (before.torn() > 0) {
        byte[] torn = new byte[Math.toIntExact(before.torn())];
        trials.seek(goodOffset);
        trials.readFully(torn);
        byte[] line = Arrays.copyOf(torn, torn.length + 1);
        line[torn.length] = '\n';
        DurableFiles.append(directory.resolve(TORN), line);
        trials.setLength(goodOffset);
      }
      trials.seek(goodOffset);
      trials.getFD().sync();
      slices = SlicesFile.open(directory);
      DurableFiles.sync(directory);
    } catch (IOException e) {
      throw JournalException.because("cannot write to " + directory, e, "");
    }
  }

  /// Writes one attempt and forces it to the disk.
  ///
  /// @throws JournalException when it cannot be written, for instance on a full disk: the file is
  ///   cut back to the last whole line, nothing written before is lost, and nothing more can be
  ///   written
  public void append(TrialRecord record) throws JournalException {
    SlicesFile beside = slices;
    if (beside == null || !writable) {
      throw new JournalException(directory.resolve(TRIALS) + " is closed to further attempts");
    }
    writable = false;
    SlicesFile.Place place = beside.append(record, planHash);
    byte[] line = JournalFormat.line(record, planHash, place);
    try {
      trials.write(line);
      trials.getFD().sync();
      goodOffset += line.length;
      writable = true;
    } catch (IOException e) {
      JournalException failure =
          JournalException.because(
              "cannot write to " + directory.resolve(TRIALS),
              e,
              "; the trials before this one are kept");
      try {
        trials.setLength(goodOffset);
      } catch (IOException truncation) {
        failure.addSuppressed(truncation);
      }
      throw failure;
    }
  }

  /// Writes down all trials at once that belong to no point; no file for those that there are none
  /// of.
  ///
  /// @throws JournalException when they cannot be written; nothing written before is lost
  public void aside(SideTrials trials) throws JournalException {
    aside(WATCHED, trials.watched());
    aside(MEMORY, trials.memory());
    aside(CALLS, trials.called());
    aside(LOGGED, trials.logged());
  }

  private void aside(String file, List<TrialRecord> records) throws JournalException {
    if (records.isEmpty()) {
      return;
    }
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    records.forEach(record -> lines.writeBytes(JournalFormat.line(record, planHash)));
    try {
      DurableFiles.replace(directory.resolve(file), lines.toByteArray());
    } catch (IOException e) {
      throw JournalException.because(
          "cannot write to " + directory.resolve(file), e, "; the trials before this one are kept");
    }
  }

  @Override
  public void close() {
    closeQuietly(trials);
    closeQuietly(slices);
    closeQuietly(lock);
  }

  private static void closeQuietly(@Nullable Closeable file) {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        // Everything that counts was forced to the disk when it was written.
      }
    }
  }
}

package io.percore.coordinator.measurement;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The append-only record of a run, in its directory: `run.json` before the first trial, one line
/// of `trials.jsonl` for each attempt, each forced to the disk before the next trial begins. A line
/// counts once its newline is there. Trials that were made for something else than their speed
/// stand in `watched.jsonl`, `memory.jsonl`, `calls.jsonl` and `logged.jsonl`, in the same form:
/// they belong to no point.
///
/// A lock file is held for as long as the journal is open, so that no two runs write to one
/// directory. Not thread-safe: one thread conducts a run.
public final class RunJournal implements AutoCloseable {
  private static final String RUN = "run.json";
  private static final String TRIALS = "trials.jsonl";
  private static final String WATCHED = "watched.jsonl";
  private static final String MEMORY = "memory.jsonl";
  private static final String CALLS = "calls.jsonl";
  private static final String LOGGED = "logged.jsonl";
  private static final String LOCK = ".lock";

  private final Path directory;
  private final String planHash;
  private final FileChannel lockChannel;

  /// Not a channel: an interrupt while it writes must not close it and tear the line.
  private final RandomAccessFile trials;

  private long goodOffset;
  private boolean broken;

  private RunJournal(
      Path directory, String planHash, FileChannel lockChannel, RandomAccessFile trials) {
    this.directory = directory;
    this.planHash = planHash;
    this.lockChannel = lockChannel;
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
    FileChannel lock = null;
    try {
      Files.createDirectories(directory);
      lock = lock(directory, header.environment().hostName());
      if (holdsRun(directory)) {
        throw new JournalException(
            directory + " holds a run already: give another directory with --out");
      }
      writeSynced(directory.resolve(RUN), JournalFormat.runFile(header));
      RandomAccessFile trials = new RandomAccessFile(directory.resolve(TRIALS).toFile(), "rw");
      sync(directory);
      return new RunJournal(directory, JournalFormat.planHash(header), lock, trials);
    } catch (JournalException e) {
      closeQuietly(lock);
      throw e;
    } catch (IOException e) {
      closeQuietly(lock);
      throw new JournalException("cannot write to " + directory + ": " + reason(e), e);
    }
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
      Path runFile = directory.resolve(RUN);
      JournalFormat.RunFile run =
          JournalFormat.parseRunFile(Files.readAllBytes(runFile), runFile.toString());
      JournalFile.Lines trials = JournalFile.read(directory.resolve(TRIALS), run.planHash(), false);
      SideTrials aside =
          new SideTrials(
              JournalFile.read(directory.resolve(WATCHED), run.planHash(), true).records(),
              JournalFile.read(directory.resolve(MEMORY), run.planHash(), true).records(),
              JournalFile.read(directory.resolve(CALLS), run.planHash(), true).records(),
              JournalFile.read(directory.resolve(LOGGED), run.planHash(), true).records());
      return new Contents(run.run(), trials.records(), trials.torn(), aside);
    } catch (NoSuchFileException e) {
      throw new JournalException(directory + " holds no run: there is no " + RUN, e);
    } catch (JournalException e) {
      throw e;
    } catch (IOException e) {
      throw new JournalException("cannot read " + directory + ": " + reason(e), e);
    }
  }

  /// Directory of the run.
  public Path directory() {
    return directory;
  }

  /// Writes one attempt and forces it to the disk.
  ///
  /// @throws JournalException when it cannot be written, for instance on a full disk: the file is
  ///   cut back to the last whole line, nothing written before is lost, and nothing more can be
  ///   written
  public void append(TrialRecord record) throws JournalException {
    if (broken) {
      throw new JournalException(directory.resolve(TRIALS) + " failed before and is closed");
    }
    byte[] line = JournalFormat.line(record, planHash);
    try {
      trials.write(line);
      trials.getFD().sync();
      goodOffset += line.length;
    } catch (IOException e) {
      broken = true;
      JournalException failure =
          new JournalException(
              "cannot write to "
                  + directory.resolve(TRIALS)
                  + ": "
                  + reason(e)
                  + "; the trials before this one are kept",
              e);
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
      writeSynced(directory.resolve(file), lines.toByteArray());
    } catch (IOException e) {
      throw new JournalException(
          "cannot write to " + directory.resolve(file) + ": " + reason(e), e);
    }
  }

  @Override
  public void close() {
    closeQuietly(trials);
    closeQuietly(lockChannel);
  }

  private static FileChannel lock(Path directory, String host) throws IOException {
    Path file = directory.resolve(LOCK);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        channel.truncate(0);
        channel.write(
            ByteBuffer.wrap(
                "process %d on %s"
                    .formatted(ProcessHandle.current().pid(), host)
                    .getBytes(StandardCharsets.UTF_8)));
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process: told like any other holder, below.
    }
    String holder = Files.readString(file);
    channel.close();
    throw new JournalException(
        directory + " is in use by " + (holder.isEmpty() ? "another run" : holder));
  }

  /// Writes a file so that after a crash it is there whole or not at all.
  private static void writeSynced(Path file, byte[] bytes) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    sync(file.toAbsolutePath().getParent());
  }

  private static void sync(@Nullable Path directory) throws IOException {
    if (directory != null) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
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

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException exists -> exists.getFile() + " is in the way";
      default -> String.valueOf(e.getMessage());
    };
  }
}

package io.percore.coordinator.measurement;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The slices of a run's trials, in a file of their own beside the journal: they are nine tenths of
/// what is written down and no figure rests on them, so whoever reads the journal need not read
/// them, too. Each trial that has any has a line, of which its own line in the journal says where
/// it is ([Place]).
///
/// Lines are only ever added. One that was torn, or whose trial's line was, belongs to no trial and
/// is never looked at. [SlicesReader] holds a line against its checksum, its plan and its trial.
/// Not thread-safe.
final class SlicesFile implements Closeable {
  static final String NAME = "slices.jsonl";

  private final Path path;
  private final RandomAccessFile file;

  private SlicesFile(Path path, RandomAccessFile file) {
    this.path = path;
    this.file = file;
  }

  /// Where a line is.
  ///
  /// @param at offset of its first byte
  /// @param bytes its length, newline included
  record Place(long at, int bytes) {
    Place {
      if (at < 0 || bytes <= 0) {
        throw new IllegalArgumentException("a line is somewhere");
      }
    }
  }

  /// Opens the file of a run for more lines, or makes it.
  static SlicesFile open(Path run) throws IOException {
    Path path = run.resolve(NAME);
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      endLastLine(file);
      return new SlicesFile(path, file);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private static void endLastLine(RandomAccessFile file) throws IOException {
    long length = file.length();
    if (length > 0) {
      file.seek(length - 1);
      if (file.read() != '\n') {
        file.write('\n');
      }
    }
  }

  /// Writes the slices of an attempt down and forces them to the disk.
  ///
  /// @return where they are; null where there are none
  /// @throws JournalException when they cannot be written; the file is as it was before
  @Nullable Place append(TrialRecord record, String planHash) throws JournalException {
    byte[] line = JournalFormat.slices(record, planHash);
    if (line == null) {
      return null;
    }
    long at = -1;
    try {
      at = file.length();
      file.seek(at);
      file.write(line);
      file.getFD().sync();
      return new Place(at, line.length);
    } catch (IOException e) {
      JournalException failure =
          JournalException.because(
              "cannot write to " + path, e, "; the trials before this one are kept");
      cutBack(at, failure);
      throw failure;
    }
  }

  private void cutBack(long length, JournalException because) {
    try {
      if (length >= 0) {
        file.setLength(length);
      }
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}

package io.percore.coordinator.measurement;

import io.percore.coordinator.measurement.JournalFormat.Entry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/// Fetches slices from the [SlicesFile] of a run. Where they are not to be had they are unknown, of
/// which the first case is told: who handed on a run without them should know what is missing.
///
/// Not thread-safe.
final class SlicesReader {
  private final Path path;
  private final String planHash;
  private boolean told;

  SlicesReader(Path run, String planHash) {
    this.path = run.resolve(SlicesFile.NAME);
    this.planHash = planHash;
  }

  /// An attempt with its slices, or as its line has it where they are not to be had.
  TrialRecord full(Entry entry) {
    if (entry.slices() == null) {
      return entry.record();
    }
    try (RandomAccessFile file = open()) {
      return JournalFormat.withSlices(entry.record(), line(file, entry.slices()), planHash);
    } catch (JournalException e) {
      tell(path + ": the line of attempt " + entry.record().sequence() + " " + e.getMessage());
    } catch (NoSuchFileException e) {
      tell("there is no " + path);
    } catch (IOException e) {
      tell("cannot read " + path + ": " + e.getMessage());
    }
    return entry.record();
  }

  private RandomAccessFile open() throws IOException {
    if (!path.toFile().exists()) {
      throw new NoSuchFileException(path.toString());
    }
    return new RandomAccessFile(path.toFile(), "r");
  }

  /// The bytes at a place.
  ///
  /// @throws JournalException when the file is shorter, or they would not fit into the memory
  static byte[] line(RandomAccessFile file, SlicesFile.Place place) throws IOException {
    // Before there is an array of whatever length is claimed.
    if (place.at() > file.length() - place.bytes()) {
      throw new JournalException("is cut off");
    }
    if (place.bytes() > JournalFile.LONGEST_LINE) {
      throw new JournalException("has more than " + JournalFile.LONGEST_LINE + " bytes");
    }
    byte[] line = new byte[place.bytes()];
    file.seek(place.at());
    file.readFully(line);
    return line;
  }

  private void tell(String what) {
    if (!told) {
      LoggerFactory.getLogger(SlicesReader.class)
          .warn("{}; rates over time are not drawn where they are missing", what);
      told = true;
    }
  }
}

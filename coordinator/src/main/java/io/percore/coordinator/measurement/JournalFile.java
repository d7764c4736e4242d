package io.percore.coordinator.measurement;

import io.percore.coordinator.measurement.JournalFormat.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the lines of a journal, of which there may be hundreds of megabytes: block by block, each
/// parsed by a thread of its own while the next ones are read. Only few blocks are in memory at a
/// time.
final class JournalFile {
  private static final int BLOCK = 1 << 18;

  /// Bytes of about two thousand processes with all their slices. What is longer would not fit into
  /// the memory once it is read.
  static final int LONGEST_LINE = 1 << 26;

  private final Path file;
  private final String planHash;
  private final Function<Entry, TrialRecord> kept;
  private final List<TrialRecord> records = new ArrayList<>();
  private final int blockBytes;
  private byte[] rest = new byte[0];

  private JournalFile(Path file, String planHash, Function<Entry, TrialRecord> kept)
      throws IOException {
    this.file = file;
    // One more than there is, so that the first reading tells that there is no more.
    this.blockBytes = (int) Math.min(BLOCK, Files.size(file) + 1);
    this.planHash = planHash;
    this.kept = kept;
  }

  /// @param records of the lines that are complete
  /// @param torn bytes after them
  record Lines(List<TrialRecord> records, long torn) {}

  /// @param bytes that begin with the text
  /// @param length of the text
  @SuppressWarnings("ArrayRecordComponent")
  private record Text(byte[] bytes, int length) {}

  /// @param damage what is wrong with the line after the last of `entries`; null when nothing is
  private record Block(List<Entry> entries, @Nullable String damage) {}

  /// Reads a file; none where there is no such file.
  ///
  /// @param kept what is kept of each line; called for one after another, in their order
  /// @throws JournalException when a line that has its newline is damaged
  static Lines read(Path file, String planHash, Function<Entry, TrialRecord> kept)
      throws IOException {
    if (!Files.exists(file)) {
      return new Lines(List.of(), 0);
    }
    return new JournalFile(file, planHash, kept).read();
  }

  private Lines read() throws IOException {
    int threads = Runtime.getRuntime().availableProcessors();
    try (InputStream in = Files.newInputStream(file);
        ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      Deque<Future<Block>> ahead = new ArrayDeque<>();
      for (Text next = wholeLines(in); next.length() > 0; next = wholeLines(in)) {
        Text lines = next;
        ahead.add(pool.submit(() -> parse(lines)));
        if (ahead.size() > threads) {
          collect(ahead.remove());
        }
      }
      while (!ahead.isEmpty()) {
        collect(ahead.remove());
      }
      if (isWhole(rest, rest.length - 1)) {
        throw new JournalException(where() + "is damaged: what ends it is no newline");
      }
      return new Lines(List.copyOf(records), rest.length);
    }
  }

  /// Whether the first bytes are a whole line but for its newline: what a crash leaves of a line
  /// has nothing behind that.
  private static boolean isWhole(byte[] bytes, int length) {
    try {
      return length > 0 && JournalFormat.verified(bytes, 0, length) > 0;
    } catch (JournalException e) {
      return false;
    }
  }

  /// The next lines that are complete, at least one; none when there is none.
  private Text wholeLines(InputStream in) throws IOException {
    byte[] bytes = Arrays.copyOf(rest, rest.length + blockBytes);
    int length = rest.length;
    while (true) {
      int read = in.readNBytes(bytes, length, bytes.length - length);
      int end = endOfLines(bytes, length, length + read);
      length += read;
      if (end > 0 || read == 0) {
        rest = Arrays.copyOfRange(bytes, end, length);
        return new Text(bytes, end);
      }
      if (length > LONGEST_LINE) {
        throw new JournalException(file + " has a line of more than " + LONGEST_LINE + " bytes");
      }
      bytes = Arrays.copyOf(bytes, bytes.length + Math.max(blockBytes, bytes.length / 2));
    }
  }

  /// Where the last line ends that does so from `from` on; 0 when none does.
  private static int endOfLines(byte[] bytes, int from, int to) {
    for (int end = to; end > from; end--) {
      if (bytes[end - 1] == '\n') {
        return end;
      }
    }
    return 0;
  }

  private Block parse(Text text) {
    byte[] lines = text.bytes();
    int length = text.length();
    List<Entry> entries = new ArrayList<>();
    int from = 0;
    for (int to = 0; to < length; to++) {
      if (lines[to] == '\n') {
        try {
          int end = JournalFormat.verified(lines, from, to);
          entries.add(JournalFormat.parse(lines, from, end, planHash));
        } catch (JournalException e) {
          return new Block(entries, e.getMessage());
        }
        from = to + 1;
      }
    }
    return new Block(entries, null);
  }

  private void collect(Future<Block> future) throws IOException {
    Block block = result(future);
    for (Entry entry : block.entries()) {
      if (entry.record().sequence() != records.size()) {
        throw new JournalException(where() + "is out of sequence");
      }
      records.add(kept.apply(entry));
    }
    if (block.damage() != null) {
      throw new JournalException(where() + block.damage());
    }
  }

  private String where() {
    return file + " line " + (records.size() + 1) + " ";
  }

  private static Block result(Future<Block> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while it was read");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a line broke its parser", e.getCause());
    }
  }
}

package io.percore.coordinator.measurement;

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
import org.jspecify.annotations.Nullable;

/// Reads the lines of a journal, of which there may be gigabytes: block by block, each parsed by a
/// thread of its own while the next ones are read. Only few blocks are in memory at a time.
final class JournalFile {
  private static final int BLOCK = 4 << 20;

  private final Path file;
  private final String planHash;
  private final boolean slices;
  private final KeptSlices kept = new KeptSlices();
  private final List<TrialRecord> records = new ArrayList<>();
  private final int blockBytes;
  private byte[] rest = new byte[0];

  /// Of blocks that were collected, to be filled again: a new array would first be filled with
  /// zeros, and gigabytes of them with it.
  private final Deque<byte[]> free = new ArrayDeque<>();

  private JournalFile(Path file, String planHash, boolean slices) throws IOException {
    this.file = file;
    // One more than there is, so that the first reading tells that there is no more.
    this.blockBytes = (int) Math.min(BLOCK, Files.size(file) + 1);
    this.planHash = planHash;
    this.slices = slices;
  }

  /// @param records of the lines that are complete
  /// @param torn bytes after them
  record Lines(List<TrialRecord> records, long torn) {}

  /// A whole line without its checksum.
  private record Line(TrialRecord record, int from, int to) {}

  /// @param damage what is wrong with the line after the last of `lines`; null when nothing is
  private record Block(LineScanner scanner, List<Line> lines, @Nullable String damage) {}

  /// Reads a file; none where there is no such file.
  ///
  /// @param slices whether all trials keep their slices, and not only those of [KeptSlices]
  /// @throws JournalException when a line that has its newline is damaged
  static Lines read(Path file, String planHash, boolean slices) throws IOException {
    if (!Files.exists(file)) {
      return new Lines(List.of(), 0);
    }
    return new JournalFile(file, planHash, slices).read();
  }

  private Lines read() throws IOException {
    int threads = Runtime.getRuntime().availableProcessors();
    try (InputStream in = Files.newInputStream(file);
        ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      Deque<Future<Block>> ahead = new ArrayDeque<>();
      for (LineScanner next = wholeLines(in); !next.isEmpty(); next = wholeLines(in)) {
        LineScanner lines = next;
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
  private LineScanner wholeLines(InputStream in) throws IOException {
    byte[] bytes = free.isEmpty() ? new byte[blockBytes] : free.remove();
    if (bytes.length <= rest.length) {
      bytes = new byte[rest.length + blockBytes];
    }
    System.arraycopy(rest, 0, bytes, 0, rest.length);
    int length = rest.length;
    while (true) {
      int read = in.readNBytes(bytes, length, bytes.length - length);
      length += read;
      int end = length;
      while (end > 0 && bytes[end - 1] != '\n') {
        end--;
      }
      if (end > 0 || read == 0) {
        rest = Arrays.copyOfRange(bytes, end, length);
        return new LineScanner(bytes, end);
      }
      bytes = Arrays.copyOf(bytes, bytes.length + blockBytes);
    }
  }

  private Block parse(LineScanner scanner) {
    List<Line> lines = new ArrayList<>();
    while (scanner.next()) {
      try {
        int to = scanner.verified();
        TrialRecord record =
            slices ? scanner.parse(to, planHash) : scanner.parseWithoutSlices(to, planHash);
        lines.add(new Line(record, scanner.from(), to));
      } catch (JournalException e) {
        return new Block(scanner, lines, e.getMessage());
      }
    }
    return new Block(scanner, lines, null);
  }

  private void collect(Future<Block> future) throws IOException {
    Block block = result(future);
    for (Line line : block.lines()) {
      TrialRecord record = line.record();
      if (record.sequence() != records.size()) {
        throw new JournalException(where() + "is out of sequence");
      }
      if (!slices && kept.keeps(record)) {
        record = block.scanner().parse(line.from(), line.to(), planHash);
        kept.count(record);
      }
      records.add(record);
    }
    free.add(block.scanner().bytes());
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

package io.percore.coordinator.measurement;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Finds the lines in a block of a journal, and in each of them the slices, in one pass: there may
/// be gigabytes of them, and a parser of JSON would spend nearly all of its time on numbers that
/// nobody asks for.
final class LineScanner {
  private static final byte[] WINDOW = "\"sliceOperations\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] WARM_UP = "\"operations\":".getBytes(StandardCharsets.US_ASCII);

  private static final int STEP = 4;

  private final byte[] bytes;
  private final int length;
  private int from;
  private int to = -1;

  /// What is between the brackets of the line's slices, from and to by turns.
  private int[] slices = new int[16];

  private int ends;
  private byte[] rest = new byte[4096];

  /// @param bytes whole lines
  /// @param length how many bytes of them
  LineScanner(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  /// Whether there is no line at all.
  boolean isEmpty() {
    return length == 0;
  }

  /// Goes to the next line, if there is one.
  boolean next() {
    from = to + 1;
    ends = 0;
    byte[] line = bytes;
    int end = length;
    int at = from;
    while (at < end) {
      byte b = line[at++];
      if (b == '\n') {
        to = at - 1;
        return true;
      }
      if (b == '[' && (follows(WINDOW, at - 1) || follows(WARM_UP, at - 1))) {
        int behind = endOfNumbers(at);
        if (line[behind] == ']') {
          remember(at, behind);
        }
        at = behind;
      }
    }
    return false;
  }

  /// The block that it was made of.
  byte[] bytes() {
    return bytes;
  }

  /// Where the line begins.
  int from() {
    return from;
  }

  /// Where its checksum begins, which is right.
  ///
  /// @throws JournalException when it has none, or a wrong one
  int verified() throws JournalException {
    return JournalFormat.verified(bytes, from, to);
  }

  /// Reads the line.
  ///
  /// @param end where its checksum begins
  /// @throws JournalException when it is no such line
  TrialRecord parse(int end, String planHash) throws JournalException {
    return parse(from, end, planHash);
  }

  /// Reads a line that was passed, likewise.
  TrialRecord parse(int begin, int end, String planHash) throws JournalException {
    return JournalFormat.parse(bytes, begin, end, planHash);
  }

  /// Reads the line as if it had no slices.
  ///
  /// @param end where its checksum begins
  /// @throws JournalException when it is no such line
  TrialRecord parseWithoutSlices(int end, String planHash) throws JournalException {
    int copied = 0;
    int start = from;
    for (int i = 0; i <= ends; i += 2) {
      int stop = i < ends ? slices[i] : end;
      if (copied + stop - start >= rest.length) {
        rest = Arrays.copyOf(rest, 2 * (copied + stop - start));
      }
      System.arraycopy(bytes, start, rest, copied, stop - start);
      copied += stop - start;
      start = i < ends ? slices[i + 1] : stop;
    }
    return JournalFormat.parse(rest, 0, copied, planHash);
  }

  private boolean follows(byte[] key, int at) {
    return at - key.length >= from && Arrays.equals(bytes, at - key.length, at, key, 0, key.length);
  }

  /// Numbers are nearly all of a journal, so only every fourth byte is looked at. Behind them comes
  /// at once what ends their object, or the name of another property, none of which is as short as
  /// that. A line ends with a newline, so this ends, too.
  private int endOfNumbers(int at) {
    byte[] numbers = bytes;
    int last = length - STEP;
    int beyond = at;
    while (beyond < last && isOfNumbers(numbers[beyond])) {
      beyond += STEP;
    }
    int end = Math.max(at, beyond - 2 * STEP);
    while (isOfNumbers(numbers[end])) {
      end++;
    }
    return end;
  }

  private static boolean isOfNumbers(byte b) {
    return b >= ',' && b <= '9';
  }

  private void remember(int start, int end) {
    if (ends + 2 > slices.length) {
      slices = Arrays.copyOf(slices, 2 * slices.length);
    }
    slices[ends++] = start;
    slices[ends++] = end;
  }
}

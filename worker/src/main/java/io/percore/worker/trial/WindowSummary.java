package io.percore.worker.trial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// What the readings of all threads of a process say about its window together. Pure functions.
final class WindowSummary {
  /// Slices are a millisecond long, or longer when there would be more of them than this.
  static final int MOST_SLICES = 4_096;

  /// Quarters of a warm phase differ by less, but for contended counts that change their mode.
  private static final double GAIN = 0.05;

  private WindowSummary() {}

  /// Whether the last quarter of a phase was faster than the one before it by more than chance:
  /// what the compiler still has to do makes code faster, and a warm-up that ends earlier leaves
  /// that to the window.
  static boolean stillGains(List<ReadingLog> logs, long phaseNanos) {
    long quarter = phaseNanos / 4;
    double third = operations(logs, 2 * quarter, 3 * quarter);
    double last = operations(logs, 3 * quarter, 4 * quarter);
    return last > third * (1 + GAIN);
  }

  private static double operations(List<ReadingLog> logs, long fromNanos, long toNanos) {
    return logs.stream().mapToDouble(log -> log.countAt(toNanos) - log.countAt(fromNanos)).sum();
  }

  /// Length of a slice of a window of this length.
  static long sliceNanos(long windowNanos) {
    return Math.max(ReadingLog.INTERVAL_NANOS, Math.ceilDiv(windowNanos, (long) MOST_SLICES));
  }

  /// Operations of all threads in consecutive whole slices from T0; what follows the last whole one
  /// is left out.
  static List<Long> slices(List<ReadingLog> logs, long windowNanos) {
    long slice = sliceNanos(windowNanos);
    List<Long> operations = new ArrayList<>();
    long before = 0;
    for (long end = slice; end <= windowNanos; end += slice) {
      long at = end;
      // Rounded as a running total, so that the slices add up to it.
      long total = Math.round(logs.stream().mapToDouble(log -> log.countAt(at)).sum());
      operations.add(total - before);
      before = total;
    }
    return operations;
  }

  /// Longest time within [0, `windowNanos`] in which no thread took a reading.
  static long longestGapNanos(List<ReadingLog> logs, long windowNanos) {
    long[] times =
        logs.stream()
            .flatMapToLong(log -> IntStream.range(0, log.size()).mapToLong(log::time))
            .filter(time -> time > 0 && time < windowNanos)
            .toArray();
    Arrays.sort(times);
    long longest = 0;
    long previous = 0;
    for (long time : times) {
      longest = Math.max(longest, time - previous);
      previous = time;
    }
    return Math.max(longest, windowNanos - previous);
  }
}

package io.percore.worker.trial;

import java.util.Arrays;

/// The readings that one thread takes in one phase: time since T0 and operations done since then.
/// Kept in memory that is allocated beforehand, at most one in each millisecond and so few enough
/// to disturb nothing. In addition the two readings around the end of the window are kept, and
/// those around a stall, since these bound the error of every interpolation.
///
/// Written by its thread; read by others when that thread is quiescent and something made its
/// writes visible.
final class ReadingLog {
  static final long INTERVAL_NANOS = 1_000_000;
  private static final int LEAST_CAPACITY = 8_192;
  private static final int MOST_CAPACITY = 131_072;

  private final long[] times;
  private final long[] counts;
  private final long firstInterval;
  private long interval;
  private int size;
  private long edge;
  private long previousTime;
  private long previousCount;

  /// @param phaseNanos longest phase that is expected; 0 when unknown
  ReadingLog(long phaseNanos) {
    // Two readings in each interval at the most, one of them for a stall.
    long wanted = 2 * (phaseNanos / INTERVAL_NANOS) + 16;
    int capacity = Math.clamp(wanted, LEAST_CAPACITY, MOST_CAPACITY);
    times = new long[capacity];
    counts = new long[capacity];
    firstInterval = Math.max(INTERVAL_NANOS, 2 * phaseNanos / (capacity - 16));
  }

  /// Begins a phase.
  ///
  /// @param time when the thread passed T0
  /// @param edge end of the window
  void begin(long time, long edge) {
    size = 0;
    interval = firstInterval;
    this.edge = edge;
    append(time, 0);
    previousTime = time;
    previousCount = 0;
  }

  /// Takes a reading. Times and counts must not decrease.
  void record(long time, long count) {
    boolean crossesEdge = previousTime <= edge && edge < time;
    boolean stalled = time - previousTime >= interval;
    if (crossesEdge || stalled) {
      append(previousTime, previousCount);
    }
    if (crossesEdge || time - times[size - 1] >= interval) {
      append(time, count);
    }
    previousTime = time;
    previousCount = count;
  }

  /// Ends the phase with the last reading.
  void end() {
    append(previousTime, previousCount);
  }

  int size() {
    return size;
  }

  /// When the thread passed T0.
  long firstTime() {
    return times[0];
  }

  /// Time of the last reading.
  long lastTime() {
    return times[size - 1];
  }

  /// Operations of the whole phase.
  long lastCount() {
    return counts[size - 1];
  }

  /// Time of reading number `index`.
  long time(int index) {
    return times[index];
  }

  /// Operations done by `time`, interpolated linearly between the readings around it; none before
  /// the first.
  double countAt(long time) {
    int after = firstAfter(time);
    if (after == 0) {
      return 0;
    }
    if (after == size) {
      return counts[size - 1];
    }
    double share = (double) (time - times[after - 1]) / (times[after] - times[after - 1]);
    return counts[after - 1] + share * (counts[after] - counts[after - 1]);
  }

  /// The most that [#countAt] can be wrong by: what was done between the readings around `time`.
  double errorAt(long time) {
    int after = firstAfter(time);
    if (after == 0 || after == size || times[after - 1] == time) {
      return 0;
    }
    return counts[after] - counts[after - 1];
  }

  private int firstAfter(long time) {
    int found = Arrays.binarySearch(times, 0, size, time + 1);
    if (found < 0) {
      return -found - 1;
    }
    while (found > 0 && times[found - 1] > time) {
      found--;
    }
    return found;
  }

  private void append(long time, long count) {
    if (size > 0 && times[size - 1] == time) {
      counts[size - 1] = count;
      return;
    }
    if (size == times.length) {
      thinOut();
    }
    times[size] = time;
    counts[size] = count;
    size++;
  }

  /// Makes room in a phase longer than expected: keeps every second reading and from now on takes
  /// half as many.
  private void thinOut() {
    int kept = 0;
    for (int i = 0; i < size; i += 2) {
      times[kept] = times[i];
      counts[kept] = counts[i];
      kept++;
    }
    size = kept;
    interval *= 2;
  }
}

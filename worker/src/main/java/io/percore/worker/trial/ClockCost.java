package io.percore.worker.trial;

/// What it costs to read the clock, which every thread does once a batch. Where the kernel has a
/// slow clock source this is microseconds instead of some 20 ns.
final class ClockCost {
  private static final int READINGS = 500;
  private static final long NANOS = 3_000_000;

  private ClockCost() {}

  /// Nanoseconds for one reading of `System.nanoTime`: the fastest of many short runs, so that
  /// neither the interpreter nor a busy machine makes it too high.
  static double nanosPerReading() {
    long begin = System.nanoTime();
    long best = Long.MAX_VALUE;
    long from = begin;
    do {
      long to = from;
      for (int i = 0; i < READINGS; i++) {
        to = System.nanoTime();
      }
      best = Math.min(best, to - from);
      from = to;
    } while (from - begin < NANOS);
    return (double) best / READINGS;
  }
}

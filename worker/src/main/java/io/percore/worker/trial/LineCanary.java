package io.percore.worker.trial;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.OptionalDouble;

/// How long a cache line takes from one processor to another and back at the moment: one thread
/// stores an odd number, the other answers with the next even one. It tells of what a chain of
/// additions ([Canary]) does not see: others that keep the interconnect busy, and a host that has
/// moved a processor to another core or socket.
///
/// | field | access | guard and ordering |
/// |---|---|---|
/// | `line[AT]` | acquire, release | written in turns: odd numbers by who asks, even ones by who answers. [#OVER] by either of them that has waited for too long; when the other overwrites that, it waits for too long itself |
///
/// No thread waits for longer than [#PATIENCE_NANOS] in all, whatever becomes of the other one.
final class LineCanary {
  private static final VarHandle LINE = MethodHandles.arrayElementVarHandle(long[].class);

  /// A line of its own, with two on either side: processors fetch them in pairs.
  private static final int AT = 16;

  private static final int LONGS = 33;

  private static final long OVER = -1;

  private static final int TRIPS = 50;

  private static final int PIECES = 101;

  /// Some 20,000 trips: enough for the highest tier of the compiler.
  private static final int WARM_UP_PIECES = 400;

  /// Some hundred times what all trips take.
  private static final long PATIENCE_NANOS = 200_000_000;

  private static final int SPINS_BETWEEN_CLOCKS = 4096;

  private final long[] line = new long[LONGS];

  /// Asks, while another thread is in [#answer]. Once.
  ///
  /// @return nanoseconds for the way to and fro in the median of some 100 pieces of the exchange,
  ///   which takes a few milliseconds; empty when the other thread did not answer in time
  OptionalDouble ask() {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    long[] nanos = new long[PIECES];
    long turn = 0;
    for (int piece = -WARM_UP_PIECES; piece < PIECES; piece++) {
      long from = System.nanoTime();
      if (!asked(turn, deadline)) {
        return OptionalDouble.empty();
      }
      if (piece >= 0) {
        nanos[piece] = System.nanoTime() - from;
      }
      turn += 2 * TRIPS;
    }
    Arrays.sort(nanos);
    return OptionalDouble.of((double) nanos[PIECES / 2] / TRIPS);
  }

  /// Answers until the other thread has asked for the last time, or for too long not at all.
  void answer() {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    long turn = 0;
    boolean goesOn = true;
    for (int piece = -WARM_UP_PIECES; piece < PIECES && goesOn; piece++) {
      goesOn = answered(turn, deadline);
      turn += 2 * TRIPS;
    }
  }

  private boolean asked(long turn, long deadline) {
    long last = turn + 2 * TRIPS;
    for (long next = turn; next < last; next += 2) {
      LINE.setRelease(line, AT, next + 1);
      if (!awaited(next + 2, deadline)) {
        return false;
      }
    }
    return true;
  }

  private boolean answered(long turn, long deadline) {
    long last = turn + 2 * TRIPS;
    for (long next = turn; next < last; next += 2) {
      if (!awaited(next + 1, deadline)) {
        return false;
      }
      LINE.setRelease(line, AT, next + 2);
    }
    return true;
  }

  /// Spins without a hint to the processor, which would pause for about as long as a trip takes.
  private boolean awaited(long value, long deadline) {
    while (true) {
      for (int i = 0; i < SPINS_BETWEEN_CLOCKS; i++) {
        long seen = (long) LINE.getAcquire(line, AT);
        if (seen == value) {
          return true;
        }
        if (seen == OVER) {
          return false;
        }
      }
      if (System.nanoTime() - deadline > 0) {
        LINE.setRelease(line, AT, OVER);
        return false;
      }
    }
  }
}

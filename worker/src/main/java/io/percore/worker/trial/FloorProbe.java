package io.percore.worker.trial;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Measures what one load and one store cost that depend on nothing: the fastest that anything
/// which counts could be. A workload that seems faster has been removed by the compiler. Used by
/// one thread at a time.
final class FloorProbe {
  private static final VarHandle SOURCE;
  private static final VarHandle TARGET;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      SOURCE = lookup.findVarHandle(FloorProbe.class, "source", long.class);
      TARGET = lookup.findVarHandle(FloorProbe.class, "target", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  // The compiler counts calls as well as repetitions: these are enough of both for its highest
  // tier.
  private static final int WARM_UP_CALLS = 6_000;
  private static final int WARM_UP_REPETITIONS = 20;

  private static final int REPETITIONS = 20_000;
  private static final long PATIENCE_NANOS = 10_000_000;
  private static final long MOST_NANOS = 100_000_000;

  /// No processor of today needs as long for a load and a store; the interpreter and the first
  /// compiler do.
  private static final long SURELY_COMPILED_NANOS = 2;

  /// Wait for a compiler that other processes keep from running.
  private static final long COMPILER_PATIENCE_NANOS = 2_000_000_000;

  private long source = 1;
  private long target;
  private long loaded;

  /// Gives the compiler enough to compile the probe; call it some time before [#nanosPerOperation].
  void prepare() {
    for (int i = 0; i < WARM_UP_CALLS; i++) {
      loaded += repeat(WARM_UP_REPETITIONS);
    }
  }

  /// Nanoseconds for one load and one store: the fastest of many short runs, until none has been
  /// faster for a while, so that neither compilation nor a busy machine makes the floor too high.
  double nanosPerOperation() {
    long begin = System.nanoTime();
    long bestAt = 0;
    long best = Long.MAX_VALUE;
    long elapsed;
    do {
      long from = System.nanoTime();
      loaded += repeat(REPETITIONS);
      long to = System.nanoTime();
      long nanos = to - from;
      elapsed = to - begin;
      if (nanos < best) {
        // A hair's breadth is no reason to go on.
        bestAt = nanos < best - best / 20 ? elapsed : bestAt;
        best = nanos;
      }
    } while (elapsed < Math.min(bestAt + PATIENCE_NANOS, MOST_NANOS)
        || (best > SURELY_COMPILED_NANOS * REPETITIONS && elapsed < COMPILER_PATIENCE_NANOS));
    if (loaded == 0) {
      throw new IllegalStateException("the floor's loads were not done");
    }
    return (double) best / REPETITIONS;
  }

  /// Loads and stores `count` times, which must be a multiple of four, and returns the sum of what
  /// was loaded: its use keeps the loads. Four sums, so that none of them has to wait for its last
  /// addition.
  private long repeat(int count) {
    long a = 0;
    long b = 0;
    long c = 0;
    long d = 0;
    for (int i = 0; i < count; i += 4) {
      a += (long) SOURCE.getOpaque(this);
      TARGET.setOpaque(this, a);
      b += (long) SOURCE.getOpaque(this);
      TARGET.setOpaque(this, b);
      c += (long) SOURCE.getOpaque(this);
      TARGET.setOpaque(this, c);
      d += (long) SOURCE.getOpaque(this);
      TARGET.setOpaque(this, d);
    }
    return a + b + c + d;
  }
}

package io.percore.worker.trial;

import java.util.Arrays;

/// How fast the calling thread's processor adds at the moment: a chain of additions each of which
/// needs the last one's result, about one for each tick of the clock. It uses no memory, and leaves
/// most of a core to the other thread of it, so that it tells of the clock and of what a host takes
/// unseen.
///
/// The chain is cut into pieces, and the median piece counts: an interruption spoils a few pieces
/// and is counted elsewhere, a lower clock slows them all.
final class Canary {
  // The compiler counts calls as well as additions: these are enough of both for its highest tier.
  private static final int WARM_UP_CALLS = 6_000;
  private static final int WARM_UP_ADDS = 40;

  /// Some 70 us at 3 GHz.
  private static final int ADDS = 200_000;

  private static final int PIECES = 101;

  /// The first compiler's code takes longer for an addition, and code of the highest tier only
  /// below 1.4 GHz.
  private static final double SURELY_COMPILED_NANOS = 0.7;

  /// Wait for a compiler that others keep from running, or for nothing at a low clock.
  private static final long COMPILER_PATIENCE_NANOS = 100_000_000;

  private long a = 1;
  private long b = 1;

  /// Gives the compiler enough to compile the chain, and waits until it has: until a piece is as
  /// fast as only compiled code is.
  private void compile() {
    for (int i = 0; i < WARM_UP_CALLS; i++) {
      add(WARM_UP_ADDS);
    }
    long begin = System.nanoTime();
    boolean compiled;
    do {
      compiled = pieceNanos() < SURELY_COMPILED_NANOS * ADDS;
    } while (!compiled && System.nanoTime() - begin < COMPILER_PATIENCE_NANOS);
  }

  /// Additions per second over the median of some 100 pieces, which take about 10 ms. Any number of
  /// threads may call it at once.
  static double addsPerSecond() {
    Canary canary = new Canary();
    canary.compile();
    return canary.timed();
  }

  private double timed() {
    long[] nanos = new long[PIECES];
    for (int i = 0; i < PIECES; i++) {
      nanos[i] = pieceNanos();
    }
    if (a == 0 && b == 0) {
      throw new IllegalStateException("the canary's additions were not done");
    }
    Arrays.sort(nanos);
    return ADDS * 1e9 / Math.max(1, nanos[PIECES / 2]);
  }

  private long pieceNanos() {
    long from = System.nanoTime();
    add(ADDS);
    return System.nanoTime() - from;
  }

  /// Adds `count` times, which must be even. Fibonacci's numbers have no shorter way that a
  /// compiler knows, and two in a row are never both zero.
  private void add(int count) {
    long x = a;
    long y = b;
    for (int i = 0; i < count; i += 2) {
      x += y;
      y += x;
    }
    a = x;
    b = y;
  }
}

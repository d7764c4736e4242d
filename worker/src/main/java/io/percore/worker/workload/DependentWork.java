package io.percore.worker.workload;

/// The work between two operations: steps of a 64-bit linear congruential generator, each of which
/// needs the one before, so that they can be neither left out nor run side by side. Multiplier and
/// increment are Knuth's (MMIX; The Art of Computer Programming, volume 2, 3.3.4), and the period
/// is 2^64.
public final class DependentWork {
  private static final long MULTIPLIER = 6_364_136_223_846_793_005L;
  private static final long INCREMENT = 1_442_695_040_888_963_407L;

  private DependentWork() {}

  /// The value after `count` steps from `value`, each of them done.
  static long run(long value, int count) {
    long x = value;
    for (int i = 0; i < count; i++) {
      x = x * MULTIPLIER + INCREMENT;
    }
    return x;
  }

  /// The value after `count` steps from `value`, in logarithmic time: a step is an affine map, and
  /// squaring it doubles the number of steps that it stands for (F. B. Brown, "Random number
  /// generation with arbitrary strides", 1994).
  ///
  /// @param count number of steps as an unsigned 64-bit number, so that a product modulo 2^64 is
  ///   right too
  public static long jump(long value, long count) {
    long factor = MULTIPLIER;
    long addend = INCREMENT;
    long x = value;
    for (long left = count; left != 0; left >>>= 1) {
      if ((left & 1) != 0) {
        x = x * factor + addend;
      }
      addend = (factor + 1) * addend;
      factor *= factor;
    }
    return x;
  }

  /// Where thread number `thread` of a trial with this seed begins. Neighbouring threads begin far
  /// apart.
  static long start(long seed, int thread) {
    return jump(seed, (thread + 1L) << 40);
  }
}

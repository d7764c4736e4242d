package io.percore.coordinator.plan;

/// What stays the same while parallelism grows.
public sealed interface Scaling {
  /// The time: as much work as fits into a window.
  record FixedTime() implements Scaling {}

  /// The work (strong scaling).
  ///
  /// @param operations total over all threads, at least 1
  record Strong(long operations) implements Scaling {
    public Strong {
      if (operations < 1) {
        throw new IllegalArgumentException("fixed work needs at least one operation");
      }
    }
  }

  /// The work of each thread, so that all of it grows with parallelism (weak scaling; J. L.
  /// Gustafson, CACM 31(5), 1988).
  ///
  /// @param operationsPerThread of each thread, 1 to [#MOST_OPERATIONS]
  record Weak(long operationsPerThread) implements Scaling {
    /// So many that the work of all threads still is a number of 64 bits.
    public static final long MOST_OPERATIONS = 100_000_000_000_000L;

    public Weak {
      if (operationsPerThread < 1 || operationsPerThread > MOST_OPERATIONS) {
        throw new IllegalArgumentException("the work of a thread is from 1 to 10^14 operations");
      }
    }
  }

  /// `FIXED_TIME`, `STRONG` or `WEAK`, as outputs name it.
  default String label() {
    return switch (this) {
      case FixedTime() -> "FIXED_TIME";
      case Strong _ -> "STRONG";
      case Weak _ -> "WEAK";
    };
  }

  /// Whether work is fixed, and its time is measured.
  default boolean fixesWork() {
    return switch (this) {
      case FixedTime() -> false;
      case Strong _, Weak _ -> true;
    };
  }

  /// Operations over all threads; 0 where they are what is measured.
  ///
  /// @param parallelism threads, at least 1
  default long operations(int parallelism) {
    return switch (this) {
      case FixedTime() -> 0;
      case Strong(long operations) -> operations;
      case Weak(long perThread) -> perThread * parallelism;
    };
  }
}

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

  /// `FIXED_TIME` or `STRONG`, as outputs name it.
  default String label() {
    return switch (this) {
      case FixedTime() -> "FIXED_TIME";
      case Strong _ -> "STRONG";
    };
  }
}

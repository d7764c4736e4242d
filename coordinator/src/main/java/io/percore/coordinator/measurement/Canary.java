package io.percore.coordinator.measurement;

import org.jspecify.annotations.Nullable;

/// What two known loops took on a process's processors when nothing was measured, on all its
/// threads at once. A chain of additions each of which needs the last one's result tells of a lower
/// clock, or of a host that takes what it does not account for; a cache line that goes from one
/// thread to its neighbour and back tells of what is between the processors. Pure.
///
/// @param beforePerSecond additions per second before warm-up, of the slowest thread
/// @param afterPerSecond the same after the run-out of the last round
/// @param tripBeforeNanos time of the line's way to and fro before warm-up, of the slowest pair of
///   threads; null when unknown, as in a process with one thread
/// @param tripAfterNanos the same after the run-out of the last round
public record Canary(
    double beforePerSecond,
    double afterPerSecond,
    @Nullable Double tripBeforeNanos,
    @Nullable Double tripAfterNanos) {
  /// One of which the line's way is unknown.
  public Canary(double beforePerSecond, double afterPerSecond) {
    this(beforePerSecond, afterPerSecond, null, null);
  }

  /// What was left of the speed after the trial; above 1 when it rose.
  public double ratio() {
    return afterPerSecond / beforePerSecond;
  }

  /// How much longer the line's way took after the trial than before it; below 1 when it took less
  /// time. Null when either is unknown.
  public @Nullable Double tripRatio() {
    return tripBeforeNanos == null || tripAfterNanos == null
        ? null
        : Double.valueOf(tripAfterNanos / tripBeforeNanos);
  }
}

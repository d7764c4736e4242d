package io.percore.coordinator.measurement;

/// How fast a process's processors added when nothing was measured: a chain of additions each of
/// which needs the last one's result, on all its threads at once. A lower rate tells of a lower
/// clock, or of a host that takes what it does not account for. Pure.
///
/// @param beforePerSecond additions per second before warm-up, of the slowest thread
/// @param afterPerSecond the same after the run-out of the last round
public record Canary(double beforePerSecond, double afterPerSecond) {
  /// What was left of the speed after the trial; above 1 when it rose.
  public double ratio() {
    return afterPerSecond / beforePerSecond;
  }
}

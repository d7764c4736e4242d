package io.percore.coordinator.measurement;

import org.jspecify.annotations.Nullable;

/// What one measured thread did in the scored window of a trial.
///
/// @param slot worker process, from 0
/// @param thread thread within the process, from 0
/// @param operations scored operations; interpolated at both edges of the window for fixed time
/// @param edgeErrorOperations bound on the error of that interpolation
/// @param startSkewNanos how late the thread passed T0
/// @param finishNanos when its last scored operation was done, from T0
/// @param cpuNanos CPU time used between passing T0 and stopping
/// @param elapsedNanos time between passing T0 and stopping
/// @param voluntarySwitches voluntary context switches in that time
/// @param involuntarySwitches involuntary context switches in that time
/// @param runQueueWaitNanos time spent runnable but not running
/// @param cpu processor that it stopped on, or -1 when unknown
/// @param migrations times that it was moved to another processor; null when unknown
public record ThreadSample(
    int slot,
    int thread,
    double operations,
    double edgeErrorOperations,
    long startSkewNanos,
    long finishNanos,
    long cpuNanos,
    long elapsedNanos,
    long voluntarySwitches,
    long involuntarySwitches,
    long runQueueWaitNanos,
    int cpu,
    @Nullable Long migrations) {
  /// A sample of which the migrations are unknown.
  public ThreadSample(
      int slot,
      int thread,
      double operations,
      double edgeErrorOperations,
      long startSkewNanos,
      long finishNanos,
      long cpuNanos,
      long elapsedNanos,
      long voluntarySwitches,
      long involuntarySwitches,
      long runQueueWaitNanos,
      int cpu) {
    this(
        slot,
        thread,
        operations,
        edgeErrorOperations,
        startSkewNanos,
        finishNanos,
        cpuNanos,
        elapsedNanos,
        voluntarySwitches,
        involuntarySwitches,
        runQueueWaitNanos,
        cpu,
        null);
  }
}

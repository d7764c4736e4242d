package io.percore.worker.trial;

/// What one thread did in one round. Usage covers the time from passing T0 to stopping; -1 stands
/// for "unknown".
///
/// @param thread number of the thread, from 0
/// @param operations scored operations: interpolated at the end of the window (fixed time), or all
///   (fixed work)
/// @param edgeErrorOperations bound on the error of that interpolation
/// @param startSkewNanos how late the thread passed T0. That is not its first operation: it may
///   have to wait for it
/// @param finishNanos when its last scored operation was done, from T0
/// @param cpuNanos CPU time
/// @param elapsedNanos time
/// @param voluntarySwitches voluntary context switches
/// @param involuntarySwitches involuntary context switches
/// @param runQueueWaitNanos time runnable but not running
/// @param migrations times that it was moved to another processor
/// @param cpu processor that it stopped on
public record ThreadSample(
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
    long migrations,
    int cpu) {}

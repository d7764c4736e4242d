package io.percore.worker.trial;

/// What two known loops take on a trial's processors while nothing is measured, on all measured
/// threads of the process at once.
///
/// @param addsPerSecond dependent additions per second, of the slowest thread ([Canary])
/// @param tripNanos time of a cache line to another thread and back, of the slowest pair of threads
///   ([LineCanary]); -1 when unknown, and with one thread, or more threads than processors
public record Canaries(double addsPerSecond, double tripNanos) {}

package io.percore.coordinator.plan;

/// Who shares one counted object and its lock.
public enum Sharing {
  /// All threads of a process.
  PROCESS,
  /// Nobody: each thread has its own.
  THREAD
}

package io.percore.worker.trial;

/// Who shares one counted object and its lock.
public enum Sharing {
  /// All threads of the process.
  PROCESS,
  /// Nobody: each thread has its own.
  THREAD
}

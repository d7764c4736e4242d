package io.percore.coordinator.launch;

import java.time.Duration;

/// A worker process that was started. Thread-safe.
public interface WorkerProcess {
  /// Process id on its host.
  long pid();

  /// Ends it at once and without its consent: a stopped JVM never sees a polite signal.
  void kill();

  /// Waits until it has ended.
  ///
  /// @return whether it has
  boolean awaitExit(Duration timeout) throws InterruptedException;

  /// The last lines that it wrote to standard error, at most 4 KiB.
  String stderrTail();
}

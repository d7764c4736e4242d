package io.percore.worker.session;

/// How a session ended.
public sealed interface SessionEnd {
  /// The coordinator accepted the results.
  record Completed() implements SessionEnd {}

  /// The coordinator would not work with this worker, or did not accept its result.
  ///
  /// @param reason as the coordinator gave it
  record Refused(String reason) implements SessionEnd {}

  /// The coordinator is gone.
  ///
  /// @param reason how that showed
  record CoordinatorGone(String reason) implements SessionEnd {}

  /// The trial failed, or the coordinator asked for what cannot be done. The coordinator was told.
  ///
  /// @param reason in one line
  record Failed(String reason) implements SessionEnd {}
}

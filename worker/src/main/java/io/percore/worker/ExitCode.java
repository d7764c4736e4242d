package io.percore.worker;

/// What the worker's exit codes say.
final class ExitCode {
  static final int OK = 0;

  /// The trial failed, or the worker itself.
  static final int FAILED = 1;

  /// Arguments, or the line with the secret.
  static final int USAGE = 2;

  /// The coordinator would not work with this worker.
  static final int REFUSED = 3;

  /// The coordinator is gone.
  static final int ORPHANED = 4;

  private ExitCode() {}
}

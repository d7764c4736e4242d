package io.percore.coordinator;

/// Exit codes of the command line. When several apply the order is VERIFICATION, ENVIRONMENT,
/// INCOMPLETE.
final class ExitCode {
  static final int OK = 0;
  static final int INTERNAL = 1;
  static final int USAGE = 2;
  static final int VERIFICATION = 3;
  static final int ENVIRONMENT = 4;
  static final int REGRESSION = 5;
  static final int INCOMPLETE = 6;
  static final int HUNG_UP = 129;
  static final int INTERRUPTED = 130;
  static final int TERMINATED = 143;

  private ExitCode() {}
}

package io.percore.coordinator;

/// Something that the user can put right. Its message is the one line that is printed; there is no
/// stack trace.
final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  /// @param exitCode one of {@link ExitCode}
  /// @param message what happened, where, what to do
  UserError(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /// @param exitCode one of {@link ExitCode}
  /// @param cause whose message was written for the user
  UserError(int exitCode, Throwable cause) {
    this(exitCode, String.valueOf(cause.getMessage()), cause);
  }

  UserError(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}

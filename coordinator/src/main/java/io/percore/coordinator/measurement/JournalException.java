package io.percore.coordinator.measurement;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;

/// A run directory that cannot be used, or a journal that cannot be written or read. The message is
/// one line for the user: what, where, what to do.
public final class JournalException extends IOException {
  private static final long serialVersionUID = 1L;

  public JournalException(String message) {
    super(message);
  }

  public JournalException(String message, Throwable cause) {
    super(message, cause);
  }

  /// That something failed, with the reason in words.
  ///
  /// @param what failed, such as `cannot write to FILE`
  /// @param after what else is to be said, or empty
  static JournalException because(String what, IOException cause, String after) {
    if (cause instanceof JournalException journal) {
      return journal;
    }
    String reason =
        switch (cause) {
          case AccessDeniedException _ -> "permission denied";
          case FileAlreadyExistsException exists -> exists.getFile() + " is in the way";
          default -> String.valueOf(cause.getMessage());
        };
    return new JournalException(what + ": " + reason + after, cause);
  }
}

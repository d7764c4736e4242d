package io.percore.coordinator.measurement;

import java.io.IOException;

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
}

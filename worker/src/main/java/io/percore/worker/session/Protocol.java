package io.percore.worker.session;

/// What both ends of a stream must agree on.
public final class Protocol {
  /// Another major version is refused by the coordinator.
  public static final int MAJOR = 1;

  /// A newer minor version only adds what may be ignored.
  public static final int MINOR = 4;

  /// Largest message in either direction, in bytes.
  public static final int MAXIMUM_MESSAGE_BYTES = 256 * 1024;

  private Protocol() {}
}

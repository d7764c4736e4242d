package io.percore.worker.session;

import io.grpc.Status;

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

  /// What the end of a stream stands for.
  static SessionEnd ofStream(Status status) {
    String description = status.getDescription();
    Throwable cause = status.getCause();
    String reason =
        (description == null ? status.getCode().name() : description)
            + (cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage());
    return switch (status.getCode()) {
      case OK -> new CoordinatorGone("it ended the stream");
      case PERMISSION_DENIED,
          UNAUTHENTICATED,
          FAILED_PRECONDITION,
          INVALID_ARGUMENT,
          RESOURCE_EXHAUSTED,
          UNIMPLEMENTED ->
          new Refused(reason);
      case CANCELLED,
          UNKNOWN,
          DEADLINE_EXCEEDED,
          NOT_FOUND,
          ALREADY_EXISTS,
          ABORTED,
          OUT_OF_RANGE,
          INTERNAL,
          UNAVAILABLE,
          DATA_LOSS ->
          new CoordinatorGone(reason);
    };
  }
}

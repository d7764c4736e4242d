package io.percore.worker.session;

import io.grpc.Status;
import io.percore.proto.CoordinatorMessage;
import io.percore.proto.Ready;

/// What the thread that owns a session is told.
sealed interface SessionEvent {
  record Received(CoordinatorMessage message) implements SessionEvent {}

  /// The last event of a stream.
  record StreamEnded(Status status) implements SessionEvent {}

  record WarmedUp(Ready ready) implements SessionEvent {}

  /// The work of a call is done.
  record CallOver(long number) implements SessionEvent {}

  record RoundOver(TrialExecution.RoundEnd end) implements SessionEvent {}

  record TrialFailed(Throwable cause) implements SessionEvent {}
}

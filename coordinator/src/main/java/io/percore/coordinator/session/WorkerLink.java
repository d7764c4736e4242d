package io.percore.coordinator.session;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.percore.proto.CoordinatorMessage;
import io.percore.proto.Refusal;
import io.percore.proto.SessionId;

/// The coordinator's end of one worker's stream. Only the thread that conducts the trial sends on
/// it; gRPC's own threads may close it.
final class WorkerLink {
  private static final int MAXIMUM_REASON = 1000;

  private final ServerCallStreamObserver<CoordinatorMessage> outbound;
  private final SessionId id;

  /// @param outbound the stream
  /// @param key carried by every message
  WorkerLink(ServerCallStreamObserver<CoordinatorMessage> outbound, SessionKey key) {
    this.outbound = outbound;
    this.id = Messages.id(key);
  }

  /// Sends a message, or nothing when the stream has ended: its end is an event of its own.
  void send(CoordinatorMessage.Builder message) {
    synchronized (outbound) {
      if (!outbound.isCancelled()) {
        outbound.onNext(message.setSession(id).build());
      }
    }
  }

  /// Ends the stream in order.
  void complete() {
    synchronized (outbound) {
      if (!outbound.isCancelled()) {
        outbound.onCompleted();
      }
    }
  }

  /// Tells a peer why it is not worked with, and ends the stream.
  static void refuse(ServerCallStreamObserver<CoordinatorMessage> outbound, String reason) {
    String bounded =
        reason.length() > MAXIMUM_REASON ? reason.substring(0, MAXIMUM_REASON) : reason;
    synchronized (outbound) {
      if (!outbound.isCancelled()) {
        outbound.onNext(
            CoordinatorMessage.newBuilder()
                .setRefusal(Refusal.newBuilder().setReason(bounded))
                .build());
        outbound.onError(Status.PERMISSION_DENIED.withDescription(bounded).asRuntimeException());
      }
    }
  }
}

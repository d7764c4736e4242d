package io.percore.coordinator.session;

import io.percore.coordinator.session.SessionEvent.Measured;
import io.percore.coordinator.session.SessionEvent.Ready;
import io.percore.coordinator.session.WorkerHost.Worker;
import org.jspecify.annotations.Nullable;

/// What the conducting thread knows of one worker of the current attempt. Confined to that thread.
final class WorkerState {
  /// How far a worker has come. The order is that of the conversation.
  enum Phase {
    LAUNCHED("starting up"),
    JOINED("warm-up"),
    CALLED("a call"),
    READY("waiting for the start"),
    ARMED("the window"),
    MEASURED("handing in its result"),
    ACKNOWLEDGED("its exit");

    private final String description;

    Phase(String description) {
      this.description = description;
    }

    /// For messages: `lost in the window`.
    String description() {
      return description;
    }
  }

  final SessionKey key;
  final Worker process;
  Phase phase = Phase.LAUNCHED;
  long lastHeardNanos;
  @Nullable WorkerLink link;
  @Nullable ClockIdentity clock;

  /// What its clock shows beyond the coordinator's, as the last start order assumed.
  long aheadNanos;

  @Nullable Ready ready;
  @Nullable Measured measured;

  WorkerState(SessionKey key, Worker process, long nowNanos) {
    this.key = key;
    this.process = process;
    this.lastHeardNanos = nowNanos;
  }

  void send(io.percore.proto.CoordinatorMessage.Builder message) {
    if (link != null) {
      link.send(message);
    }
  }
}

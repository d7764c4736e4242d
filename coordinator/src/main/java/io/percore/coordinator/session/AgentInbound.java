package io.percore.coordinator.session;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.percore.coordinator.session.AgentDesk.Admission;
import io.percore.coordinator.session.Strangers.Stranger;
import io.percore.proto.AgentHello;
import io.percore.proto.AgentMessage;
import io.percore.proto.AgentOrder;
import io.percore.proto.Refusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What somebody says who says to be an agent. gRPC calls it from one thread at a time.
final class AgentInbound implements StreamObserver<AgentMessage> {
  private final AgentDesk desk;
  private final Refusals refusals;
  private final ServerCallStreamObserver<AgentOrder> outbound;
  private final Stranger stranger;
  private @Nullable AgentLink agent;
  private boolean over;

  /// @param desk lets it in, or does not
  /// @param refusals told when it is not let in
  /// @param outbound the stream to it
  /// @param stranger that it is until its hello
  AgentInbound(
      AgentDesk desk,
      Refusals refusals,
      ServerCallStreamObserver<AgentOrder> outbound,
      Stranger stranger) {
    this.desk = desk;
    this.refusals = refusals;
    this.outbound = outbound;
    this.stranger = stranger;
  }

  @Override
  public void onNext(AgentMessage message) {
    if (over) {
      return;
    }
    AgentLink known = agent;
    if (known != null) {
      known.received(message);
    } else if (!stranger.isNoMore()) {
      over = true;
    } else if (message.hasHello()) {
      hello(message.getHello());
    } else {
      refuse("the first message was not a hello");
    }
    if (!over) {
      outbound.request(1);
    }
  }

  private void hello(AgentHello hello) {
    synchronized (outbound) {
      switch (desk.admit(hello, outbound)) {
        case Admission.LetIn(var accepted, var welcome) -> {
          agent = accepted;
          outbound.onNext(AgentOrder.newBuilder().setWelcome(welcome).build());
          Duration quiet = desk.quietLeft();
          if (quiet.isPositive()) {
            accepted.quiet(quiet);
          }
        }
        case Admission.Refused(var reason) -> refuse(reason);
      }
    }
  }

  private void refuse(String reason) {
    over = true;
    refusals.add("an agent", reason);
    synchronized (outbound) {
      if (!outbound.isCancelled()) {
        outbound.onNext(
            AgentOrder.newBuilder().setRefusal(Refusal.newBuilder().setReason(reason)).build());
        outbound.onError(Status.PERMISSION_DENIED.withDescription(reason).asRuntimeException());
      }
    }
  }

  @Override
  public void onError(Throwable t) {
    ended(Status.fromThrowable(t).getCode() + " " + t.getMessage());
  }

  @Override
  public void onCompleted() {
    if (agent == null && !over && stranger.isNoMore()) {
      refuse("it said no hello");
    }
    ended("it ended its stream");
  }

  /// The stream has ended.
  ///
  /// @param cause in a few words
  void ended(String cause) {
    if (over) {
      return;
    }
    over = true;
    AgentLink known = agent;
    if (known != null) {
      known.lose(cause);
    } else {
      var _ = stranger.isNoMore();
    }
  }
}

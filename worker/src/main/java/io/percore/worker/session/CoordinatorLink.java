package io.percore.worker.session;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.percore.proto.CoordinationGrpc;
import io.percore.proto.CoordinatorMessage;
import io.percore.proto.WorkerMessage;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The stream to the coordinator. Used by the thread that owns the session; what arrives goes into
/// its queue.
///
/// Inbound messages are asked for one by one, so the queue holds at most one of them. Everything
/// runs on one event-loop thread, without native transports: in a window that thread sleeps in its
/// selector, and loading epoll would only lengthen the start.
final class CoordinatorLink implements AutoCloseable {
  static {
    // Netty would start the flight recorder for its buffers' events: an eighth of a worker's start.
    System.setProperty("io.grpc.netty.shaded.io.netty.jfr.enabled", "false");
  }

  /// Time to end the connection in order; it takes a few milliseconds.
  private static final long GOODBYE_MILLIS = 100;

  private final BlockingQueue<SessionEvent> events;
  private final EventLoopGroup eventLoop;
  private final ManagedChannel channel;
  private final ClientCallStreamObserver<WorkerMessage> outbound;

  /// Begins to connect; failure to do so arrives as [SessionEvent.StreamEnded].
  CoordinatorLink(InetSocketAddress coordinator, BlockingQueue<SessionEvent> events) {
    this.events = events;
    this.eventLoop =
        new MultiThreadIoEventLoopGroup(
            1,
            Thread.ofPlatform().daemon().name("event-loop").factory(),
            NioIoHandler.newFactory());
    // No proxy, no service configuration, no retry: one connection to one address, or none.
    this.channel =
        NettyChannelBuilder.forAddress(coordinator)
            .eventLoopGroup(eventLoop)
            .channelType(NioSocketChannel.class)
            .directExecutor()
            .usePlaintext()
            .proxyDetector(_ -> null)
            .disableServiceConfigLookUp()
            .disableRetry()
            .maxInboundMessageSize(Protocol.MAXIMUM_MESSAGE_BYTES)
            .build();
    Inbound inbound = new Inbound();
    CoordinationGrpc.newStub(channel).join(inbound);
    this.outbound = inbound.call();
  }

  /// Sends a message. After the end of the stream it goes nowhere.
  void send(WorkerMessage message) {
    outbound.onNext(message);
  }

  /// Whether a message would be written at once. What can be left out is left out otherwise, so
  /// that a peer that does not read makes nothing pile up here.
  boolean isReady() {
    return outbound.isReady();
  }

  /// Asks for the next message.
  void requestNext() {
    outbound.request(1);
  }

  /// Says that nothing more will be sent.
  void complete() {
    outbound.onCompleted();
  }

  /// Ends the connection at once, without the quiet periods of gRPC's own way. It waits for the
  /// event-loop thread: a JVM that exits while a thread is in a native call waits 300 ms for it.
  @Override
  public void close() {
    channel.shutdownNow();
    eventLoop.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS).awaitUninterruptibly(GOODBYE_MILLIS);
  }

  private final class Inbound implements ClientResponseObserver<WorkerMessage, CoordinatorMessage> {
    /// Set by [#beforeStart] in the thread that opens the stream, before it can be used.
    private @Nullable ClientCallStreamObserver<WorkerMessage> call;

    ClientCallStreamObserver<WorkerMessage> call() {
      ClientCallStreamObserver<WorkerMessage> started = call;
      if (started == null) {
        throw new IllegalStateException("the stream was not opened");
      }
      return started;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WorkerMessage> requestStream) {
      requestStream.disableAutoRequestWithInitial(1);
      call = requestStream;
    }

    @Override
    public void onNext(CoordinatorMessage message) {
      events.add(new SessionEvent.Received(message));
    }

    @Override
    public void onError(Throwable thrown) {
      events.add(new SessionEvent.StreamEnded(Status.fromThrowable(thrown)));
    }

    @Override
    public void onCompleted() {
      events.add(new SessionEvent.StreamEnded(Status.OK));
    }
  }
}

package io.percore.worker.session;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import io.percore.proto.CoordinationGrpc;
import io.percore.proto.CoordinationGrpc.CoordinationStub;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The stream to the coordinator. Used by the thread that owns the session; what arrives is handed
/// on by the event-loop thread.
///
/// Inbound messages are asked for one by one, so at most one of them waits to be handled.
/// Everything runs on one event-loop thread, without native transports: in a window that thread
/// sleeps in its selector, and loading epoll would only lengthen the start.
///
/// @param <O> what is sent
/// @param <I> what arrives
public final class CoordinatorLink<O, I> implements AutoCloseable {
  static {
    // Netty would start the flight recorder for its buffers' events: an eighth of a worker's start.
    System.setProperty("io.grpc.netty.shaded.io.netty.jfr.enabled", "false");
  }

  /// Time to end the connection in order; it takes a few milliseconds.
  private static final long GOODBYE_MILLIS = 100;

  private final EventLoopGroup eventLoop;
  private final ManagedChannel channel;
  private final Inbound<O, I> inbound;
  private final ClientCallStreamObserver<O> outbound;

  /// Begins to connect; failure to do so arrives as the end of the stream.
  ///
  /// @param coordinator where it is
  /// @param open opens the stream of the service that is wanted
  /// @param received told of each message, on the event-loop thread: it may only hand it on
  /// @param ended told once of the end of the stream, on the same thread
  /// @throws IllegalArgumentException when the credentials cannot be read
  public CoordinatorLink(
      CoordinatorAddress coordinator,
      BiFunction<CoordinationStub, StreamObserver<I>, StreamObserver<O>> open,
      Consumer<I> received,
      Consumer<Status> ended) {
    this.eventLoop =
        new MultiThreadIoEventLoopGroup(
            1,
            Thread.ofPlatform().daemon().name("event-loop").factory(),
            NioIoHandler.newFactory());
    this.channel = channel(coordinator, eventLoop);
    this.inbound = new Inbound<>(received, ended);
    var _ = open.apply(CoordinationGrpc.newStub(channel), inbound);
    this.outbound = inbound.call();
  }

  /// No proxy, no service configuration, no retry: one connection to one address, or none.
  private static ManagedChannel channel(CoordinatorAddress coordinator, EventLoopGroup eventLoop) {
    ChannelCredentials credentials =
        coordinator.credentials().isPresent()
            ? coordinator.credentials().get().channel()
            : InsecureChannelCredentials.create();
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(coordinator.socket(), credentials)
            .eventLoopGroup(eventLoop)
            .channelType(NioSocketChannel.class)
            .directExecutor()
            .proxyDetector(_ -> null)
            .disableServiceConfigLookUp()
            .disableRetry()
            .maxInboundMessageSize(Protocol.MAXIMUM_MESSAGE_BYTES);
    if (coordinator.credentials().isPresent()) {
      builder.overrideAuthority(Credentials.COORDINATOR);
    }
    return builder.build();
  }

  /// Sends a message. After the end of the stream it goes nowhere. Any thread may send.
  public synchronized void send(O message) {
    outbound.onNext(message);
  }

  /// Whether a message would be written at once. What can be left out is left out otherwise, so
  /// that a peer that does not read makes nothing pile up here.
  public boolean isReady() {
    return outbound.isReady();
  }

  /// Whether a coordinator was there: what was sent first may have arrived.
  public boolean reached() {
    return inbound.reached;
  }

  /// Asks for the next message.
  public void requestNext() {
    outbound.request(1);
  }

  /// Says that nothing more will be sent.
  public synchronized void complete() {
    outbound.onCompleted();
  }

  /// Ends the connection at once, without the quiet periods of gRPC's own way. It waits for the
  /// event-loop thread: a JVM that exits while a thread is in a native call waits 300 ms for it.
  @Override
  public void close() {
    channel.shutdownNow();
    eventLoop.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS).awaitUninterruptibly(GOODBYE_MILLIS);
  }

  private static final class Inbound<O, I> implements ClientResponseObserver<O, I> {
    private final Consumer<I> received;
    private final Consumer<Status> ended;

    /// Set by [#beforeStart] in the thread that opens the stream, before it can be used.
    private @Nullable ClientCallStreamObserver<O> call;

    /// Set on the event-loop thread once there is a connection for the stream, read by any.
    private volatile boolean reached;

    Inbound(Consumer<I> received, Consumer<Status> ended) {
      this.received = received;
      this.ended = ended;
    }

    ClientCallStreamObserver<O> call() {
      ClientCallStreamObserver<O> started = call;
      if (started == null) {
        throw new IllegalStateException("the stream was not opened");
      }
      return started;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<O> requestStream) {
      requestStream.disableAutoRequestWithInitial(1);
      requestStream.setOnReadyHandler(() -> reached = true);
      call = requestStream;
    }

    @Override
    public void onNext(I message) {
      received.accept(message);
    }

    @Override
    public void onError(Throwable thrown) {
      ended.accept(Status.fromThrowable(thrown));
    }

    @Override
    public void onCompleted() {
      ended.accept(Status.OK);
    }
  }
}

package io.percore.coordinator.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.percore.coordinator.tls.RunAuthority;
import io.percore.proto.AgentHello;
import io.percore.proto.AgentMessage;
import io.percore.proto.AgentOrder;
import io.percore.proto.AgentOrder.PayloadCase;
import io.percore.proto.ClockReading;
import io.percore.proto.CoordinationGrpc;
import io.percore.proto.Cpu;
import io.percore.proto.Description;
import io.percore.proto.Heartbeat;
import io.percore.proto.Machine;
import io.percore.proto.ProtocolVersion;
import io.percore.proto.SessionId;
import io.percore.proto.WorkerExit;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// An agent that speaks the protocol over a real socket and starts nothing: it does what a test
/// tells it to. It answers questions for its clock by itself.
final class ScriptedAgent implements StreamObserver<AgentOrder>, AutoCloseable {
  static final String JAR = "jar";
  private static final long PATIENCE_SECONDS = 30;

  final List<AgentOrder> received = new CopyOnWriteArrayList<>();
  private final BlockingQueue<AgentOrder> unread = new LinkedBlockingQueue<>();
  private final CompletableFuture<Status> end = new CompletableFuture<>();
  private final ManagedChannel channel;
  private final StreamObserver<AgentMessage> outbound;

  /// What its clock shows beyond that of this JVM.
  volatile long aheadNanos;

  volatile boolean answersForItsClock = true;

  /// Dials in over a connection that others may have used, and says nothing.
  ScriptedAgent(ManagedChannel channel) {
    this.channel = channel;
    outbound = CoordinationGrpc.newStub(channel).attend(this);
  }

  static ManagedChannel channel(SessionServer server, ChannelCredentials credentials) {
    return NettyChannelBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), credentials)
        .overrideAuthority(RunAuthority.COORDINATOR)
        .disableRetry()
        .build();
  }

  /// Dials in over a stream that is not protected, and says nothing.
  static ScriptedAgent dial(SessionServer server) {
    return dial(server, InsecureChannelCredentials.create());
  }

  static ScriptedAgent dial(SessionServer server, ChannelCredentials credentials) {
    return new ScriptedAgent(channel(server, credentials));
  }

  static AgentHello.Builder hello(String token) {
    ClockIdentity clock = ClockIdentity.own();
    return AgentHello.newBuilder()
        .setVersion(
            ProtocolVersion.newBuilder()
                .setMajor(SessionServer.MAJOR)
                .setMinor(SessionServer.MINOR))
        .setToken(ByteString.copyFrom(HexFormat.of().parseHex(token)))
        .setJarSha256(JAR)
        .setDescription(
            Description.newBuilder()
                .setMachine(
                    Machine.newBuilder()
                        .setHostName("host-of-the-test")
                        .addCpus(Cpu.getDefaultInstance())
                        .setBootId(clock.bootId())
                        .setTimeNamespace(clock.timeNamespace())));
  }

  ScriptedAgent say(AgentHello.Builder hello) {
    send(AgentMessage.newBuilder().setHello(hello));
    return this;
  }

  /// Says hello as it should be.
  ScriptedAgent join(String token) {
    return say(hello(token));
  }

  void send(AgentMessage.Builder message) {
    synchronized (outbound) {
      outbound.onNext(message.build());
    }
  }

  void heartbeat() {
    send(AgentMessage.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));
  }

  void exited(SessionId session, int code, String tail) {
    send(
        AgentMessage.newBuilder()
            .setExit(
                WorkerExit.newBuilder().setSession(session).setCode(code).setStderrTail(tail)));
  }

  void complete() {
    synchronized (outbound) {
      outbound.onCompleted();
    }
  }

  /// The next order that is no heartbeat and no question for the clock.
  AgentOrder expect(PayloadCase kind) throws InterruptedException {
    AgentOrder order = unread.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(order).as("an order, waiting for %s; received %s", kind, received).isNotNull();
    assertThat(order.getPayloadCase()).isEqualTo(kind);
    return order;
  }

  /// How its stream ended.
  Status end() throws Exception {
    return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  boolean over() {
    return end.isDone();
  }

  long heartbeats() {
    return received.stream().filter(AgentOrder::hasHeartbeat).count();
  }

  @Override
  public void onNext(AgentOrder order) {
    received.add(order);
    switch (order.getPayloadCase()) {
      case CLOCK -> {
        if (answersForItsClock) {
          send(
              AgentMessage.newBuilder()
                  .setClock(
                      ClockReading.newBuilder()
                          .setNumber(order.getClock().getNumber())
                          .setNanos(System.nanoTime() + aheadNanos)));
        }
      }
      case HEARTBEAT -> {}
      case WELCOME, LAUNCH, KILL, QUIET, REFUSAL, PAYLOAD_NOT_SET -> unread.add(order);
    }
  }

  @Override
  public void onError(Throwable t) {
    end.complete(Status.fromThrowable(t));
  }

  @Override
  public void onCompleted() {
    end.complete(Status.OK);
  }

  /// Drops the connection, as a process that was killed does.
  @Override
  public void close() {
    channel.shutdownNow();
  }
}

package io.percore.worker.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.percore.proto.Call;
import io.percore.proto.CoordinationGrpc;
import io.percore.proto.CoordinatorMessage;
import io.percore.proto.Heartbeat;
import io.percore.proto.Prepare;
import io.percore.proto.Refusal;
import io.percore.proto.ResultAck;
import io.percore.proto.SessionId;
import io.percore.proto.Start;
import io.percore.proto.WorkerMessage;
import io.percore.proto.WorkerMessage.PayloadCase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A coordinator on a real port that says what a test tells it to, and keeps what it hears.
public final class ScriptedCoordinator implements AutoCloseable {
  /// The session that it expects.
  public static final SessionId ID =
      SessionId.newBuilder().setRun("run-1").setTrial(3).setAttempt(1).setSlot(0).build();

  private static final long PATIENCE_SECONDS = 60;

  /// gRPC tells at length of the streams that these tests break. Held here, because a logger that
  /// nobody holds loses its level.
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  static {
    GRPC.setLevel(Level.WARNING);
  }

  /// A message and when it arrived.
  public record Heard(long nanos, WorkerMessage message) {}

  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final BlockingQueue<WorkerMessage> unread = new LinkedBlockingQueue<>();
  private final CompletableFuture<StreamObserver<CoordinatorMessage>> outbound =
      new CompletableFuture<>();
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private final Server server;
  private volatile boolean answersCompletion = true;

  public ScriptedCoordinator() throws IOException {
    this.server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor()
            .addService(
                new CoordinationGrpc.CoordinationImplBase() {
                  @Override
                  public StreamObserver<WorkerMessage> join(
                      StreamObserver<CoordinatorMessage> responses) {
                    outbound.complete(responses);
                    return new Inbound();
                  }
                })
            .build()
            .start();
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
  }

  /// Everything that was heard, heartbeats too.
  public List<Heard> heard() {
    return heard;
  }

  /// The next message that is not a heartbeat, which must be of this kind.
  public WorkerMessage expect(PayloadCase kind) throws InterruptedException {
    WorkerMessage message = unread.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(message).as("a message, waiting for %s; heard %s", kind, heard).isNotNull();
    assertThat(message.getPayloadCase()).as("%s", message).isEqualTo(kind);
    assertThat(message.getSession()).isEqualTo(ID);
    return message;
  }

  /// How the worker ended its stream: "completed", or an error.
  public String expectEnd() throws Exception {
    return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  public boolean hasUnread() {
    return !unread.isEmpty();
  }

  public void send(CoordinatorMessage.Builder message) {
    sendRaw(message.setSession(ID));
  }

  public void sendRaw(CoordinatorMessage.Builder message) {
    StreamObserver<CoordinatorMessage> stream = stream();
    synchronized (stream) {
      stream.onNext(message.build());
    }
  }

  public void prepare(Prepare.Builder order) {
    send(CoordinatorMessage.newBuilder().setPrepare(order));
  }

  public void call(long number, long operations) {
    send(
        CoordinatorMessage.newBuilder()
            .setCall(Call.newBuilder().setNumber(number).setOperations(operations)));
  }

  public void heartbeat() {
    send(CoordinatorMessage.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));
  }

  public void acknowledge(String rejectedReason) {
    send(
        CoordinatorMessage.newBuilder()
            .setResultAck(ResultAck.newBuilder().setRejectedReason(rejectedReason)));
  }

  public void refuse(String reason) {
    sendRaw(CoordinatorMessage.newBuilder().setRefusal(Refusal.newBuilder().setReason(reason)));
    fail(Status.PERMISSION_DENIED.withDescription(reason));
  }

  /// Orders a round of `window`, beginning `lead` from now.
  public Start start(int round, Duration lead, Duration window) {
    long t0 = System.nanoTime() + lead.toNanos();
    Start order =
        Start.newBuilder()
            .setRound(round)
            .setT0Nanos(t0)
            .setT1Nanos(t0 + window.toNanos())
            .setT2Nanos(t0 + window.toNanos() + 1_000_000)
            .build();
    send(CoordinatorMessage.newBuilder().setStart(order));
    return order;
  }

  /// Sends heartbeats from now on, as a real coordinator does outside of windows.
  public void keepAlive() {
    var _ =
        heart.scheduleAtFixedRate(
            () -> {
              if (outbound.isDone()) {
                heartbeat();
              }
            },
            0,
            200,
            TimeUnit.MILLISECONDS);
  }

  /// From now on the end of the worker's side does not end this one.
  public void keepOpen() {
    answersCompletion = false;
  }

  public void fail(Status status) {
    StreamObserver<CoordinatorMessage> stream = stream();
    synchronized (stream) {
      stream.onError(status.asRuntimeException());
    }
  }

  public void complete() {
    StreamObserver<CoordinatorMessage> stream = stream();
    synchronized (stream) {
      stream.onCompleted();
    }
  }

  @Override
  public void close() {
    heart.shutdownNow();
    server.shutdownNow();
  }

  private StreamObserver<CoordinatorMessage> stream() {
    return outbound.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  private final class Inbound implements StreamObserver<WorkerMessage> {
    @Override
    public void onNext(WorkerMessage message) {
      heard.add(new Heard(System.nanoTime(), message));
      if (!message.hasHeartbeat()) {
        unread.add(message);
      }
    }

    @Override
    public void onError(Throwable thrown) {
      end.complete(thrown.toString());
    }

    @Override
    public void onCompleted() {
      end.complete("completed");
      if (answersCompletion) {
        ScriptedCoordinator.this.complete();
      }
    }
  }
}

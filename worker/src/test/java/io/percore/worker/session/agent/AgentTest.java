package io.percore.worker.session.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.percore.proto.AgentHello;
import io.percore.proto.AgentMessage;
import io.percore.proto.AgentMessage.PayloadCase;
import io.percore.proto.AgentOrder;
import io.percore.proto.ClockQuestion;
import io.percore.proto.CoordinationGrpc;
import io.percore.proto.Kill;
import io.percore.proto.Launch;
import io.percore.proto.Quiet;
import io.percore.proto.Refusal;
import io.percore.proto.SessionId;
import io.percore.proto.WorkerExit;
import io.percore.worker.platform.MachineFacts;
import io.percore.worker.session.CoordinatorAddress;
import io.percore.worker.session.Introduction;
import io.percore.worker.session.JoinRequest;
import io.percore.worker.session.Protocol;
import io.percore.worker.session.Secret;
import io.percore.worker.session.SessionEnd;
import io.percore.worker.session.SessionTimings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// An agent whose workers are shell scripts, with a coordinator that says what a test tells it to.
@Timeout(60)
class AgentTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String TOKEN = "0123456789abcdef".repeat(4);
  private static final ByteString SECRET = ByteString.copyFrom(new byte[32]);
  private static final SessionId WORKER =
      SessionId.newBuilder().setRun("run").setTrial(4).setAttempt(1).setSlot(2).build();

  private static final SessionTimings PATIENT =
      new SessionTimings(
          Duration.ofMillis(50), PATIENCE, PATIENCE, Duration.ofSeconds(1), PATIENCE);

  private static final SessionTimings HASTY =
      new SessionTimings(
          Duration.ofMillis(50),
          Duration.ofMillis(400),
          Duration.ofMillis(400),
          PATIENCE,
          Duration.ofMillis(100));

  private final List<AgentMessage> heard = new CopyOnWriteArrayList<>();
  private final BlockingQueue<AgentMessage> unread = new LinkedBlockingQueue<>();
  private final CompletableFuture<StreamObserver<AgentOrder>> orders = new CompletableFuture<>();
  private final CompletableFuture<SessionEnd> end = new CompletableFuture<>();
  private final List<JoinRequest> requests = new CopyOnWriteArrayList<>();
  private final Server server;

  /// What a worker does instead of joining.
  private volatile String script = "cat > /dev/null";

  AgentTest() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor()
            .addService(
                new CoordinationGrpc.CoordinationImplBase() {
                  @Override
                  public StreamObserver<AgentMessage> attend(StreamObserver<AgentOrder> responses) {
                    orders.complete(responses);
                    return new Inbound();
                  }
                })
            .build()
            .start();
  }

  private final class Inbound implements StreamObserver<AgentMessage> {
    @Override
    public void onNext(AgentMessage message) {
      heard.add(message);
      if (!message.hasHeartbeat()) {
        unread.add(message);
      }
    }

    @Override
    public void onError(Throwable thrown) {}

    @Override
    public void onCompleted() {}
  }

  @AfterEach
  void close() {
    server.shutdownNow();
  }

  private AgentHello join(SessionTimings timings) throws Exception {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
    AgentHello hello =
        new Introduction(77, "cafe", MachineFacts.read())
            .agentHello(Secret.ofHex(TOKEN).orElseThrow(), Secret.random(), 1);
    Thread.ofPlatform()
        .daemon()
        .name("agent")
        .start(
            () -> {
              try (Agent agent =
                  new Agent(
                      new CoordinatorAddress(address, Optional.empty(), false),
                      hello,
                      this::command,
                      timings)) {
                end.complete(agent.run());
              } catch (InterruptedException | RuntimeException failure) {
                end.completeExceptionally(failure);
              }
            });
    return expect(PayloadCase.HELLO).getHello();
  }

  private List<String> command(JoinRequest request, List<String> jvmArguments) {
    requests.add(request);
    return List.of("/bin/sh", "-c", script, "worker", String.join(" ", jvmArguments));
  }

  private AgentMessage expect(PayloadCase kind) throws InterruptedException {
    AgentMessage message = unread.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(message).as("a message, waiting for %s; heard %s", kind, heard).isNotNull();
    assertThat(message.getPayloadCase()).isEqualTo(kind);
    return message;
  }

  private SessionEnd end() throws Exception {
    return end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private void order(AgentOrder.Builder order) {
    orders.join().onNext(order.build());
  }

  private void launch(String instead) {
    script = instead;
    order(
        AgentOrder.newBuilder()
            .setLaunch(
                Launch.newBuilder()
                    .setSession(WORKER)
                    .setSecret(SECRET)
                    .addJvmArguments("-Xone")
                    .addJvmArguments("-Xtwo")));
  }

  private WorkerExit exit() throws InterruptedException {
    WorkerExit exit = expect(PayloadCase.EXIT).getExit();
    assertThat(exit.getSession()).isEqualTo(WORKER);
    return exit;
  }

  private long heartbeats() {
    return heard.stream().filter(AgentMessage::hasHeartbeat).count();
  }

  @Test
  void saysWhoItIs() throws Exception {
    AgentHello hello = join(PATIENT);
    assertThat(hello.getVersion().getMajor()).isEqualTo(Protocol.MAJOR);
    assertThat(hello.getToken().size()).isEqualTo(32);
    assertThat(hello.getJarSha256()).isEqualTo("cafe");
    assertThat(hello.getDescription().getMachine().getCpusList()).isNotEmpty();
    assertThat(hello.getDescription().getCatalogue().getDisciplinesList()).isNotEmpty();
  }

  @Test
  void startsAWorkerAndTellsItsEnd() throws Exception {
    join(PATIENT);
    launch("read secret; echo \"got $secret with $1\" >&2; exit 7");
    WorkerExit exit = exit();
    assertThat(exit.getCode()).isEqualTo(7);
    assertThat(exit.getStderrTail()).isEqualTo("got " + "0".repeat(64) + " with -Xone -Xtwo");
    assertThat(requests)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.run()).isEqualTo("run");
              assertThat(request.trial()).isEqualTo(4);
              assertThat(request.slot()).isEqualTo(2);
            });
    // Its place is free again.
    launch("exit 0");
    assertThat(exit().getCode()).isZero();
  }

  @Test
  void killsAWorkerThatIsStoppedAndIgnoresPoliteSignals() throws Exception {
    join(PATIENT);
    launch("trap '' TERM; kill -STOP $$; cat");
    order(AgentOrder.newBuilder().setKill(Kill.newBuilder().setSession(WORKER)));
    assertThat(exit().getCode()).isEqualTo(137);
    order(AgentOrder.newBuilder().setKill(Kill.newBuilder().setSession(WORKER)));
    launch("exit 0");
    assertThat(exit().getCode()).isZero();
  }

  @Test
  void aProgramThatCannotBeStartedIsAnEndToo() throws Exception {
    join(PATIENT);
    order(
        AgentOrder.newBuilder()
            .setLaunch(
                Launch.newBuilder().setSession(WORKER).setSecret(ByteString.copyFromUtf8("x"))));
    WorkerExit exit = exit();
    assertThat(exit.getCode()).isEqualTo(-1);
    assertThat(exit.getStderrTail()).contains("no secret");
  }

  /// Its process id is the proof: it says it, and must be gone afterwards.
  private ProcessHandle running() throws Exception {
    java.nio.file.Path file = java.nio.file.Files.createTempFile("agent", ".pid");
    launch("echo $$ > " + file + "; cat > /dev/null");
    String pid =
        await()
            .atMost(PATIENCE)
            .until(() -> java.nio.file.Files.readString(file).strip(), text -> !text.isEmpty());
    java.nio.file.Files.delete(file);
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  @Test
  void theEndOfTheStreamIsTheEndOfItAndItsWorkers() throws Exception {
    join(PATIENT);
    ProcessHandle worker = running();
    orders.join().onCompleted();
    assertThat(end()).isEqualTo(new SessionEnd.Completed());
    await().atMost(PATIENCE).until(() -> !worker.isAlive());
  }

  @Test
  void aStreamThatBreaksIsTheEndOfItAndItsWorkersToo() throws Exception {
    join(PATIENT);
    ProcessHandle worker = running();
    server.shutdownNow();
    assertThat(end()).isInstanceOf(SessionEnd.CoordinatorGone.class);
    await().atMost(PATIENCE).until(() -> !worker.isAlive());
  }

  @Test
  void aSilentCoordinatorIsGone() throws Exception {
    join(HASTY);
    assertThat(end())
        .isInstanceOfSatisfying(
            SessionEnd.CoordinatorGone.class,
            gone -> assertThat(gone.reason()).contains("nothing heard"));
    assertThat(heartbeats()).isPositive();
  }

  @Test
  void silenceThatWasAgreedUponIsKeptAndNoLoss() throws Exception {
    join(HASTY);
    order(
        AgentOrder.newBuilder()
            .setQuiet(Quiet.newBuilder().setNanos(Duration.ofMillis(1500).toNanos())));
    order(AgentOrder.newBuilder().setQuiet(Quiet.newBuilder().setNanos(PATIENCE.toNanos())));
    long before = heartbeats();
    await().pollDelay(HASTY.lease().multipliedBy(3)).atMost(PATIENCE).until(() -> true);
    // One may have been on its way.
    assertThat(heartbeats()).isLessThanOrEqualTo(before + 1);
    assertThat(end).isNotDone();
    order(AgentOrder.newBuilder().setClock(ClockQuestion.newBuilder().setNumber(1)));
    expect(PayloadCase.CLOCK);
    await().atMost(PATIENCE).until(() -> heartbeats() > before + 1);
  }

  @Test
  void saysWhatItsClockShows() throws Exception {
    join(PATIENT);
    long before = System.nanoTime();
    order(AgentOrder.newBuilder().setClock(ClockQuestion.newBuilder().setNumber(9)));
    var reading = expect(PayloadCase.CLOCK).getClock();
    assertThat(reading.getNumber()).isEqualTo(9);
    assertThat(reading.getNanos() - before).isBetween(0L, System.nanoTime() - before);
  }

  @Test
  void aRefusalIsTold() throws Exception {
    join(PATIENT);
    order(AgentOrder.newBuilder().setRefusal(Refusal.newBuilder().setReason("unknown token")));
    orders.join().onError(Status.PERMISSION_DENIED.asRuntimeException());
    assertThat(end()).isEqualTo(new SessionEnd.Refused("unknown token"));
  }
}

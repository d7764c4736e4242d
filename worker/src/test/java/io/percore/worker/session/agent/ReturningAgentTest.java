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
import io.percore.proto.AgentOrder;
import io.percore.proto.CoordinationGrpc;
import io.percore.proto.Launch;
import io.percore.proto.Refusal;
import io.percore.proto.SessionId;
import io.percore.proto.Welcome;
import io.percore.worker.platform.MachineFacts;
import io.percore.worker.session.CoordinatorAddress;
import io.percore.worker.session.Introduction;
import io.percore.worker.session.Secret;
import io.percore.worker.session.SessionEnd;
import io.percore.worker.session.SessionTimings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An agent whose sessions a coordinator breaks off as a test tells it to.
@Timeout(60)
class ReturningAgentTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final String TOKEN = "0123456789abcdef".repeat(4);
  private static final ByteString NEXT = ByteString.copyFrom(new byte[32]);
  private static final SessionId WORKER =
      SessionId.newBuilder().setRun("run").setTrial(4).setAttempt(1).setSlot(2).build();
  private static final Redial HASTY =
      new Redial(
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofMillis(1),
          Duration.ofMillis(20));

  @TempDir private Path directory;
  private final BlockingQueue<Session> sessions = new LinkedBlockingQueue<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final CompletableFuture<SessionEnd> end = new CompletableFuture<>();
  private Server server;

  /// A stream whose agent has said hello.
  ///
  /// @param hello in its words
  /// @param orders to it
  private record Session(AgentHello hello, StreamObserver<AgentOrder> orders) {
    ByteString token() {
      return hello.getToken();
    }

    void welcome(ByteString next, Duration patience) {
      orders.onNext(
          AgentOrder.newBuilder()
              .setWelcome(
                  Welcome.newBuilder().setReturnToken(next).setReturnNanos(patience.toNanos()))
              .build());
    }

    void breakOff() {
      orders.onError(Status.UNAVAILABLE.withDescription("broken off").asRuntimeException());
    }
  }

  @BeforeEach
  void begin() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor()
            .addService(
                new CoordinationGrpc.CoordinationImplBase() {
                  @Override
                  public StreamObserver<AgentMessage> attend(StreamObserver<AgentOrder> orders) {
                    return new Inbound(orders);
                  }
                })
            .build()
            .start();
    ReturningAgent agent = agent(server.getPort());
    Thread.ofPlatform()
        .daemon()
        .name("agent")
        .start(
            () -> {
              try {
                end.complete(agent.run());
              } catch (InterruptedException | RuntimeException failure) {
                end.completeExceptionally(failure);
              }
            });
  }

  private ReturningAgent agent(int port) {
    return new ReturningAgent(
        new CoordinatorAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Optional.empty(), false),
        new Introduction(77, "cafe", MachineFacts.read()),
        Secret.ofHex(TOKEN).orElseThrow(),
        (_, _) -> List.of("/bin/sh", "-c", "echo $$ > " + pidFile() + "; cat > /dev/null"),
        SessionTimings.STANDARD,
        HASTY,
        told::add);
  }

  private final class Inbound implements StreamObserver<AgentMessage> {
    private final StreamObserver<AgentOrder> orders;

    Inbound(StreamObserver<AgentOrder> orders) {
      this.orders = orders;
    }

    @Override
    public void onNext(AgentMessage message) {
      if (message.hasHello()) {
        sessions.add(new Session(message.getHello(), orders));
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

  private Path pidFile() {
    return directory.resolve("pid");
  }

  private Session session() throws InterruptedException {
    Session session = sessions.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(session).as("a session; told %s", told).isNotNull();
    return session;
  }

  private SessionEnd end() throws Exception {
    return end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private ProcessHandle worker(Session session) {
    session
        .orders()
        .onNext(
            AgentOrder.newBuilder()
                .setLaunch(Launch.newBuilder().setSession(WORKER).setSecret(NEXT))
                .build());
    String pid =
        await()
            .atMost(PATIENCE)
            .until(
                () -> Files.exists(pidFile()) ? Files.readString(pidFile()).strip() : "",
                text -> !text.isEmpty());
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  @Test
  void comesBackWithoutItsWorkersByTheTokenThatItWasHanded() throws Exception {
    Session first = session();
    first.welcome(NEXT, LONG);
    ProcessHandle worker = worker(first);
    first.breakOff();
    Session second = session();
    assertThat(worker.isAlive()).isFalse();
    assertThat(second.token()).isEqualTo(NEXT);
    second.welcome(NEXT, LONG);
    second.orders().onCompleted();
    assertThat(end()).isEqualTo(new SessionEnd.Completed());
    assertThat(told)
        .containsExactly(
            "the connection to the coordinator is lost: broken off; dialling again for up to"
                + " 600 s");
  }

  @Test
  void dialsAgainWhileItIsNotLetIn() throws Exception {
    Session first = session();
    first.welcome(NEXT, LONG);
    first.breakOff();
    for (int i = 0; i < 3; i++) {
      Session refused = session();
      assertThat(refused.token()).isEqualTo(NEXT);
      refused.breakOff();
    }
    Session last = session();
    last.welcome(NEXT, LONG);
    last.orders().onCompleted();
    assertThat(end()).isEqualTo(new SessionEnd.Completed());
    assertThat(told).hasSize(1);
  }

  @Test
  void withoutATokenTheEndIsTheEnd() throws Exception {
    Session only = session();
    only.welcome(ByteString.EMPTY, LONG);
    only.breakOff();
    assertThat(end()).isEqualTo(new SessionEnd.CoordinatorGone("broken off"));
    assertThat(told).isEmpty();
  }

  /// The welcome may have been on its way.
  @Test
  void whoHeardNothingShowsTheSameTokenAgainAndSaysThatItIsTheSame() throws Exception {
    Session first = session();
    first.breakOff();
    Session second = session();
    assertThat(second.token()).isEqualTo(first.token());
    assertThat(second.hello().getClaim()).isEqualTo(first.hello().getClaim());
    assertThat(second.hello().getClaim().size()).isEqualTo(32);
    assertThat(second.hello().getDial()).isGreaterThan(first.hello().getDial());
    second.welcome(NEXT, LONG);
    second.breakOff();
    Session third = session();
    assertThat(third.token()).isEqualTo(NEXT);
    third.orders().onCompleted();
    assertThat(end()).isEqualTo(new SessionEnd.Completed());
    assertThat(told).hasSize(2);
  }

  @Test
  void patienceWithACoordinatorThatNeverAnswersHasAnEnd() throws Exception {
    while (!end.isDone()) {
      Session session = sessions.poll(10, TimeUnit.MILLISECONDS);
      if (session != null) {
        session.breakOff();
      }
    }
    assertThat(end()).isInstanceOf(SessionEnd.CoordinatorGone.class);
    assertThat(told).hasSize(1);
  }

  @Test
  void whereNothingEverListenedNobodyDialsAgain() throws Exception {
    session().orders().onCompleted();
    assertThat(end()).isEqualTo(new SessionEnd.Completed());
    int port = server.getPort();
    server.shutdownNow().awaitTermination();
    assertThat(agent(port).run()).isInstanceOf(SessionEnd.CoordinatorGone.class);
    assertThat(told).isEmpty();
  }

  @Test
  void aRefusalIsFinal() throws Exception {
    Session first = session();
    first.welcome(NEXT, LONG);
    first.breakOff();
    session()
        .orders()
        .onNext(AgentOrder.newBuilder().setRefusal(Refusal.newBuilder().setReason("no")).build());
    assertThat(end()).isEqualTo(new SessionEnd.Refused("no"));
  }

  @Test
  void patienceHasAnEnd() throws Exception {
    Session first = session();
    first.welcome(NEXT, Duration.ofMillis(1));
    first.breakOff();
    session().breakOff();
    assertThat(end()).isInstanceOf(SessionEnd.CoordinatorGone.class);
  }

  @Test
  void whereNothingListensPatienceIsShort() throws Exception {
    session().welcome(NEXT, LONG);
    server.shutdownNow();
    assertThat(end()).isInstanceOf(SessionEnd.CoordinatorGone.class);
  }

  @Test
  void pausesGrowToTheLongestAndDifferByChance() {
    Redial redial = Redial.STANDARD;
    assertThat(redial.pause(0, 0)).isEqualTo(Duration.ofMillis(50));
    assertThat(redial.pause(0, 0.5)).isEqualTo(Duration.ofMillis(100));
    assertThat(redial.pause(1, 0.5)).isEqualTo(Duration.ofMillis(200));
    assertThat(redial.pause(5, 0.5)).isEqualTo(Duration.ofMillis(3200));
    assertThat(redial.pause(6, 0.5)).isEqualTo(Duration.ofSeconds(5));
    assertThat(redial.pause(1_000, 0.999)).isLessThan(Duration.ofMillis(7500));
  }
}

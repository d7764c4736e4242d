package io.percore.worker.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.percore.proto.CoordinatorMessage;
import io.percore.proto.Failure;
import io.percore.proto.Heartbeat;
import io.percore.proto.Hello;
import io.percore.proto.Missed;
import io.percore.proto.Prepare;
import io.percore.proto.ProcessSample;
import io.percore.proto.ProtocolVersion;
import io.percore.proto.Start;
import io.percore.proto.WorkerMessage;
import io.percore.proto.WorkerMessage.PayloadCase;
import io.percore.worker.platform.MachineFacts;
import io.percore.worker.session.ScriptedCoordinator.Heard;
import io.percore.worker.session.SessionEnd.Completed;
import io.percore.worker.session.SessionEnd.CoordinatorGone;
import io.percore.worker.session.SessionEnd.Failed;
import io.percore.worker.session.SessionEnd.Refused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerSessionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SOON = Duration.ofMillis(300);
  private static final Duration SHORT = Duration.ofMillis(20);

  /// For tests in which time must not end the session.
  private static final SessionTimings PATIENT =
      new SessionTimings(
          Duration.ofMillis(50), PATIENCE, PATIENCE, Duration.ofSeconds(1), PATIENCE);

  /// For tests in which it must.
  private static final SessionTimings HASTY =
      new SessionTimings(
          Duration.ofMillis(50),
          Duration.ofMillis(400),
          Duration.ofMillis(400),
          PATIENCE,
          Duration.ofMillis(100));

  private final FakeTrial trial = new FakeTrial();
  private final ScriptedCoordinator coordinator = new ScriptedCoordinator();
  private final CompletableFuture<SessionEnd> end = new CompletableFuture<>();
  private @Nullable WorkerSession session;

  WorkerSessionTest() throws IOException {}

  @AfterEach
  void close() {
    session().close();
    coordinator.close();
  }

  @Test
  void happyPath() throws Exception {
    join(PATIENT);
    Hello hello = coordinator.expect(PayloadCase.HELLO).getHello();
    assertThat(hello.getVersion())
        .isEqualTo(
            ProtocolVersion.newBuilder().setMajor(Protocol.MAJOR).setMinor(Protocol.MINOR).build());
    assertThat(hello.getSecret().size()).isEqualTo(32);
    assertThat(hello.getPid()).isEqualTo(77);
    assertThat(hello.getJarSha256()).isEqualTo("cafe");
    assertThat(hello.getDescription().getMachine().getCpusList()).isNotEmpty();
    assertThat(hello.getDescription().getCatalogue().getWorkloadsList()).isNotEmpty();

    coordinator.prepare(Prepare.newBuilder().setThreads(1));
    assertThat(coordinator.expect(PayloadCase.READY).getReady().getBatchOperations())
        .isEqualTo(100);
    Start order = coordinator.start(1, SOON, SHORT);
    assertThat(coordinator.expect(PayloadCase.ARMED).getArmed().getRound()).isEqualTo(1);
    assertThat(coordinator.expect(PayloadCase.RESULT).getResult().getRound()).isEqualTo(1);
    coordinator.acknowledge("");

    assertThat(end()).isEqualTo(new Completed());
    assertThat(coordinator.expectEnd()).isEqualTo("completed");
    assertThat(trial.rounds).containsExactly(order);
    session().close();
    assertThat(trial.closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void severalRounds() throws Exception {
    ready(PATIENT);
    for (int round = 1; round <= 3; round++) {
      coordinator.start(round, SOON, SHORT);
      assertThat(coordinator.expect(PayloadCase.ARMED).getArmed().getRound()).isEqualTo(round);
      WorkerMessage result = coordinator.expect(PayloadCase.RESULT);
      assertThat(result.getResult().getRound()).isEqualTo(round);
      assertThat(result.getResult().getThreads(0).getOperations()).isEqualTo(round);
    }
    coordinator.acknowledge("");
    assertThat(end()).isEqualTo(new Completed());
  }

  @Test
  void callsBeforeTheFirstRound() throws Exception {
    ready(PATIENT);
    for (int number = 1; number <= 3; number++) {
      coordinator.call(number, 10L * number);
      assertThat(coordinator.expect(PayloadCase.CALL_DONE).getCallDone().getNumber())
          .isEqualTo(number);
    }
    coordinator.start(1, SOON, SHORT);
    coordinator.expect(PayloadCase.ARMED);
    coordinator.expect(PayloadCase.RESULT);
    coordinator.call(4, 10);
    assertThat(coordinator.expect(PayloadCase.FAILURE).getFailure().getReason())
        .isEqualTo("unexpected CALL 4 in phase REPORTED");
    assertThat(trial.calls).containsExactly(10L, 20L, 30L);
  }

  @Test
  void aCallForNothing() throws Exception {
    ready(PATIENT);
    coordinator.call(1, 0);
    assertThat(coordinator.expect(PayloadCase.FAILURE).getFailure().getReason())
        .isEqualTo("CALL 1 asks for no work");
  }

  @Test
  void resultThatIsNotAccepted() throws Exception {
    ready(PATIENT);
    coordinator.start(1, SOON, SHORT);
    coordinator.expect(PayloadCase.ARMED);
    coordinator.expect(PayloadCase.RESULT);
    coordinator.acknowledge("count is wrong");
    assertThat(end()).isEqualTo(new Refused("result not accepted: count is wrong"));
  }

  @Test
  void refusalByMessage() throws Exception {
    join(PATIENT);
    coordinator.expect(PayloadCase.HELLO);
    coordinator.refuse("unknown secret");
    assertThat(end()).isEqualTo(new Refused("unknown secret"));
  }

  @Test
  void refusalByStatusAlone() throws Exception {
    join(PATIENT);
    coordinator.expect(PayloadCase.HELLO);
    coordinator.fail(Status.PERMISSION_DENIED.withDescription("speaks 2.0"));
    assertThat(end()).isEqualTo(new Refused("speaks 2.0"));
  }

  @Test
  void messagesOfOtherSessionsAreDroppedAndCounted() throws Exception {
    ready(PATIENT);
    var other = ScriptedCoordinator.ID.toBuilder().setAttempt(9).build();
    coordinator.sendRaw(
        CoordinatorMessage.newBuilder()
            .setSession(other)
            .setHeartbeat(Heartbeat.getDefaultInstance()));
    coordinator.sendRaw(
        CoordinatorMessage.newBuilder().setPrepare(Prepare.newBuilder().setThreads(9)));
    coordinator.sendRaw(
        CoordinatorMessage.newBuilder()
            .setSession(other)
            .setRefusal(io.percore.proto.Refusal.newBuilder().setReason("not you")));
    completeOneRound(1);
    assertThat(end()).isEqualTo(new Completed());
    assertThat(session().staleMessages()).isEqualTo(3);
  }

  @Test
  void repeatedMessagesDoNothing() throws Exception {
    join(PATIENT);
    coordinator.expect(PayloadCase.HELLO);
    coordinator.prepare(Prepare.newBuilder().setThreads(1));
    coordinator.prepare(Prepare.newBuilder().setThreads(1));
    coordinator.expect(PayloadCase.READY);
    coordinator.prepare(Prepare.newBuilder().setThreads(1));
    Start order = coordinator.start(1, SOON, SHORT);
    coordinator.send(CoordinatorMessage.newBuilder().setStart(order));
    coordinator.expect(PayloadCase.ARMED);
    coordinator.expect(PayloadCase.RESULT);
    coordinator.send(CoordinatorMessage.newBuilder().setStart(order));
    coordinator.acknowledge("");
    assertThat(end()).isEqualTo(new Completed());
    assertThat(trial.created).isEqualTo(1);
    assertThat(trial.rounds).hasSize(1);
  }

  @Test
  void unknownPayloadsOfANewerMinorVersionAreIgnored() throws Exception {
    ready(PATIENT);
    coordinator.send(CoordinatorMessage.newBuilder());
    completeOneRound(1);
    assertThat(end()).isEqualTo(new Completed());
  }

  @Test
  void aStartThatComesTooLateIsNotRun() throws Exception {
    ready(PATIENT);
    coordinator.start(1, Duration.ofMillis(-5), Duration.ofSeconds(1));
    Missed missed = coordinator.expect(PayloadCase.MISSED).getMissed();
    assertThat(missed.getRound()).isEqualTo(1);
    assertThat(missed.getLateNanos()).isGreaterThanOrEqualTo(5_000_000);
    assertThat(trial.rounds).isEmpty();
    completeOneRound(2);
    assertThat(end()).isEqualTo(new Completed());
  }

  @Test
  void aRoundThatTheThreadsMissedIsToldAsMissed() throws Exception {
    trial.roundEnd = new TrialExecution.RoundEnd.Missed(123);
    ready(PATIENT);
    coordinator.start(4, SOON, SHORT);
    coordinator.expect(PayloadCase.ARMED);
    Missed missed = coordinator.expect(PayloadCase.MISSED).getMissed();
    assertThat(missed).isEqualTo(Missed.newBuilder().setRound(4).setLateNanos(123).build());
  }

  @Test
  void nothingIsSentBetweenArmedAndT2() throws Exception {
    ready(PATIENT);
    await().atMost(PATIENCE).until(() -> heartbeats() > 0);
    Start order = coordinator.start(1, SOON, Duration.ofSeconds(1));
    coordinator.expect(PayloadCase.ARMED);
    coordinator.expect(PayloadCase.RESULT);
    long armed = heardAt(PayloadCase.ARMED);
    assertThat(coordinator.heard())
        .filteredOn(h -> h.nanos() - armed > 0 && h.nanos() - order.getT2Nanos() < 0)
        .isEmpty();
    long beats = heartbeats();
    await().atMost(PATIENCE).until(() -> heartbeats() > beats + 2);
    coordinator.acknowledge("");
    assertThat(end()).isEqualTo(new Completed());
  }

  @Test
  void afterAnEarlyResultSilenceLastsUntilTheCoordinatorSpeaks() throws Exception {
    trial.early = true;
    ready(PATIENT);
    coordinator.start(1, SOON, PATIENCE);
    coordinator.expect(PayloadCase.ARMED);
    coordinator.expect(PayloadCase.RESULT);
    coordinator.start(2, SOON, PATIENCE);
    coordinator.expect(PayloadCase.ARMED);
    coordinator.expect(PayloadCase.RESULT);
    long armed = heardAt(PayloadCase.ARMED);
    // Long enough for several heartbeats.
    await().pollDelay(PATIENT.heartbeat().multipliedBy(6)).atMost(PATIENCE).until(() -> true);
    assertThat(coordinator.heard())
        .filteredOn(h -> h.nanos() - armed > 0 && h.message().hasHeartbeat())
        .isEmpty();
    long beats = heartbeats();
    coordinator.heartbeat();
    await().atMost(PATIENCE).until(() -> heartbeats() > beats);
    coordinator.acknowledge("");
    assertThat(end()).isEqualTo(new Completed());
  }

  @Test
  void heartbeatsGoOnDuringWarmUp() throws Exception {
    trial.warm = new CountDownLatch(1);
    join(PATIENT);
    coordinator.expect(PayloadCase.HELLO);
    coordinator.prepare(Prepare.newBuilder());
    await().atMost(PATIENCE).until(() -> heartbeats() >= 5);
    assertThat(coordinator.hasUnread()).isFalse();
    trial.warm.countDown();
    coordinator.expect(PayloadCase.READY);
  }

  @Test
  void aStreamThatEndsEndsTheSessionInEachPhase() throws Exception {
    trial.endless = true;
    ready(PATIENT);
    coordinator.start(1, SOON, PATIENCE);
    coordinator.expect(PayloadCase.ARMED);
    coordinator.close();
    assertThat(end()).isInstanceOf(CoordinatorGone.class);
    session().close();
    assertThat(trial.closed.getCount()).isZero();
  }

  @Test
  void aStreamThatIsCompletedEndsTheSession() throws Exception {
    ready(PATIENT);
    coordinator.complete();
    assertThat(end()).isEqualTo(new CoordinatorGone("it ended the stream"));
  }

  @Test
  void nobodyListens() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    join(PATIENT, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    assertThat(end())
        .isInstanceOfSatisfying(
            CoordinatorGone.class, gone -> assertThat(gone.reason()).contains("refused"));
  }

  @Test
  void aPeerThatAcceptsAndSaysNothing() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      join(HASTY, new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort()));
      assertThat(end())
          .isInstanceOfSatisfying(
              CoordinatorGone.class, gone -> assertThat(gone.reason()).contains("nothing heard"));
    }
  }

  @Test
  void aSilentCoordinatorIsGoneWhenTheLeaseEnds() throws Exception {
    ready(HASTY);
    assertThat(end())
        .isInstanceOfSatisfying(
            CoordinatorGone.class, gone -> assertThat(gone.reason()).contains("nothing heard"));
  }

  @Test
  void inAWindowTheLeaseRunsFromT2() throws Exception {
    ready(HASTY);
    // The window is three leases long.
    coordinator.start(1, Duration.ofMillis(200), Duration.ofMillis(1200));
    coordinator.expect(PayloadCase.ARMED);
    coordinator.expect(PayloadCase.RESULT);
    coordinator.acknowledge("");
    assertThat(end()).isEqualTo(new Completed());
  }

  @Test
  void aRoundThatDoesNotEndIsAFailure() throws Exception {
    trial.endless = true;
    ready(HASTY);
    coordinator.start(1, Duration.ofMillis(200), SHORT);
    coordinator.expect(PayloadCase.ARMED);
    Failure failure = coordinator.expect(PayloadCase.FAILURE).getFailure();
    assertThat(failure.getReason()).contains("round 1 did not end");
    assertThat(end()).isEqualTo(new Failed(failure.getReason()));
  }

  @Test
  void whatATrialThrowsIsReportedWithBoundedDetail() throws Exception {
    String huge = "x".repeat(100_000);
    trial.roundFailure =
        new IllegalStateException("outer", new OutOfMemoryError("no\nheap " + huge));
    ready(PATIENT);
    coordinator.start(1, SOON, SHORT);
    coordinator.expect(PayloadCase.ARMED);
    Failure failure = coordinator.expect(PayloadCase.FAILURE).getFailure();
    assertThat(failure.getReason()).startsWith("java.lang.OutOfMemoryError: no heap xxx");
    assertThat(failure.getReason()).hasSize(Failures.MAXIMUM_REASON);
    assertThat(failure.getDetail()).contains("outer").hasSize(Failures.MAXIMUM_DETAIL);
    assertThat(end()).isInstanceOf(Failed.class);
  }

  @Test
  void anErrorInWarmUpIsReported() throws Exception {
    trial.warmUpFailure = new OutOfMemoryError("heap");
    join(PATIENT);
    coordinator.expect(PayloadCase.HELLO);
    coordinator.prepare(Prepare.newBuilder());
    assertThat(coordinator.expect(PayloadCase.FAILURE).getFailure().getReason())
        .isEqualTo("java.lang.OutOfMemoryError: heap");
    assertThat(end()).isInstanceOf(Failed.class);
  }

  @Test
  void anOrderThatCannotBeCarriedOut() throws Exception {
    join(PATIENT);
    coordinator.expect(PayloadCase.HELLO);
    coordinator.prepare(Prepare.newBuilder().setDiscipline("impossible"));
    assertThat(coordinator.expect(PayloadCase.FAILURE).getFailure().getReason())
        .isEqualTo("there is no discipline 'impossible'");
    assertThat(end()).isInstanceOf(Failed.class);
  }

  @Test
  void fixedWorkThatTakesTooLong() throws Exception {
    trial.roundEnd = new TrialExecution.RoundEnd.TimedOut("10x the predicted time");
    ready(PATIENT);
    coordinator.start(1, SOON, SHORT);
    coordinator.expect(PayloadCase.ARMED);
    assertThat(coordinator.expect(PayloadCase.FAILURE).getFailure().getReason())
        .isEqualTo("10x the predicted time");
    assertThat(end()).isInstanceOf(Failed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "ack", "prepare", "times"})
  void anUnexpectedMessageIsAFailure(String kind) throws Exception {
    join(PATIENT);
    coordinator.expect(PayloadCase.HELLO);
    coordinator.keepOpen();
    if (!kind.equals("start")) {
      coordinator.prepare(Prepare.newBuilder().setThreads(1));
      coordinator.expect(PayloadCase.READY);
    }
    switch (kind) {
      case "start" -> coordinator.start(1, SOON, SHORT);
      case "ack" -> coordinator.acknowledge("");
      case "prepare" -> coordinator.prepare(Prepare.newBuilder().setThreads(2));
      default -> coordinator.start(1, SOON, Duration.ofMillis(-50));
    }
    Failure failure = coordinator.expect(PayloadCase.FAILURE).getFailure();
    assertThat(failure.getReason())
        .contains(
            switch (kind) {
              case "start" -> "unexpected START of round 1 in phase JOINING";
              case "ack" -> "unexpected RESULT_ACK in phase READY";
              case "prepare" -> "unexpected PREPARE in phase READY";
              default -> "not in order";
            });
    // A busy coordinator's messages before the end must not hide it.
    coordinator.heartbeat();
    coordinator.heartbeat();
    coordinator.complete();
    assertThat(end()).isEqualTo(new Failed(failure.getReason()));
  }

  @Test
  void aRoundIsNotRunTwice() throws Exception {
    ready(PATIENT);
    coordinator.start(2, SOON, SHORT);
    coordinator.expect(PayloadCase.ARMED);
    coordinator.expect(PayloadCase.RESULT);
    coordinator.start(2, SOON, SHORT);
    assertThat(coordinator.expect(PayloadCase.FAILURE).getFailure().getReason())
        .contains("START of round 2");
  }

  @Test
  void aResultOfAnySizeFits() throws Exception {
    trial.slices = 100_000;
    ready(PATIENT);
    coordinator.start(1, SOON, SHORT);
    coordinator.expect(PayloadCase.ARMED);
    WorkerMessage result = coordinator.expect(PayloadCase.RESULT);
    assertThat(result.getSerializedSize()).isLessThanOrEqualTo(Protocol.MAXIMUM_MESSAGE_BYTES);
    ProcessSample process = result.getResult().getProcess();
    assertThat(process.getSliceOperationsCount()).isBetween(1000, 50_000);
    assertThat(process.getSliceOperationsList().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(-100_000);
    assertThat(process.getSliceNanos() * process.getSliceOperationsCount())
        .isGreaterThanOrEqualTo(100_000L * 1_000_000);
  }

  @Test
  void anOversizedMessageOfTheCoordinatorEndsTheSession() throws Exception {
    ready(PATIENT);
    coordinator.prepare(
        Prepare.newBuilder().setDiscipline("x".repeat(Protocol.MAXIMUM_MESSAGE_BYTES)));
    assertThat(end())
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).contains("262144"));
  }

  private void completeOneRound(int round) throws Exception {
    coordinator.start(round, SOON, SHORT);
    coordinator.expect(PayloadCase.ARMED);
    coordinator.expect(PayloadCase.RESULT);
    coordinator.acknowledge("");
  }

  private void ready(SessionTimings timings) throws Exception {
    join(timings);
    coordinator.expect(PayloadCase.HELLO);
    coordinator.prepare(Prepare.newBuilder().setThreads(1));
    coordinator.expect(PayloadCase.READY);
  }

  private void join(SessionTimings timings) throws Exception {
    join(timings, coordinator.address());
  }

  private void join(SessionTimings timings, InetSocketAddress address) throws Exception {
    var id = ScriptedCoordinator.ID;
    Secret secret = Secret.ofHex("0123456789abcdef".repeat(4)).orElseThrow();
    JoinRequest request =
        new JoinRequest(
            new CoordinatorAddress(address, Optional.empty(), false),
            id.getRun(),
            id.getTrial(),
            id.getAttempt(),
            id.getSlot(),
            secret);
    Introduction introduction = new Introduction(77, "cafe", MachineFacts.read());
    WorkerSession opened = new WorkerSession(request, introduction, trial, timings);
    session = opened;
    FutureTask<SessionEnd> run = new FutureTask<>(opened::run);
    Thread.ofPlatform()
        .daemon()
        .name("session")
        .start(
            () -> {
              run.run();
              try {
                end.complete(run.get());
              } catch (ExecutionException failure) {
                end.completeExceptionally(failure.getCause());
              } catch (InterruptedException never) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private WorkerSession session() {
    return Objects.requireNonNull(session);
  }

  private SessionEnd end() throws Exception {
    return end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private long heartbeats() {
    return coordinator.heard().stream().filter(h -> h.message().hasHeartbeat()).count();
  }

  private long heardAt(PayloadCase kind) {
    List<Heard> matching =
        coordinator.heard().stream().filter(h -> h.message().getPayloadCase() == kind).toList();
    return matching.getFirst().nanos();
  }
}

package io.percore.worker.session;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.percore.proto.Armed;
import io.percore.proto.Call;
import io.percore.proto.CallDone;
import io.percore.proto.CoordinatorMessage;
import io.percore.proto.Failure;
import io.percore.proto.Heartbeat;
import io.percore.proto.Missed;
import io.percore.proto.Prepare;
import io.percore.proto.Ready;
import io.percore.proto.Result;
import io.percore.proto.ResultAck;
import io.percore.proto.SessionId;
import io.percore.proto.Start;
import io.percore.proto.WorkerMessage;
import io.percore.worker.session.TrialExecution.RoundEnd;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One worker's session, from hello to goodbye. Confined to the thread that calls [#run]; a session
/// is used once.
///
/// Between ARMED and T2 it sends nothing and expects nothing; a result is sent as soon as there is
/// one, which under fixed work is before T2, the time limit. Heartbeats begin again at T2 or when
/// the coordinator speaks, whatever comes first.
///
/// A stream that ends, or a coordinator that is silent for longer than the lease, ends the session
/// in any phase.
public final class WorkerSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerSession.class);

  /// No window is longer: a start order beyond it is a mistake.
  private static final long LONGEST_ROUND_NANOS = Duration.ofDays(1).toNanos();

  private enum Phase {
    /// Said hello, waits for PREPARE.
    JOINING,
    WARMING_UP,
    /// Waits for START, or for a call.
    READY,
    /// Does the work of a call.
    CALLED,
    /// A round runs.
    ARMED,
    /// Handed in a result; waits for START or RESULT_ACK.
    REPORTED
  }

  private final SessionId id;
  private final TrialExecution.Factory factory;
  private final SessionTimings timings;

  /// Holds at most one message, because messages are asked for one by one, one event of the trial,
  /// and the end of the stream.
  private final BlockingQueue<SessionEvent> events = new LinkedBlockingQueue<>();

  private final CoordinatorLink<WorkerMessage, CoordinatorMessage> link;
  private final Lease lease;

  private Phase phase = Phase.JOINING;
  private @Nullable TrialDriver trial;
  private @Nullable Prepare prepared;
  private Start lastStart = Start.getDefaultInstance();

  /// Before this time the worker sends no heartbeats and the coordinator owes none.
  private long silentUntil = System.nanoTime();

  /// When the next sign of life is due; every message is one.
  private long heartbeatDue = silentUntil;

  private int staleMessages;

  /// Dials in and says hello.
  ///
  /// @param request where, and who
  /// @param introduction what this worker is
  /// @param factory of the one trial
  /// @param timings [SessionTimings#STANDARD] but in tests
  public WorkerSession(
      JoinRequest request,
      Introduction introduction,
      TrialExecution.Factory factory,
      SessionTimings timings) {
    this.id = request.sessionId();
    this.factory = factory;
    this.timings = timings;
    this.lease = new Lease(timings, System.nanoTime());
    this.link =
        new CoordinatorLink<>(
            request.coordinator(),
            (stub, inbound) -> stub.join(inbound),
            message -> events.add(new SessionEvent.Received(message)),
            status -> events.add(new SessionEvent.StreamEnded(status)));
    send(WorkerMessage.newBuilder().setHello(introduction.hello(request.secret())));
  }

  /// Obeys the coordinator until the session is over.
  ///
  /// @throws InterruptedException when the calling thread is interrupted; close the session then
  public SessionEnd run() throws InterruptedException {
    Optional<SessionEnd> end = Optional.empty();
    while (end.isEmpty()) {
      long now = System.nanoTime();
      long wake = now + Math.max(0, untilNextDuty(now));
      SessionEvent event = events.poll(wake - now, TimeUnit.NANOSECONDS);
      lease.woke(wake, System.nanoTime());
      end = event == null ? Optional.empty() : handle(event);
      if (end.isEmpty()) {
        end = attend();
      }
    }
    if (staleMessages > 0) {
      LOG.warn("dropped {} messages of other sessions", staleMessages);
    }
    return end.get();
  }

  /// Messages of other sessions that were dropped.
  public int staleMessages() {
    return staleMessages;
  }

  /// Ends the connection at once and leaves the trial alone: enough before the process exits.
  public void disconnect() {
    link.close();
  }

  /// Ends the connection and stops the trial.
  @Override
  public void close() {
    link.close();
    TrialDriver running = trial;
    if (running != null) {
      running.close();
    }
  }

  private long untilNextDuty(long now) {
    long untilExpiry = lease.remaining(now);
    return phase == Phase.ARMED ? untilExpiry : Math.min(untilExpiry, untilHeartbeat(now));
  }

  private long untilHeartbeat(long now) {
    return Math.max(heartbeatDue - now, silentUntil - now);
  }

  /// What time alone asks for: heartbeats, and an end when the coordinator or the round is overdue.
  private Optional<SessionEnd> attend() throws InterruptedException {
    long now = System.nanoTime();
    if (lease.expired(now)) {
      return phase == Phase.ARMED
          ? fail(Failures.of("round " + lastStart.getRound() + " did not end by its T2"))
          : Optional.of(
              new SessionEnd.CoordinatorGone(
                  "nothing heard from it for " + lease.silence(now).toMillis() + " ms"));
    }
    if (phase != Phase.ARMED && untilHeartbeat(now) <= 0) {
      heartbeatDue = now + timings.heartbeat().toNanos();
      if (link.isReady()) {
        send(WorkerMessage.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));
      }
    }
    return Optional.empty();
  }

  private Optional<SessionEnd> handle(SessionEvent event) throws InterruptedException {
    return switch (event) {
      case SessionEvent.Received(CoordinatorMessage message) -> {
        link.requestNext();
        yield received(message);
      }
      case SessionEvent.StreamEnded(Status status) -> Optional.of(SessionEnd.ofStream(status));
      case SessionEvent.WarmedUp(Ready ready) -> {
        rehearse();
        phase = Phase.READY;
        send(WorkerMessage.newBuilder().setReady(ready));
        yield Optional.empty();
      }
      case SessionEvent.CallOver(long number) -> {
        phase = Phase.READY;
        send(WorkerMessage.newBuilder().setCallDone(CallDone.newBuilder().setNumber(number)));
        yield Optional.empty();
      }
      case SessionEvent.RoundOver(RoundEnd end) -> roundOver(end);
      case SessionEvent.TrialFailed(Throwable cause) -> fail(Failures.of(cause));
    };
  }

  private Optional<SessionEnd> received(CoordinatorMessage message) throws InterruptedException {
    // A coordinator that does not know this worker refuses it without a session.
    if (message.hasRefusal() && (!message.hasSession() || message.getSession().equals(id))) {
      return Optional.of(new SessionEnd.Refused(message.getRefusal().getReason()));
    }
    if (!message.getSession().equals(id)) {
      staleMessages++;
      return Optional.empty();
    }
    long now = System.nanoTime();
    if (phase != Phase.ARMED) {
      silentUntil = now;
    }
    lease.heard(now, silentUntil);
    return switch (message.getPayloadCase()) {
      case PREPARE -> prepare(message.getPrepare());
      case START -> start(message.getStart(), now);
      case CALL -> call(message.getCall());
      case RESULT_ACK -> acknowledged(message.getResultAck());
      // Heartbeats have done what they are for; what is unknown is of a newer minor version.
      case HEARTBEAT, REFUSAL, PAYLOAD_NOT_SET -> Optional.empty();
    };
  }

  private Optional<SessionEnd> prepare(Prepare order) throws InterruptedException {
    if (order.equals(prepared)) {
      return Optional.empty();
    }
    if (phase != Phase.JOINING) {
      return unexpected("PREPARE");
    }
    prepared = order;
    TrialDriver created;
    try {
      created = new TrialDriver(factory.create(order), events);
    } catch (IllegalArgumentException impossible) {
      return fail(Failures.of(String.valueOf(impossible.getMessage())));
    } catch (RuntimeException | OutOfMemoryError failure) {
      return fail(Failures.of(failure));
    }
    trial = created;
    phase = Phase.WARMING_UP;
    created.warmUp();
    return Optional.empty();
  }

  /// Loads and links what stands between START and ARMED. T0 is some milliseconds after the order,
  /// and the first use of a message's classes takes about as long.
  private void rehearse() {
    byte[] order =
        CoordinatorMessage.newBuilder()
            .setSession(id)
            .setStart(Start.newBuilder().setT0Nanos(1))
            .build()
            .toByteArray();
    byte[] answer = armed(0).setSession(id).build().toByteArray();
    try {
      var _ = CoordinatorMessage.parseFrom(order);
      var _ = WorkerMessage.parseFrom(answer);
    } catch (InvalidProtocolBufferException impossible) {
      throw new IllegalStateException("not what was written", impossible);
    }
  }

  private static WorkerMessage.Builder armed(int round) {
    return WorkerMessage.newBuilder().setArmed(Armed.newBuilder().setRound(round));
  }

  private Optional<SessionEnd> call(Call order) throws InterruptedException {
    TrialDriver ready = trial;
    if (ready == null || phase != Phase.READY || lastStart.getRound() > 0) {
      return unexpected("CALL " + order.getNumber());
    }
    if (order.getOperations() <= 0) {
      return fail(Failures.of("CALL " + order.getNumber() + " asks for no work"));
    }
    phase = Phase.CALLED;
    ready.call(order);
    return Optional.empty();
  }

  private Optional<SessionEnd> start(Start order, long now) throws InterruptedException {
    TrialDriver ready = trial;
    if (order.equals(lastStart)) {
      return Optional.empty();
    }
    if (ready == null
        || !(phase == Phase.READY || phase == Phase.REPORTED)
        || order.getRound() <= lastStart.getRound()) {
      return unexpected("START of round " + order.getRound());
    }
    long window = order.getT1Nanos() - order.getT0Nanos();
    long runOut = order.getT2Nanos() - order.getT1Nanos();
    long lead = order.getT0Nanos() - now;
    if (window <= 0
        || window > LONGEST_ROUND_NANOS
        || runOut < 0
        || runOut > LONGEST_ROUND_NANOS
        || lead > LONGEST_ROUND_NANOS) {
      return fail(Failures.of("START whose times are not in order: " + window + " " + runOut));
    }
    lastStart = order;
    if (lead <= 0) {
      missed(-lead);
      return Optional.empty();
    }
    send(armed(order.getRound()));
    phase = Phase.ARMED;
    silentUntil = order.getT2Nanos();
    lease.heard(now, silentUntil);
    ready.run(order);
    return Optional.empty();
  }

  private Optional<SessionEnd> roundOver(RoundEnd end) throws InterruptedException {
    return switch (end) {
      case RoundEnd.Scored(Result result) -> {
        phase = Phase.REPORTED;
        yield report(result.toBuilder().setRound(lastStart.getRound()).build());
      }
      case RoundEnd.Missed(long lateNanos) -> {
        phase = Phase.READY;
        missed(lateNanos);
        yield Optional.empty();
      }
      case RoundEnd.TimedOut(String reason) -> fail(Failures.of(reason));
    };
  }

  private Optional<SessionEnd> report(Result result) throws InterruptedException {
    // The envelope needs room too: the session's identity, and tags and lengths.
    int room = Protocol.MAXIMUM_MESSAGE_BYTES - id.getSerializedSize() - 64;
    Result fitted;
    try {
      fitted = Results.fit(result, room);
    } catch (IllegalArgumentException tooLarge) {
      return fail(Failures.of(String.valueOf(tooLarge.getMessage())));
    }
    send(WorkerMessage.newBuilder().setResult(fitted));
    return Optional.empty();
  }

  private void missed(long lateNanos) {
    send(
        WorkerMessage.newBuilder()
            .setMissed(Missed.newBuilder().setRound(lastStart.getRound()).setLateNanos(lateNanos)));
  }

  private Optional<SessionEnd> acknowledged(ResultAck ack) throws InterruptedException {
    if (phase != Phase.REPORTED) {
      return unexpected("RESULT_ACK");
    }
    takeLeave();
    return Optional.of(
        ack.getRejectedReason().isEmpty()
            ? new SessionEnd.Completed()
            : new SessionEnd.Refused("result not accepted: " + ack.getRejectedReason()));
  }

  private Optional<SessionEnd> unexpected(String message) throws InterruptedException {
    return fail(Failures.of("unexpected " + message + " in phase " + phase));
  }

  private Optional<SessionEnd> fail(Failure failure) throws InterruptedException {
    send(WorkerMessage.newBuilder().setFailure(failure));
    takeLeave();
    return Optional.of(new SessionEnd.Failed(failure.getReason()));
  }

  /// Ends this side of the stream and waits for the other to do so: cut at once, the last message
  /// could be lost.
  private void takeLeave() throws InterruptedException {
    link.complete();
    long deadline = System.nanoTime() + timings.farewell().toNanos();
    SessionEvent event;
    do {
      event = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (event instanceof SessionEvent.Received) {
        // The end of the stream comes after the messages before it.
        link.requestNext();
      }
    } while (event != null && !(event instanceof SessionEvent.StreamEnded));
  }

  private void send(WorkerMessage.Builder message) {
    WorkerMessage complete = message.setSession(id).build();
    if (complete.getSerializedSize() > Protocol.MAXIMUM_MESSAGE_BYTES) {
      throw new IllegalStateException(
          "a message of " + complete.getSerializedSize() + " bytes would be refused");
    }
    link.send(complete);
    heartbeatDue = System.nanoTime() + timings.heartbeat().toNanos();
  }
}

package io.percore.worker.session.agent;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.percore.proto.AgentHello;
import io.percore.proto.AgentMessage;
import io.percore.proto.AgentOrder;
import io.percore.proto.ClockReading;
import io.percore.proto.Heartbeat;
import io.percore.proto.Launch;
import io.percore.proto.SessionId;
import io.percore.proto.Welcome;
import io.percore.proto.WorkerExit;
import io.percore.worker.session.CoordinatorAddress;
import io.percore.worker.session.CoordinatorLink;
import io.percore.worker.session.JoinRequest;
import io.percore.worker.session.Lease;
import io.percore.worker.session.Secret;
import io.percore.worker.session.SessionEnd;
import io.percore.worker.session.SessionTimings;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The agent of one machine: for as long as its session with the coordinator lasts it starts and
/// ends worker processes there, and says what the machine's clock shows. It measures nothing, and
/// sits still while others do. Confined to the thread that calls [#run], which has to live as long
/// as the process: see [ChildWorker].
///
/// When the session ends, for whatever reason, so do its workers. [ReturningAgent] begins another
/// one where the connection was lost.
public final class Agent implements AutoCloseable {
  /// No window is longer: a silence beyond it is a mistake.
  private static final long LONGEST_QUIET_NANOS = Duration.ofDays(1).toNanos();

  /// A coordinator that is away for longer is gone.
  private static final long LONGEST_RETURN_NANOS = Duration.ofHours(1).toNanos();

  /// A chain of causes may end in itself.
  private static final int MOST_CAUSES = 100;

  /// Workers at once; what a coordinator asks for beyond it is refused.
  private static final int MOST_WORKERS = 65_536;

  /// Exit code of a worker that could not be started.
  private static final int NOT_STARTED = -1;

  private final CoordinatorAddress coordinator;
  private final WorkerCommand workers;
  private final SessionTimings timings;
  private final BlockingQueue<AgentEvent> events = new LinkedBlockingQueue<>();
  private final CoordinatorLink<AgentMessage, AgentOrder> link;
  private final Lease lease;
  private final Map<SessionId, ChildWorker> children = new HashMap<>();

  /// Before this time the agent sends no heartbeats and the coordinator owes none.
  private long silentUntil = System.nanoTime();

  private long heartbeatDue = silentUntil;

  private Optional<ReturnTicket> ticket = Optional.empty();
  private boolean nobodyListened;
  private boolean answered;

  /// By what an agent comes in once more when its connection is lost.
  ///
  /// @param token of its next hello
  /// @param patience for how long it should try
  record ReturnTicket(Secret token, Duration patience) {}

  /// How a worker process is started on this machine.
  @FunctionalInterface
  public interface WorkerCommand {
    /// Program and arguments.
    ///
    /// @param request how the worker joins, but for its secret
    /// @param jvmArguments of its JVM
    List<String> of(JoinRequest request, List<String> jvmArguments);
  }

  /// Dials in and says hello.
  ///
  /// @param coordinator where it is
  /// @param hello who this is, and what lets it in
  /// @param workers how worker processes are started here
  /// @param timings [SessionTimings#STANDARD] but in tests
  /// @throws IllegalArgumentException when the credentials for the coordinator cannot be read
  public Agent(
      CoordinatorAddress coordinator,
      AgentHello hello,
      WorkerCommand workers,
      SessionTimings timings) {
    this.coordinator = coordinator;
    this.workers = workers;
    this.timings = timings;
    this.lease = new Lease(timings, System.nanoTime());
    this.link =
        new CoordinatorLink<>(
            coordinator,
            (stub, inbound) -> stub.attend(inbound),
            this::received,
            status -> events.add(new AgentEvent.StreamEnded(status)));
    send(AgentMessage.newBuilder().setHello(hello));
  }

  /// A question for the clock is answered where it arrives: each hand-over on the way would widen
  /// what is known of the offset. Nothing arrives before the hello was sent.
  private void received(AgentOrder order) {
    if (order.hasClock()) {
      long now = System.nanoTime();
      link.send(
          AgentMessage.newBuilder()
              .setClock(
                  ClockReading.newBuilder().setNumber(order.getClock().getNumber()).setNanos(now))
              .build());
    }
    events.add(new AgentEvent.Ordered(order));
  }

  /// Obeys the coordinator until the session is over.
  ///
  /// @throws InterruptedException when the calling thread is interrupted; close the agent then
  public SessionEnd run() throws InterruptedException {
    Optional<SessionEnd> end = Optional.empty();
    while (end.isEmpty()) {
      long now = System.nanoTime();
      long duty = Math.min(lease.remaining(now), untilHeartbeat(now));
      long wake = now + Math.max(0, duty);
      AgentEvent event = events.poll(wake - now, TimeUnit.NANOSECONDS);
      lease.woke(wake, System.nanoTime());
      end = event == null ? Optional.empty() : handle(event);
      if (end.isEmpty()) {
        end = attend();
      }
    }
    return end.get();
  }

  /// What the coordinator has handed out for a return; empty when it has let nobody in, or wants
  /// nobody back.
  Optional<ReturnTicket> ticket() {
    return ticket;
  }

  /// Whether the session ended because nothing listens where the coordinator should be.
  boolean nobodyListened() {
    return nobodyListened;
  }

  /// Whether a coordinator may have let this agent in, and the connection was lost before it said
  /// so.
  boolean unanswered() {
    return !answered && link.reached();
  }

  /// Ends every worker, waits for that, and ends the connection.
  @Override
  public void close() {
    children.values().forEach(ChildWorker::kill);
    children.values().forEach(ChildWorker::awaitEnd);
    link.close();
  }

  private long untilHeartbeat(long now) {
    return Math.max(heartbeatDue - now, silentUntil - now);
  }

  private Optional<SessionEnd> attend() {
    long now = System.nanoTime();
    if (lease.expired(now)) {
      return Optional.of(
          new SessionEnd.CoordinatorGone(
              "nothing heard from it for " + lease.silence(now).toMillis() + " ms"));
    }
    if (untilHeartbeat(now) <= 0) {
      heartbeatDue = now + timings.heartbeat().toNanos();
      if (link.isReady()) {
        send(AgentMessage.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));
      }
    }
    return Optional.empty();
  }

  private Optional<SessionEnd> handle(AgentEvent event) {
    return switch (event) {
      case AgentEvent.Ordered(AgentOrder order) -> {
        link.requestNext();
        yield ordered(order);
      }
      // A coordinator that ends the stream in order is done with this agent.
      case AgentEvent.StreamEnded(Status status) -> {
        nobodyListened = causes(status).anyMatch(cause -> cause instanceof ConnectException);
        yield Optional.of(status.isOk() ? new SessionEnd.Completed() : SessionEnd.ofStream(status));
      }
      case AgentEvent.WorkerEnded(SessionId session, int code, String stderrTail) -> {
        children.remove(session);
        exited(session, code, stderrTail);
        yield Optional.empty();
      }
    };
  }

  /// The system reports a refused connection by [ConnectException], and what it cannot reach by
  /// others. A time limit of Netty's own would be one, too, but is longer than a session waits.
  private static Stream<Throwable> causes(Status status) {
    return Stream.iterate(status.getCause(), Objects::nonNull, Throwable::getCause)
        .limit(MOST_CAUSES);
  }

  private Optional<SessionEnd> ordered(AgentOrder order) {
    long now = System.nanoTime();
    silentUntil = now;
    answered = true;
    Optional<SessionEnd> end = Optional.empty();
    switch (order.getPayloadCase()) {
      case LAUNCH -> launch(order.getLaunch());
      case KILL -> {
        ChildWorker child = children.get(order.getKill().getSession());
        if (child != null) {
          child.kill();
        }
      }
      case QUIET ->
          silentUntil = now + Math.clamp(order.getQuiet().getNanos(), 0, LONGEST_QUIET_NANOS);
      case REFUSAL -> end = Optional.of(new SessionEnd.Refused(order.getRefusal().getReason()));
      case WELCOME -> ticket = ticket(order.getWelcome());
      // Answered where it arrived; heartbeats have done what they are for; what is unknown is of a
      // newer minor version.
      case CLOCK, HEARTBEAT, PAYLOAD_NOT_SET -> {}
    }
    lease.heard(now, silentUntil);
    return end;
  }

  private static Optional<ReturnTicket> ticket(Welcome welcome) {
    return Secret.ofHex(hex(welcome.getReturnToken()))
        .map(
            token ->
                new ReturnTicket(
                    token,
                    Duration.ofNanos(
                        Math.clamp(welcome.getReturnNanos(), 0, LONGEST_RETURN_NANOS))));
  }

  private void launch(Launch order) {
    SessionId session = order.getSession();
    if (children.containsKey(session)) {
      return;
    }
    if (children.size() >= MOST_WORKERS) {
      exited(session, NOT_STARTED, "this agent has " + children.size() + " workers already");
      return;
    }
    try {
      JoinRequest request = request(session, order.getSecret());
      children.put(
          session,
          ChildWorker.start(
              workers.of(request, order.getJvmArgumentsList()),
              input(order.getSecret()),
              (tail, code) -> events.add(new AgentEvent.WorkerEnded(session, code, tail))));
    } catch (IOException | IllegalArgumentException impossible) {
      exited(session, NOT_STARTED, String.valueOf(impossible.getMessage()));
    }
  }

  private JoinRequest request(SessionId session, ByteString secret) {
    return new JoinRequest(
        coordinator,
        session.getRun(),
        session.getTrial(),
        session.getAttempt(),
        session.getSlot(),
        Secret.ofHex(hex(secret))
            .orElseThrow(() -> new IllegalArgumentException("the order holds no secret")));
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  /// The secret, then, for an encrypted stream, the credentials and an empty line.
  private List<String> input(ByteString secret) {
    List<String> lines = new ArrayList<>();
    lines.add(hex(secret));
    coordinator
        .credentials()
        .ifPresent(
            credentials -> {
              lines.addAll(credentials.lines());
              lines.add("");
            });
    return lines;
  }

  private void exited(SessionId session, int code, String stderrTail) {
    send(
        AgentMessage.newBuilder()
            .setExit(
                WorkerExit.newBuilder()
                    .setSession(session)
                    .setCode(code)
                    .setStderrTail(stderrTail)));
  }

  private void send(AgentMessage.Builder message) {
    link.send(message.build());
    heartbeatDue = System.nanoTime() + timings.heartbeat().toNanos();
  }
}

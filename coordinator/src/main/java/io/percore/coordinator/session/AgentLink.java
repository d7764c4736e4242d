package io.percore.coordinator.session;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.session.ClockOffset.RoundTrip;
import io.percore.coordinator.session.WorkerHost.Exit;
import io.percore.coordinator.session.WorkerHost.Worker;
import io.percore.proto.AgentMessage;
import io.percore.proto.AgentOrder;
import io.percore.proto.ClockQuestion;
import io.percore.proto.ClockReading;
import io.percore.proto.Description;
import io.percore.proto.Heartbeat;
import io.percore.proto.Kill;
import io.percore.proto.Launch;
import io.percore.proto.Quiet;
import io.percore.proto.SessionId;
import io.percore.proto.WorkerExit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One machine's agent as the coordinator sees it: starts and ends workers there, and asks what its
/// clock shows. Thread-safe.
///
/// Every worker that was started is told to its listener as ended exactly once: by the agent, or,
/// when the agent is lost, by its loss, since its workers end with it.
public final class AgentLink {
  private static final int CLOCK_QUESTIONS = 16;
  private static final Duration CLOCK_PATIENCE = Duration.ofSeconds(1);

  private final String name;
  private final String jarSha256;
  private final Description description;

  /// The stream; also the lock for sending on it and for its end.
  private final ServerCallStreamObserver<AgentOrder> outbound;

  private final ConcurrentMap<SessionKey, RemoteWorker> workers = new ConcurrentHashMap<>();

  /// Answers to questions for the clock, with the time at which they came in. One question is out
  /// at a time, and one more answer may be late.
  private final BlockingQueue<RoundTripEnd> answers = new ArrayBlockingQueue<>(2);

  private final Object clockLock = new Object();

  /// Guarded by `clockLock`.
  private long clockQuestions;

  /// Written under the lock of `outbound` by whoever hears of the loss first; once set it stays.
  private volatile String lost = "";

  /// Until then nothing is sent and nothing expected. Written by whoever sends, read by the thread
  /// that sends heartbeats.
  private volatile long quietUntil = System.nanoTime();

  /// Written by gRPC, and by the thread that sends heartbeats, which reads it.
  private volatile long lastHeardNanos = System.nanoTime();

  private record RoundTripEnd(ClockReading reading, long receivedNanos) {}

  /// @param name what the coordinator calls its machine
  /// @param jarSha256 hash of its jar, as it says
  /// @param description of its machine, as it says
  /// @param outbound the stream to it
  AgentLink(
      String name,
      String jarSha256,
      Description description,
      ServerCallStreamObserver<AgentOrder> outbound) {
    this.name = name;
    this.jarSha256 = jarSha256;
    this.description = description;
    this.outbound = outbound;
  }

  /// What the coordinator calls its machine.
  public String name() {
    return name;
  }

  /// What the agent says of its machine and of what its workers offer.
  ///
  /// @param jvmArguments that workers are given
  /// @param jarSha256 hash of their jar
  /// @throws IllegalArgumentException when it makes no sense
  public Survey survey(List<String> jvmArguments, String jarSha256) {
    return Survey.of(description, jvmArguments, jarSha256);
  }

  /// What is not as it was when the agent of the same machine came before, in one line; empty when
  /// trials of then and now can stand in one run. A machine that was restarted cannot.
  Optional<String> changedSince(AgentLink before) {
    try {
      Environment was = before.survey(List.of(), before.jarSha256).environment();
      Environment is = survey(List.of(), jarSha256).environment();
      return is.changedSince(was)
          .or(
              () ->
                  is.bootId().equals(was.bootId())
                      ? Optional.empty()
                      : Optional.of("the machine was restarted"))
          .map(Messages::line);
    } catch (IllegalArgumentException nonsense) {
      return Optional.of(String.valueOf(nonsense.getMessage()));
    }
  }

  /// Which clock its workers read.
  ClockIdentity clock() {
    return new ClockIdentity(
        description.getMachine().getBootId(), description.getMachine().getTimeNamespace());
  }

  /// Why it is gone; empty while it is there.
  public Optional<String> lost() {
    return lost.isEmpty() ? Optional.empty() : Optional.of(lost);
  }

  /// Starts a worker and returns at once.
  ///
  /// @param invitation what it needs to join
  /// @param jvmArguments of its JVM
  /// @param onExit told once when it has ended, on any thread
  /// @throws IOException when the agent is gone
  public Worker start(
      WorkerHost.Invitation invitation, List<String> jvmArguments, Consumer<Exit> onExit)
      throws IOException {
    RemoteWorker worker = new RemoteWorker(invitation.key(), onExit);
    workers.put(invitation.key(), worker);
    boolean sent =
        send(
            AgentOrder.newBuilder()
                .setLaunch(
                    Launch.newBuilder()
                        .setSession(Messages.id(invitation.key()))
                        .setSecret(
                            ByteString.copyFrom(HexFormat.of().parseHex(invitation.secret())))
                        .addAllJvmArguments(jvmArguments)));
    if (!sent) {
      workers.remove(invitation.key());
      throw new IOException(gone());
    }
    return worker;
  }

  /// That it is gone, and how.
  public String gone() {
    return "the agent of " + name + " is gone" + (lost.isEmpty() ? "" : ": " + lost);
  }

  /// Asks several times what the clock shows.
  ///
  /// @throws IOException when the agent is gone or does not answer in time
  ClockOffset offset() throws IOException, InterruptedException {
    synchronized (clockLock) {
      List<RoundTrip> trips = new ArrayList<>();
      for (int i = 0; i < CLOCK_QUESTIONS; i++) {
        trips.add(roundTrip());
      }
      return ClockOffset.of(trips);
    }
  }

  private RoundTrip roundTrip() throws IOException, InterruptedException {
    long number = ++clockQuestions;
    answers.clear();
    long sent = System.nanoTime();
    if (!send(AgentOrder.newBuilder().setClock(ClockQuestion.newBuilder().setNumber(number)))) {
      throw new IOException(gone());
    }
    long deadline = sent + CLOCK_PATIENCE.toNanos();
    RoundTripEnd end;
    do {
      end = answers.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (end == null) {
        throw new IOException(
            lost.isEmpty()
                ? "the agent of %s did not say within %d ms what its clock shows"
                    .formatted(name, CLOCK_PATIENCE.toMillis())
                : gone());
      }
    } while (end.reading().getNumber() != number);
    return new RoundTrip(sent, end.reading().getNanos(), end.receivedNanos());
  }

  /// Sends nothing for some time, and expects nothing, until something else is sent.
  public void quiet(Duration time) {
    synchronized (outbound) {
      send(AgentOrder.newBuilder().setQuiet(Quiet.newBuilder().setNanos(time.toNanos())));
      quietUntil = System.nanoTime() + time.toNanos();
    }
  }

  /// Takes in a message. gRPC calls it from one thread at a time.
  void received(AgentMessage message) {
    long now = System.nanoTime();
    lastHeardNanos = now;
    switch (message.getPayloadCase()) {
      // Not put: an answer that nobody waits for any more is dropped.
      case CLOCK -> {
        var _ = answers.offer(new RoundTripEnd(message.getClock(), now));
      }
      case EXIT -> exited(message.getExit());
      case HELLO, HEARTBEAT, PAYLOAD_NOT_SET -> {}
    }
  }

  private void exited(WorkerExit exit) {
    RemoteWorker worker = workers.remove(Messages.key(exit.getSession()));
    if (worker != null) {
      worker.ended(new Exit(exit.getCode(), Messages.bounded(exit.getStderrTail())));
    }
  }

  /// Its stream has ended, or it was silent for too long. If it still hears, it hears that, and may
  /// come back.
  ///
  /// @param reason in a few words
  void lose(String reason) {
    end(
        reason,
        () -> outbound.onError(Status.UNAVAILABLE.withDescription(reason).asRuntimeException()));
  }

  /// It is not needed any more.
  void dismiss() {
    end("the run is over", outbound::onCompleted);
  }

  private void end(String reason, Runnable farewell) {
    synchronized (outbound) {
      if (lost.isEmpty()) {
        lost = reason;
        if (!outbound.isCancelled()) {
          farewell.run();
        }
      }
    }
    for (SessionKey key : List.copyOf(workers.keySet())) {
      RemoteWorker worker = workers.remove(key);
      if (worker != null) {
        worker.ended(new Exit(Exit.UNSEEN, gone()));
      }
    }
  }

  /// Sends a sign of life unless silence was agreed upon, and looks whether there was one.
  ///
  /// @param lease silence that makes an agent count as lost
  /// @param forgiving whether silence is not held against it: this process itself did not look
  void attend(Duration lease, boolean forgiving) {
    long now = System.nanoTime();
    if (!lost.isEmpty() || now - quietUntil < 0) {
      return;
    }
    if (forgiving) {
      lastHeardNanos = now;
    }
    long heard = lastHeardNanos - quietUntil > 0 ? lastHeardNanos : quietUntil;
    if (now - heard > lease.toNanos()) {
      lose("silent for more than " + lease.toMillis() + " ms");
      return;
    }
    synchronized (outbound) {
      // Silence may have been agreed upon meanwhile. A peer that does not read gets no heartbeats
      // that would pile up here.
      if (now - quietUntil >= 0 && outbound.isReady()) {
        sendQuietly(AgentOrder.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));
      }
    }
  }

  /// @return whether it was sent: not when the agent is gone
  private boolean send(AgentOrder.Builder order) {
    synchronized (outbound) {
      quietUntil = System.nanoTime();
      return sendQuietly(order);
    }
  }

  private boolean sendQuietly(AgentOrder.Builder order) {
    synchronized (outbound) {
      if (!lost.isEmpty() || outbound.isCancelled()) {
        return false;
      }
      outbound.onNext(order.build());
      return true;
    }
  }

  private final class RemoteWorker implements Worker {
    private final SessionId session;
    private final Consumer<Exit> onExit;
    private final CountDownLatch ended = new CountDownLatch(1);

    RemoteWorker(SessionKey key, Consumer<Exit> onExit) {
      this.session = Messages.id(key);
      this.onExit = onExit;
    }

    void ended(Exit exit) {
      ended.countDown();
      onExit.accept(exit);
    }

    @Override
    public void kill() {
      if (ended.getCount() > 0) {
        send(AgentOrder.newBuilder().setKill(Kill.newBuilder().setSession(session)));
      }
    }

    @Override
    public boolean awaitExit(Duration timeout) throws InterruptedException {
      return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }
  }
}

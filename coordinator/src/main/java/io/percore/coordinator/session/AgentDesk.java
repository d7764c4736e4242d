package io.percore.coordinator.session;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.percore.coordinator.session.Strangers.Stranger;
import io.percore.proto.AgentHello;
import io.percore.proto.AgentMessage;
import io.percore.proto.AgentOrder;
import io.percore.proto.Refusal;
import io.percore.proto.Welcome;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Lets the agents of a run in, each by a token that is good for one of them, and keeps in touch
/// with them. Thread-safe: its own state is guarded by its monitor.
///
/// It has a thread of its own once an agent is there, and none before.
public final class AgentDesk implements AutoCloseable {
  private static final int TOKEN_BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final String jarSha256;
  private final Limits limits;
  private final Refusals refusals;

  /// Tokens that may still be used, by what the coordinator calls the machine.
  private final Map<String, byte[]> expected = new LinkedHashMap<>();

  /// Names in the order in which they were expected.
  private final List<String> names = new ArrayList<>();

  private final List<AgentLink> agents = new ArrayList<>();
  private @Nullable ScheduledExecutorService heartbeats;

  /// When agents were last looked after. Confined to the thread that does so.
  private long lastAttended;

  /// @param jarSha256 hash of the worker's jar, which every agent must have; empty accepts any
  /// @param limits of silence
  /// @param refusals told of everybody who is not let in
  AgentDesk(String jarSha256, Limits limits, Refusals refusals) {
    this.jarSha256 = jarSha256;
    this.limits = limits;
    this.refusals = refusals;
  }

  /// Makes a token that lets in one agent.
  ///
  /// @param name what its machine is called here; no two may be called alike
  /// @return 64 hexadecimal digits
  public String expect(String name) {
    byte[] token = new byte[TOKEN_BYTES];
    random.nextBytes(token);
    String hex = HexFormat.of().formatHex(token);
    expect(name, hex);
    return hex;
  }

  /// Lets one agent in by a token that was made elsewhere.
  ///
  /// @param name what its machine is called here; no two may be called alike
  /// @param token 64 hexadecimal digits
  public synchronized void expect(String name, String token) {
    if (names.contains(name)) {
      throw new IllegalArgumentException("two machines cannot be called '" + name + "'");
    }
    names.add(name);
    expected.put(name, HexFormat.of().parseHex(token));
  }

  /// The agents that were let in, those that have been lost since included, in the order in which
  /// they were expected.
  public synchronized List<AgentLink> agents() {
    return List.copyOf(agents);
  }

  /// Waits until so many agents have been let in.
  ///
  /// @return whether they have within `patience`
  public synchronized boolean await(int count, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    long left = patience.toNanos();
    while (agents.size() < count && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - System.nanoTime();
    }
    return agents.size() >= count;
  }

  /// Names of machines whose agents have not come, in the order in which they were expected.
  public synchronized List<String> missing() {
    return List.copyOf(expected.keySet());
  }

  /// From now on nobody else is let in.
  public synchronized void shut() {
    expected.clear();
  }

  @Override
  public void close() {
    synchronized (this) {
      expected.clear();
      if (heartbeats != null) {
        heartbeats.shutdownNow();
      }
    }
    agents().forEach(agent -> agent.lose("the run is over"));
  }

  /// Opens the stream of somebody who says to be an agent.
  StreamObserver<AgentMessage> attend(
      ServerCallStreamObserver<AgentOrder> outbound, Stranger stranger) {
    Inbound inbound = new Inbound(outbound, stranger);
    outbound.setOnCancelHandler(() -> inbound.ended("the connection was lost"));
    outbound.request(1);
    return inbound;
  }

  /// The name that goes with a token. Every token is looked at, so that the time tells nothing.
  private synchronized Optional<String> name(byte[] token) {
    Optional<String> found = Optional.empty();
    for (Map.Entry<String, byte[]> entry : expected.entrySet()) {
      if (MessageDigest.isEqual(entry.getValue(), token)) {
        found = Optional.of(entry.getKey());
      }
    }
    return found;
  }

  /// Lets an agent in, which uses its token up.
  ///
  /// @return whether it still could
  private synchronized boolean admit(AgentLink agent) {
    if (expected.remove(agent.name()) == null) {
      return false;
    }
    agents.add(agent);
    agents.sort(Comparator.comparingInt(one -> names.indexOf(one.name())));
    if (heartbeats == null) {
      heartbeats = beginHeartbeats();
    }
    notifyAll();
    return true;
  }

  private ScheduledExecutorService beginHeartbeats() {
    lastAttended = System.nanoTime();
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("agents").factory());
    long interval = limits.heartbeat().toNanos();
    var _ =
        executor.scheduleWithFixedDelay(
            this::lookAfterAgents, interval, interval, TimeUnit.NANOSECONDS);
    return executor;
  }

  /// Where this process itself was stopped or starved, the silence may be its own.
  private void lookAfterAgents() {
    long now = System.nanoTime();
    long late = now - lastAttended - limits.heartbeat().toNanos();
    lastAttended = now;
    boolean forgiving = late > limits.coordinatorStall().toNanos();
    agents().forEach(agent -> agent.attend(limits.lease(), forgiving));
  }

  /// Why an agent is not let in, or empty.
  private Optional<String> refusal(AgentHello hello) {
    if (hello.getVersion().getMajor() != SessionServer.MAJOR) {
      return Optional.of(
          "protocol version %d.%d is not spoken here: this coordinator speaks %d.%d"
              .formatted(
                  hello.getVersion().getMajor(),
                  hello.getVersion().getMinor(),
                  SessionServer.MAJOR,
                  SessionServer.MINOR));
    }
    if (!jarSha256.isEmpty() && !jarSha256.equals(hello.getJarSha256())) {
      return Optional.of(
          "the agent's jar has SHA-256 '%s', the coordinator's is %s: use the same build"
              .formatted(Messages.name(hello.getJarSha256()), jarSha256));
    }
    return Optional.empty();
  }

  /// One agent's messages. gRPC calls it from one thread at a time.
  private final class Inbound implements StreamObserver<AgentMessage> {
    private final ServerCallStreamObserver<AgentOrder> outbound;
    private final Stranger stranger;
    private @Nullable AgentLink agent;
    private boolean over;

    Inbound(ServerCallStreamObserver<AgentOrder> outbound, Stranger stranger) {
      this.outbound = outbound;
      this.stranger = stranger;
    }

    @Override
    public void onNext(AgentMessage message) {
      if (over) {
        return;
      }
      AgentLink known = agent;
      if (known != null) {
        known.received(message);
      } else if (!stranger.isNoMore()) {
        over = true;
      } else if (message.hasHello()) {
        hello(message.getHello());
      } else {
        refuse("the first message was not a hello");
      }
      if (!over) {
        outbound.request(1);
      }
    }

    private void hello(AgentHello hello) {
      Optional<String> name = name(hello.getToken().toByteArray());
      Optional<String> refusal = name.isEmpty() ? Optional.of("unknown token") : refusal(hello);
      if (refusal.isPresent()) {
        refuse(refusal.get());
        return;
      }
      AgentLink accepted = new AgentLink(name.orElseThrow(), hello.getDescription(), outbound);
      synchronized (outbound) {
        if (!admit(accepted)) {
          refuse("unknown token");
          return;
        }
        agent = accepted;
        outbound.onNext(AgentOrder.newBuilder().setWelcome(Welcome.getDefaultInstance()).build());
      }
    }

    private void refuse(String reason) {
      over = true;
      refusals.add("an agent", reason);
      synchronized (outbound) {
        if (!outbound.isCancelled()) {
          outbound.onNext(
              AgentOrder.newBuilder().setRefusal(Refusal.newBuilder().setReason(reason)).build());
          outbound.onError(Status.PERMISSION_DENIED.withDescription(reason).asRuntimeException());
        }
      }
    }

    @Override
    public void onError(Throwable t) {
      ended(Status.fromThrowable(t).getCode() + " " + t.getMessage());
    }

    @Override
    public void onCompleted() {
      if (agent == null && !over && stranger.isNoMore()) {
        refuse("it said no hello");
      }
      ended("it ended its stream");
    }

    void ended(String cause) {
      if (over) {
        return;
      }
      over = true;
      AgentLink known = agent;
      if (known != null) {
        known.lose(cause);
      } else {
        var _ = stranger.isNoMore();
      }
    }
  }
}

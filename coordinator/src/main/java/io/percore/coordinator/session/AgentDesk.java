package io.percore.coordinator.session;

import com.google.protobuf.ByteString;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.percore.coordinator.session.AgentTokens.Pass;
import io.percore.coordinator.session.Strangers.Stranger;
import io.percore.proto.AgentHello;
import io.percore.proto.AgentMessage;
import io.percore.proto.AgentOrder;
import io.percore.proto.Welcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lets the agents of a run in, each by a token that is good for one of them, and keeps in touch
/// with them. One whose connection is lost may come back by the token that it was last handed.
/// Thread-safe: its own state is guarded by its monitor.
///
/// It has a thread of its own once an agent is there, and none before.
public final class AgentDesk implements AutoCloseable {
  /// For how long an agent whose connection is lost may come back, where nothing else is said.
  public static final Duration RETURN_PATIENCE = Duration.ofSeconds(60);

  private static final String UNKNOWN = "unknown token";

  /// How often it is looked whether a lost agent still may come back, while it is waited for.
  private static final Duration LOOK = Duration.ofMillis(200);

  private final String jarSha256;
  private final Limits limits;
  private final Refusals refusals;
  private final Duration returnPatience;
  private final AgentTokens tokens = new AgentTokens();

  /// Names in the order in which they were expected.
  private final List<String> names = new ArrayList<>();

  /// In the order of their names.
  private final List<AgentLink> agents = new ArrayList<>();

  /// What was not as before of machines that came back and were refused for it.
  private final Map<String, String> changes = new HashMap<>();

  /// End of the silence that was last agreed upon.
  private long quietUntil = System.nanoTime();

  private @Nullable ScheduledExecutorService heartbeats;

  /// When agents were last looked after. Confined to the thread that does so.
  private long lastAttended;

  /// @param jarSha256 hash of the worker's jar, which every agent must have; empty accepts any
  /// @param limits of silence
  /// @param refusals told of everybody who is not let in
  /// @param returnPatience for how long an agent whose connection is lost may come back
  AgentDesk(String jarSha256, Limits limits, Refusals refusals, Duration returnPatience) {
    this.jarSha256 = jarSha256;
    this.limits = limits;
    this.refusals = refusals;
    this.returnPatience = returnPatience;
  }

  /// Makes a token that lets in one agent.
  ///
  /// @param name what its machine is called here; no two may be called alike
  /// @return 64 hexadecimal digits
  public String expect(String name) {
    String hex = HexFormat.of().formatHex(tokens.fresh());
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
    tokens.put(name, HexFormat.of().parseHex(token));
  }

  /// The agents that were let in, those that have been lost since included, in the order in which
  /// they were expected.
  public synchronized List<AgentLink> agents() {
    return List.copyOf(agents);
  }

  /// Waits until so many agents have been let in.
  ///
  /// @return whether they have within `patience`
  public boolean await(int count, Duration patience) throws InterruptedException {
    return await(() -> agents().size() >= count, patience);
  }

  private synchronized boolean await(BooleanSupplier met, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    long left = patience.toNanos();
    while (!met.getAsBoolean() && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = deadline - System.nanoTime();
    }
    return met.getAsBoolean();
  }

  /// Waits until every agent is there, as long as those that are lost may come back.
  ///
  /// @param ended what is left behind by agents whose processes have ended: they do not come back
  /// @param told in one line each what is waited for, and that it has come
  /// @return which is gone for good, and how; empty when all are there
  public Optional<String> awaitReturn(Supplier<List<String>> ended, Consumer<String> told)
      throws InterruptedException {
    Optional<String> lost = lost();
    if (lost.isEmpty()) {
      return lost;
    }
    if (!mayReturn(ended)) {
      return lost.map(how -> withLastWords(how, ended));
    }
    told.accept("%s; waiting up to %d s for it".formatted(lost.get(), returnPatience.toSeconds()));
    long deadline = System.nanoTime() + returnPatience.toNanos();
    while (!await(() -> lost().isEmpty(), LOOK)) {
      if (!mayReturn(ended)) {
        return lost().map(how -> withLastWords(how, ended));
      }
      if (System.nanoTime() - deadline > 0) {
        return lost().map(how -> how + "; not back within " + returnPatience.toSeconds() + " s");
      }
    }
    told.accept("all machines are there again");
    return Optional.empty();
  }

  private synchronized Optional<String> lost() {
    return agents.stream()
        .filter(agent -> agent.lost().isPresent())
        .map(
            agent ->
                changes.containsKey(agent.name())
                    ? agent.gone() + "; it came back otherwise: " + changes.get(agent.name())
                    : agent.gone())
        .findFirst();
  }

  /// A stream's end does not tell a broken network from a killed agent. What led to the agent, such
  /// as ssh, often does.
  private static String withLastWords(String how, Supplier<List<String>> ended) {
    return ended.get().isEmpty() ? how : how + "; " + String.join("; ", ended.get());
  }

  private synchronized boolean mayReturn(Supplier<List<String>> ended) {
    return ended.get().isEmpty()
        && agents.stream()
            .filter(agent -> agent.lost().isPresent())
            .allMatch(agent -> tokens.names().contains(agent.name()));
  }

  /// Sends nothing to any agent for some time, and expects nothing, until something else is sent;
  /// nor to those that come back meanwhile.
  public void quiet(Duration time) {
    synchronized (this) {
      quietUntil = System.nanoTime() + time.toNanos();
    }
    agents().forEach(agent -> agent.quiet(time));
  }

  /// What is left of the silence that was agreed upon; not positive when it is over.
  synchronized Duration quietLeft() {
    return Duration.ofNanos(quietUntil - System.nanoTime());
  }

  /// Names of machines whose agents have not come, in the order in which they were expected.
  public synchronized List<String> missing() {
    return tokens.names().stream().filter(name -> link(name).isEmpty()).toList();
  }

  /// From now on nobody else is let in, but for those that were and have been lost.
  public synchronized void shut() {
    missing().forEach(tokens::remove);
  }

  @Override
  public void close() {
    synchronized (this) {
      names.forEach(tokens::remove);
      if (heartbeats != null) {
        heartbeats.shutdownNow();
      }
    }
    agents().forEach(AgentLink::dismiss);
  }

  /// Opens the stream of somebody who says to be an agent.
  StreamObserver<AgentMessage> attend(
      ServerCallStreamObserver<AgentOrder> outbound, Stranger stranger) {
    AgentInbound inbound = new AgentInbound(this, refusals, outbound, stranger);
    outbound.setOnCancelHandler(() -> inbound.ended("the connection was lost"));
    outbound.request(1);
    return inbound;
  }

  private synchronized Optional<AgentLink> link(String name) {
    return agents.stream().filter(agent -> agent.name().equals(name)).findFirst();
  }

  /// Whether somebody who says to be an agent is let in.
  sealed interface Admission {
    /// It is.
    ///
    /// @param agent what is known of it from now on
    /// @param welcome to be sent to it before anything else
    record LetIn(AgentLink agent, Welcome welcome) implements Admission {}

    /// It is not.
    ///
    /// @param reason in one line
    record Refused(String reason) implements Admission {}
  }

  /// Lets an agent in, or back in, which uses its token up. From then on others may send to it:
  /// whoever calls this holds the lock of its stream until the welcome is sent.
  ///
  /// @param hello what it says of itself
  /// @param outbound the stream to it
  Admission admit(AgentHello hello, ServerCallStreamObserver<AgentOrder> outbound) {
    Pass pass = new Pass(hello.getToken(), hello.getClaim(), hello.getDial());
    AgentLink agent;
    byte[] next;
    Optional<AgentLink> before;
    synchronized (this) {
      Optional<String> name = tokens.name(pass);
      Optional<String> refusal = name.isEmpty() ? Optional.of(UNKNOWN) : refusal(hello);
      if (refusal.isPresent()) {
        return new Admission.Refused(refusal.get());
      }
      agent = new AgentLink(name.get(), hello.getJarSha256(), hello.getDescription(), outbound);
      before = link(agent.name());
      Optional<String> change = before.flatMap(agent::changedSince);
      if (change.isPresent()) {
        tokens.remove(agent.name());
        changes.put(agent.name(), change.get());
        return new Admission.Refused("the machine is not as it was: " + change.get());
      }
      next = tokens.renew(agent.name(), pass);
      before.ifPresent(agents::remove);
      add(agent);
    }
    // It may know of the loss before we do.
    before.ifPresent(link -> link.lose("it has dialled in again"));
    return new Admission.LetIn(
        agent,
        Welcome.newBuilder()
            .setReturnToken(ByteString.copyFrom(next))
            .setReturnNanos(returnPatience.toNanos())
            .build());
  }

  private synchronized void add(AgentLink agent) {
    agents.add(agent);
    agents.sort(Comparator.comparingInt(one -> names.indexOf(one.name())));
    if (heartbeats == null) {
      heartbeats = beginHeartbeats();
    }
    notifyAll();
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
}

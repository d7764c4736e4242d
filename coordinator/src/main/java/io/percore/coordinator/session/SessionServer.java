package io.percore.coordinator.session;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.percore.coordinator.session.SessionEvent.Joined;
import io.percore.coordinator.session.SessionEvent.Ready;
import io.percore.coordinator.session.SessionEvent.StreamEnded;
import io.percore.coordinator.session.Strangers.Stranger;
import io.percore.proto.AgentMessage;
import io.percore.proto.AgentOrder;
import io.percore.proto.CoordinationGrpc;
import io.percore.proto.CoordinatorMessage;
import io.percore.proto.Hello;
import io.percore.proto.WorkerMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one listening port of the system. It lets in workers that know a one-time secret, and turns
/// what they say into events for the thread that conducts the trial; agents of other machines go to
/// the [AgentDesk]. Its own handlers check the hello and enqueue; they do nothing else.
public final class SessionServer implements AutoCloseable {
  /// Largest message that is accepted from a worker.
  public static final int MAXIMUM_MESSAGE_BYTES = 256 * 1024;

  /// Protocol version that this coordinator speaks.
  static final int MAJOR = 1;

  static final int MINOR = 4;

  /// Streams that may be open without having said hello, beside those of the workers that are
  /// expected: all of these may come at once.
  static final int MAXIMUM_STRANGERS = 64;

  private static final Logger LOG = LoggerFactory.getLogger(SessionServer.class);

  /// gRPC logs through java.util.logging; what it has to say of peers is said by this package.
  private static final java.util.logging.Logger GRPC =
      java.util.logging.Logger.getLogger("io.grpc");

  static {
    GRPC.setLevel(Level.OFF);
  }

  private static final int SECRET_BYTES = 32;

  /// After that a stream without a hello gives way to others.
  private static final Duration HELLO_PATIENCE = Duration.ofSeconds(5);

  /// Time for TLS and HTTP/2 to be agreed upon.
  private static final Duration HANDSHAKE_PATIENCE = Duration.ofSeconds(5);

  /// A connection without a stream is of no use.
  private static final Duration IDLE_PATIENCE = Duration.ofSeconds(10);

  private final SecureRandom random = new SecureRandom();
  private final BlockingQueue<SessionEvent> events = new LinkedBlockingQueue<>();

  /// Secrets that may still be used, by the session that they were made for. A secret is removed by
  /// the first hello that shows it, which {@link ConcurrentMap#remove} makes atomic.
  private final ConcurrentMap<SessionKey, byte[]> expected = new ConcurrentHashMap<>();

  private final Strangers strangers;
  private final Refusals refusals = new Refusals();
  private final AgentDesk desk;
  private final String jarSha256;
  private final Server server;

  /// Starts to listen on the loopback interface, at any port.
  ///
  /// @param jarSha256 hash of the worker's jar, which every worker must have; empty accepts any
  /// @throws IOException when no port can be had
  public SessionServer(String jarSha256) throws IOException {
    this(jarSha256, Endpoint.LOOPBACK);
  }

  /// Starts to listen.
  ///
  /// @param jarSha256 hash of the worker's jar, which every worker must have; empty accepts any
  /// @param endpoint where, and how streams are protected
  /// @throws IOException when the address or the port cannot be had
  public SessionServer(String jarSha256, Endpoint endpoint) throws IOException {
    this(jarSha256, endpoint, AgentDesk.RETURN_PATIENCE);
  }

  /// Starts to listen.
  ///
  /// @param jarSha256 hash of the worker's jar, which every worker must have; empty accepts any
  /// @param endpoint where, and how streams are protected
  /// @param returnPatience for how long an agent whose connection is lost may come back
  /// @throws IOException when the address or the port cannot be had
  public SessionServer(String jarSha256, Endpoint endpoint, Duration returnPatience)
      throws IOException {
    this(jarSha256, endpoint, returnPatience, HANDSHAKE_PATIENCE, HELLO_PATIENCE);
  }

  /// @param returnPatience with a lost agent until it is back
  /// @param handshakePatience with a connection until TLS and HTTP/2 are agreed upon
  /// @param helloPatience with a stream until it says who it is, where there is no room for more
  SessionServer(
      String jarSha256,
      Endpoint endpoint,
      Duration returnPatience,
      Duration handshakePatience,
      Duration helloPatience)
      throws IOException {
    this.jarSha256 = jarSha256;
    this.strangers = new Strangers(() -> MAXIMUM_STRANGERS + expected.size(), helloPatience);
    this.desk = new AgentDesk(jarSha256, Limits.standard(), refusals, returnPatience);
    this.server =
        NettyServerBuilder.forAddress(endpoint.address(), endpoint.credentials())
            .directExecutor()
            .maxInboundMessageSize(MAXIMUM_MESSAGE_BYTES)
            .maxInboundMetadataSize(8 * 1024)
            .maxConcurrentCallsPerConnection(1)
            .handshakeTimeout(handshakePatience.toMillis(), TimeUnit.MILLISECONDS)
            .maxConnectionIdle(IDLE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .addService(new Service())
            .build()
            .start();
  }

  /// `host:port` that workers of this machine dial.
  public String address() {
    String host = InetAddress.getLoopbackAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + server.getPort();
  }

  /// The one port that is listened on.
  public int port() {
    return server.getPort();
  }

  /// The agents of other machines.
  public AgentDesk agents() {
    return desk;
  }

  /// Peers that have not said who they are.
  int strangers() {
    return strangers.number();
  }

  /// Peers that were turned away.
  long refused() {
    return refusals.number();
  }

  /// Makes a secret that lets in one worker, once.
  String expect(SessionKey key) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    expected.put(key, secret);
    return HexFormat.of().formatHex(secret);
  }

  /// Takes back the secrets of an attempt that is over, and forgets its events.
  void forget(String run, int trial, int attempt) {
    expected
        .keySet()
        .removeIf(key -> key.run().equals(run) && key.trial() == trial && key.attempt() == attempt);
    events.clear();
  }

  /// What happens to the workers of the current attempt, in the order in which it was seen.
  BlockingQueue<SessionEvent> events() {
    return events;
  }

  @Override
  public void close() {
    boolean agents = !desk.agents().isEmpty();
    desk.close();
    try {
      // Agents are told in order that they are not needed any more.
      if (agents) {
        var _ = server.shutdown().awaitTermination(500, TimeUnit.MILLISECONDS);
      }
      if (!server.shutdownNow().awaitTermination(2, TimeUnit.SECONDS)) {
        LOG.warn("the server on {} did not end within 2 s", address());
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    refusals.close();
  }

  private final class Service extends CoordinationGrpc.CoordinationImplBase {
    private static final String TOO_MANY = "too many peers that have not said hello";

    @Override
    public StreamObserver<WorkerMessage> join(StreamObserver<CoordinatorMessage> responses) {
      ServerCallStreamObserver<CoordinatorMessage> outbound =
          (ServerCallStreamObserver<CoordinatorMessage>) responses;
      outbound.disableAutoRequest();
      Optional<Stranger> stranger = strangers.arrived(outbound);
      if (stranger.isEmpty()) {
        WorkerLink.refuse(outbound, TOO_MANY);
        return new Deaf<>();
      }
      Inbound inbound = new Inbound(outbound, stranger.get());
      outbound.setOnCancelHandler(() -> inbound.ended("the connection was lost"));
      outbound.request(1);
      return inbound;
    }

    @Override
    public StreamObserver<AgentMessage> attend(StreamObserver<AgentOrder> responses) {
      ServerCallStreamObserver<AgentOrder> outbound =
          (ServerCallStreamObserver<AgentOrder>) responses;
      outbound.disableAutoRequest();
      Optional<Stranger> stranger = strangers.arrived(outbound);
      if (stranger.isEmpty()) {
        outbound.onError(Status.RESOURCE_EXHAUSTED.withDescription(TOO_MANY).asRuntimeException());
        return new Deaf<>();
      }
      return desk.attend(outbound, stranger.get());
    }
  }

  /// Why a hello is not accepted, or empty. A secret is used up by being shown.
  private Optional<String> refusal(SessionKey key, Hello hello) {
    if (hello.getVersion().getMajor() != MAJOR) {
      return Optional.of(
          "protocol version %d.%d is not spoken here: this coordinator speaks %d.%d"
              .formatted(
                  hello.getVersion().getMajor(), hello.getVersion().getMinor(), MAJOR, MINOR));
    }
    byte[] secret = expected.get(key);
    if (secret == null
        || !MessageDigest.isEqual(secret, hello.getSecret().toByteArray())
        || !expected.remove(key, secret)) {
      return Optional.of("unknown secret");
    }
    if (!jarSha256.isEmpty() && !jarSha256.equals(hello.getJarSha256())) {
      return Optional.of(
          "the worker's jar has SHA-256 '%s', the coordinator's is %s: use the same build"
              .formatted(Messages.name(hello.getJarSha256()), jarSha256));
    }
    return Optional.empty();
  }

  /// One worker's messages. gRPC calls it from one thread at a time.
  private final class Inbound implements StreamObserver<WorkerMessage> {
    private final ServerCallStreamObserver<CoordinatorMessage> outbound;
    private final Stranger stranger;
    private @Nullable SessionKey key;
    private long pid;
    private Optional<Ready> ready = Optional.empty();
    private boolean over;

    Inbound(ServerCallStreamObserver<CoordinatorMessage> outbound, Stranger stranger) {
      this.outbound = outbound;
      this.stranger = stranger;
    }

    @Override
    public void onNext(WorkerMessage message) {
      if (over) {
        return;
      }
      SessionKey known = key;
      if (known == null) {
        hello(message);
      } else if (message.hasHello()) {
        refuse(known + " said hello twice");
        events.add(new StreamEnded(known, "it said hello twice and was refused"));
      } else if (Messages.key(message.getSession()).equals(known)) {
        Messages.event(known, message, pid, ready).ifPresent(this::enqueue);
      } else {
        LOG.warn("dropped a stale message from {}", known);
      }
      if (!over) {
        outbound.request(1);
      }
    }

    private void enqueue(SessionEvent event) {
      if (event instanceof Ready r) {
        ready = Optional.of(r);
      }
      events.add(event);
    }

    private void hello(WorkerMessage message) {
      if (!stranger.isNoMore()) {
        over = true;
        return;
      }
      SessionKey claimed = Messages.key(message.getSession());
      if (!message.hasHello()) {
        refuse("the first message was not a hello");
        return;
      }
      Optional<String> refusal = refusal(claimed, message.getHello());
      if (refusal.isPresent()) {
        refuse(refusal.get());
        return;
      }
      key = claimed;
      pid = message.getHello().getPid();
      var machine = message.getHello().getDescription().getMachine();
      events.add(
          new Joined(
              claimed,
              new WorkerLink(outbound, claimed),
              pid,
              new ClockIdentity(machine.getBootId(), machine.getTimeNamespace())));
    }

    private void refuse(String reason) {
      over = true;
      refusals.add("a worker", reason);
      WorkerLink.refuse(outbound, reason);
    }

    @Override
    public void onError(Throwable t) {
      ended(Status.fromThrowable(t).getCode() + " " + t.getMessage());
    }

    @Override
    public void onCompleted() {
      boolean open = !over && (key != null || stranger.isNoMore());
      ended("the worker ended its stream");
      synchronized (outbound) {
        if (open && !outbound.isCancelled()) {
          outbound.onCompleted();
        }
      }
    }

    void ended(String cause) {
      if (over) {
        return;
      }
      over = true;
      SessionKey known = key;
      if (known == null) {
        var _ = stranger.isNoMore();
      } else {
        events.add(new StreamEnded(known, cause));
      }
    }
  }

  /// Hears nothing of a peer that was refused at the door.
  private static final class Deaf<M> implements StreamObserver<M> {
    @Override
    public void onNext(M message) {
      // Refused already.
    }

    @Override
    public void onError(Throwable t) {
      // Refused already.
    }

    @Override
    public void onCompleted() {
      // Refused already.
    }
  }
}

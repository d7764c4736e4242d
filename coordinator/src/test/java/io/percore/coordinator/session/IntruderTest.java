package io.percore.coordinator.session;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.StreamObserver;
import io.percore.coordinator.session.SessionEvent.Joined;
import io.percore.coordinator.tls.RunAuthority;
import io.percore.coordinator.tls.RunAuthority.Identity;
import io.percore.proto.AgentOrder.PayloadCase;
import io.percore.proto.CoordinationGrpc;
import io.percore.proto.CoordinatorMessage;
import io.percore.proto.Hello;
import io.percore.proto.ProtocolVersion;
import io.percore.proto.SessionId;
import io.percore.proto.WorkerMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whoever has no business at the port, over real sockets.
@Timeout(120)
class IntruderTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LIFE = Duration.ofHours(1);

  /// So that waiting for a time-out takes no time.
  private static final Duration HANDSHAKE = Duration.ofMillis(400);

  private static final int GUESSES = 10_000;

  private static final SessionKey WORKER = new SessionKey("run", 0, 1, 0);

  private final RunAuthority authority = RunAuthority.create(Instant.now(), LIFE);
  private final SessionServer server = server(authority);
  private final String token = server.agents().expect("a");
  private final List<AutoCloseable> opened = new ArrayList<>();

  private static SessionServer server(RunAuthority authority) {
    try {
      return new SessionServer(
          ScriptedAgent.JAR, endpoint(authority), AgentDesk.RETURN_PATIENCE, HANDSHAKE, LIFE);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Endpoint endpoint(RunAuthority authority) throws IOException {
    Identity own = authority.coordinator();
    return Endpoint.encrypted(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        own.authority(),
        own.certificate(),
        own.privateKey());
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
    server.close();
  }

  private static InputStream stream(String pem) {
    return new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
  }

  /// Trusts the coordinator whoever it is, and shows this identity.
  private static ChannelCredentials showing(Identity identity) throws IOException {
    return TlsChannelCredentials.newBuilder()
        .trustManager(new Gullible())
        .keyManager(stream(identity.certificate()), stream(identity.privateKey()))
        .build();
  }

  private ScriptedAgent dial(ChannelCredentials credentials) {
    ScriptedAgent agent = ScriptedAgent.dial(server, credentials);
    opened.add(agent);
    return agent;
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    opened.add(socket);
    return socket;
  }

  private ScriptedAgent member() throws Exception {
    ScriptedAgent agent = dial(showing(authority.worker())).join(token);
    agent.expect(PayloadCase.WELCOME);
    return agent;
  }

  /// Even with a valid token: nothing that it says is heard.
  private void assertShutOut(ChannelCredentials credentials) throws Exception {
    ScriptedAgent agent = dial(credentials).join(token);
    assertThat(agent.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(agent.received).isEmpty();
    assertThat(server.agents().missing()).containsExactly("a");
    assertThat(server.refused()).isZero();
    assertThat(server.strangers()).isZero();
    member();
  }

  @Test
  void aMemberOfTheRunIsLetIn() throws Exception {
    member();
    assertThat(server.agents().missing()).isEmpty();
  }

  @Test
  void noCertificate() throws Exception {
    assertShutOut(TlsChannelCredentials.newBuilder().trustManager(new Gullible()).build());
  }

  @Test
  void aCertificateOfAnotherRun() throws Exception {
    assertShutOut(showing(RunAuthority.create(Instant.now(), LIFE).worker()));
  }

  /// The coordinator's own proves that it is a coordinator, and nothing else.
  @Test
  void aCertificateThatIsNotForClients() throws Exception {
    assertShutOut(showing(authority.coordinator()));
  }

  @Test
  void anExpiredCertificate() throws Exception {
    RunAuthority old = RunAuthority.create(Instant.now().minus(Duration.ofDays(2)), LIFE);
    try (SessionServer other = server(old)) {
      other.agents().expect("a", token);
      try (ScriptedAgent agent = ScriptedAgent.dial(other, showing(old.worker())).join(token)) {
        assertThat(agent.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(other.agents().missing()).containsExactly("a");
      }
    }
  }

  @Test
  void aClientThatDoesNotEncrypt() throws Exception {
    assertShutOut(InsecureChannelCredentials.create());
  }

  @Test
  void aWrongProtocolIsAnsweredWithNothingOfOurs() throws Exception {
    Socket socket = connect();
    socket
        .getOutputStream()
        .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(rest(socket)).isLessThan(100);
  }

  @Test
  void aPortScannerThatSaysNothingIsCutOff() throws Exception {
    assertThat(rest(connect())).isZero();
    assertThat(server.refused()).isZero();
  }

  /// One byte at a time, and never all of its greeting.
  @Test
  void aSlowPeerIsCutOff() throws Exception {
    Socket socket = connect();
    // The beginning of a TLS record of 512 bytes.
    byte[] greeting = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 252, 3, 3};
    OutputStream out = socket.getOutputStream();
    for (byte b : greeting) {
      out.write(b);
      out.flush();
    }
    assertThat(rest(socket)).isLessThan(100);
  }

  /// Member of the run by its certificate, but it never speaks HTTP/2.
  @Test
  void aMemberThatSaysNothingIsCutOffToo() throws Exception {
    // A busy machine may take longer for a handshake than the server waits.
    SSLSocket socket =
        await()
            .atMost(PATIENCE)
            .ignoreExceptionsInstanceOf(IOException.class)
            .until(this::silentMember, Objects::nonNull);
    // The server's settings come at once, ours never.
    assertThat(rest(socket)).isLessThan(200);
    assertThat(server.strangers()).isZero();
  }

  private SSLSocket silentMember() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers(authority.worker()), new TrustManager[] {new Gullible()}, null);
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.port());
    opened.add(socket);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    var parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  @Test
  void anOversizedMessageEndsItsStreamAlone() throws Exception {
    ScriptedAgent agent = dial(showing(authority.worker()));
    agent.say(
        ScriptedAgent.hello(token)
            .setJarSha256("x".repeat(SessionServer.MAXIMUM_MESSAGE_BYTES + 1)));
    assertThat(agent.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    await().atMost(PATIENCE).until(() -> server.strangers() == 0);
    member();
  }

  @Test
  void onlySoManyMayStandAtTheDoor() throws Exception {
    ChannelCredentials credentials = showing(authority.worker());
    for (int i = 0; i < SessionServer.MAXIMUM_STRANGERS; i++) {
      dial(credentials);
    }
    await().atMost(PATIENCE).until(() -> server.strangers() == SessionServer.MAXIMUM_STRANGERS);
    ScriptedAgent late = dial(credentials);
    assertThat(late.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(server.strangers()).isEqualTo(SessionServer.MAXIMUM_STRANGERS);
    opened.forEach(one -> ((ScriptedAgent) one).close());
    await().atMost(PATIENCE).until(() -> server.strangers() == 0);
    member();
  }

  /// Member of the run by its certificate, who guesses what lets an agent in.
  @Test
  void tenThousandWrongTokensCostAFewLines() throws Exception {
    try (SessionServer door = new SessionServer(ScriptedAgent.JAR, endpoint(authority))) {
      String right = door.agents().expect("a");
      assertOnlyCounted(
          door,
          logOfGuesses(
              door,
              (channel, wrong) -> {
                ScriptedAgent agent = new ScriptedAgent(channel).join(wrong);
                agent.complete();
                return agent.end();
              }));
      assertThat(door.agents().missing()).containsExactly("a");
      try (ScriptedAgent agent =
          ScriptedAgent.dial(door, showing(authority.worker())).join(right)) {
        agent.expect(PayloadCase.WELCOME);
      }
    }
  }

  @Test
  void tenThousandWrongSecretsCostAFewLines() throws Exception {
    try (SessionServer door = new SessionServer(ScriptedAgent.JAR, endpoint(authority))) {
      String right = door.expect(WORKER);
      assertOnlyCounted(
          door,
          logOfGuesses(
              door,
              (channel, wrong) -> {
                Claimant worker = new Claimant(channel, wrong);
                worker.outbound.onCompleted();
                return worker.end.get(30, SECONDS);
              }));
      assertThat(door.events()).isEmpty();
      ManagedChannel channel = ScriptedAgent.channel(door, showing(authority.worker()));
      opened.add(channel::shutdownNow);
      Claimant worker = new Claimant(channel, right);
      assertThat(door.events().poll(30, SECONDS))
          .isInstanceOfSatisfying(
              Joined.class, joined -> assertThat(joined.key()).isEqualTo(WORKER));
      assertThat(worker.end).isNotDone();
    }
  }

  /// Opens a stream, shows what is wrong, ends its half, and says how the stream ended.
  @FunctionalInterface
  private interface Guess {
    Status make(ManagedChannel channel, String wrong) throws Exception;
  }

  /// Guesses again and again over one connection. A client that did not end its half would reset
  /// it, and Netty gives up a connection on which 200 streams are reset within 30 s.
  ///
  /// @return what was logged meanwhile
  private String logOfGuesses(SessionServer door, Guess guess) throws Exception {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream usual = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    ManagedChannel channel = ScriptedAgent.channel(door, showing(authority.worker()));
    try {
      for (int i = 0; i < GUESSES; i++) {
        assertThat(guess.make(channel, "%064x".formatted(i)).getCode())
            .isEqualTo(Status.Code.PERMISSION_DENIED);
      }
    } finally {
      channel.shutdownNow();
      System.setErr(usual);
    }
    return log.toString(StandardCharsets.UTF_8);
  }

  private static void assertOnlyCounted(SessionServer door, String log) {
    assertThat(door.refused()).isEqualTo(GUESSES);
    assertThat(door.strangers()).isZero();
    assertThat(log.lines())
        .hasSizeLessThan(30)
        .anyMatch(line -> line.contains("refused a"))
        .anyMatch(line -> line.contains("further refusals are only counted"));
  }

  /// Says that it is a worker.
  private static final class Claimant implements StreamObserver<CoordinatorMessage> {
    final CompletableFuture<Status> end = new CompletableFuture<>();
    final StreamObserver<WorkerMessage> outbound;

    Claimant(ManagedChannel channel, String secret) {
      outbound = CoordinationGrpc.newStub(channel).join(this);
      outbound.onNext(
          WorkerMessage.newBuilder()
              .setSession(
                  SessionId.newBuilder()
                      .setRun(WORKER.run())
                      .setTrial(WORKER.trial())
                      .setAttempt(WORKER.attempt())
                      .setSlot(WORKER.slot()))
              .setHello(
                  Hello.newBuilder()
                      .setVersion(ProtocolVersion.newBuilder().setMajor(SessionServer.MAJOR))
                      .setSecret(ByteString.copyFrom(HexFormat.of().parseHex(secret)))
                      .setJarSha256(ScriptedAgent.JAR))
              .build());
    }

    @Override
    public void onNext(CoordinatorMessage message) {
      // The end of the stream says as much.
    }

    @Override
    public void onError(Throwable t) {
      end.complete(Status.fromThrowable(t));
    }

    @Override
    public void onCompleted() {
      end.complete(Status.OK);
    }
  }

  /// How many bytes come until the other side closes the connection.
  private static int rest(Socket socket) throws IOException {
    int bytes = 0;
    try {
      InputStream in = socket.getInputStream();
      while (in.read() >= 0) {
        bytes++;
      }
    } catch (SocketTimeoutException stillOpen) {
      throw new AssertionError("the connection is still open", stillOpen);
    } catch (SocketException | SSLException reset) {
      return bytes;
    }
    return bytes;
  }

  private static KeyManager[] keyManagers(Identity identity) throws Exception {
    char[] password = "in memory".toCharArray();
    Certificate certificate =
        CertificateFactory.getInstance("X.509").generateCertificate(stream(identity.certificate()));
    String base64 =
        identity
            .privateKey()
            .lines()
            .filter(line -> !line.startsWith("-"))
            .reduce("", String::concat);
    PrivateKey key =
        KeyFactory.getInstance("EC")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, password);
    store.setKeyEntry("member", key, password, new Certificate[] {certificate});
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, password);
    return factory.getKeyManagers();
  }

  /// Trusts everybody.
  private static final class Gullible extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

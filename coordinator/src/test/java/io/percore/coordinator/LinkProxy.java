package io.percore.coordinator;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.percore.proto.AgentMessage;
import io.percore.proto.AgentOrder;
import io.percore.proto.CoordinatorMessage;
import io.percore.proto.WorkerMessage;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The network between one worker, or the machine of one agent, and the coordinator, which a test
/// can spoil. It forwards what they say message by message: of HTTP/2 and gRPC it knows just enough
/// to tell where a message ends and what it is. Streams that are encrypted cannot pass.
/// Thread-safe.
final class LinkProxy implements AutoCloseable {
  /// State of the network.
  enum Link {
    WHOLE,
    /// Nothing passes, and nobody is told.
    SILENT,
    /// All connections are closed in order, and new ones as soon as they are there.
    CLOSED,
    /// The same, but they are reset.
    RESET,
    /// A few kilobytes pass in a second.
    SLOW,
    /// Every message takes its time.
    LATE
  }

  /// A message.
  ///
  /// @param kind name of its payload, such as `HELLO`, or `AGENT_HELLO` in the stream of an agent;
  ///   no two of worker and coordinator that a test looks for are alike
  /// @param message itself
  record Said(String kind, MessageLite message) {}

  /// Told of every message, on the thread that forwards it.
  interface Listener {
    void before(Said said);

    void after(Said said);
  }

  /// gRPC tells at length of the streams that are broken here. Held, because a logger that nobody
  /// holds loses its level.
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  static {
    GRPC.setLevel(Level.SEVERE);
  }

  private static final Duration LATENESS = Duration.ofMillis(80);
  private static final int SLOW_BYTES_PER_SECOND = 4096;
  private static final int PREFACE_BYTES = 24;
  private static final int FRAME_HEADER_BYTES = 9;
  private static final int DATA = 0;
  private static final int HEADERS = 1;

  /// Ends the name of the call by which an agent attends.
  private static final String ATTEND = "/Attend";

  private static final int PADDED = 8;
  private static final int MESSAGE_HEADER_BYTES = 5;

  private final String coordinator;
  private final Listener listener;
  private final ServerSocket door;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /// Guarded by this monitor, on which whoever waits for a silence to end waits.
  private Link link = Link.WHOLE;

  /// @param coordinator `host:port`
  LinkProxy(String coordinator, Listener listener) throws IOException {
    this.coordinator = coordinator;
    this.listener = listener;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /// `host:port` that the worker dials.
  String address() {
    return door.getInetAddress().getHostAddress() + ":" + door.getLocalPort();
  }

  void become(Link next) throws IOException {
    synchronized (this) {
      link = next;
      notifyAll();
    }
    if (next == Link.CLOSED || next == Link.RESET) {
      for (Socket socket : sockets) {
        end(socket, next);
      }
      sockets.clear();
    }
  }

  private static void end(Socket socket, Link how) throws IOException {
    if (how == Link.RESET && !socket.isClosed()) {
      socket.setSoLinger(true, 0);
    }
    socket.close();
  }

  @Override
  public void close() throws IOException {
    door.close();
    become(Link.CLOSED);
  }

  private void accept() {
    try {
      while (true) {
        connect(door.accept());
      }
    } catch (IOException closed) {
      // The test is over, or the coordinator is gone.
      return;
    }
  }

  private void connect(Socket worker) throws IOException {
    URI target = URI.create("tcp://" + coordinator);
    Socket server = new Socket(target.getHost(), target.getPort());
    Link now = add(worker, server);
    if (now == Link.CLOSED || now == Link.RESET) {
      end(worker, now);
      end(server, now);
      return;
    }
    worker.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    AtomicBoolean agent = new AtomicBoolean();
    Thread.ofVirtual().start(() -> forward(worker, server, true, agent));
    Thread.ofVirtual().start(() -> forward(server, worker, false, agent));
  }

  /// @return what the network is like
  private synchronized Link add(Socket worker, Socket server) {
    sockets.add(worker);
    sockets.add(server);
    return link;
  }

  /// @param agent whether it is an agent's stream, as soon as that is known
  private void forward(Socket from, Socket to, boolean fromWorker, AtomicBoolean agent) {
    try (InputStream in = new BufferedInputStream(from.getInputStream());
        OutputStream out = to.getOutputStream()) {
      if (fromWorker) {
        out.write(in.readNBytes(PREFACE_BYTES));
      }
      new Direction(new DataInputStream(in), out, fromWorker, agent).forward();
    } catch (IOException | InterruptedException over) {
      // One of the two has closed its connection, or the test has.
      return;
    }
  }

  /// Waits as long as the network takes.
  ///
  /// @param bytes to pass
  private synchronized void pass(int bytes) throws InterruptedException {
    while (link == Link.SILENT) {
      wait();
    }
    if (link == Link.SLOW) {
      Thread.sleep(Duration.ofNanos(bytes * 1_000_000_000L / SLOW_BYTES_PER_SECOND));
    }
  }

  private synchronized boolean late() {
    return link == Link.LATE;
  }

  /// What one of the two says.
  private final class Direction {
    private final DataInputStream in;
    private final OutputStream out;
    private final boolean fromWorker;
    private final AtomicBoolean agent;

    /// Frames that are held back until their last message is whole.
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();

    /// What they carry.
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    Direction(DataInputStream in, OutputStream out, boolean fromWorker, AtomicBoolean agent) {
      this.in = in;
      this.out = out;
      this.fromWorker = fromWorker;
      this.agent = agent;
    }

    void forward() throws IOException, InterruptedException {
      byte[] header = new byte[FRAME_HEADER_BYTES];
      while (true) {
        try {
          in.readFully(header);
        } catch (EOFException end) {
          pass(0);
          return;
        }
        byte[] body = new byte[ByteBuffer.wrap(header).getInt() >>> 8];
        in.readFully(body);
        if (header[3] == DATA) {
          if ((header[4] & PADDED) != 0) {
            throw new IOException("padded frames are not understood");
          }
          held.write(header);
          held.write(body);
          data.write(body);
          messages();
        } else {
          // Netty does not compress strings as short as this one.
          if (header[3] == HEADERS
              && new String(body, StandardCharsets.ISO_8859_1).contains(ATTEND)) {
            agent.set(true);
          }
          pass(header.length + body.length);
          out.write(header);
          out.write(body);
        }
      }
    }

    private void messages() throws IOException, InterruptedException {
      ByteBuffer bytes = ByteBuffer.wrap(data.toByteArray());
      List<Said> said = new ArrayList<>();
      while (bytes.remaining() >= MESSAGE_HEADER_BYTES
          && bytes.remaining() >= MESSAGE_HEADER_BYTES + bytes.getInt(bytes.position() + 1)) {
        byte[] message = new byte[bytes.getInt(bytes.position() + 1)];
        bytes.position(bytes.position() + MESSAGE_HEADER_BYTES);
        bytes.get(message);
        said.add(read(message));
      }
      if (bytes.hasRemaining()) {
        return;
      }
      data.reset();
      said.forEach(listener::before);
      if (late()) {
        Thread.sleep(LATENESS);
      }
      pass(held.size());
      held.writeTo(out);
      held.reset();
      said.forEach(listener::after);
    }

    private static Said ofAgent(AgentMessage said) {
      return new Said("AGENT_" + said.getPayloadCase(), said);
    }

    private static Said ofAgent(AgentOrder said) {
      return new Said("AGENT_" + said.getPayloadCase(), said);
    }

    private Said read(byte[] message) throws InvalidProtocolBufferException {
      if (agent.get()) {
        return fromWorker
            ? ofAgent(AgentMessage.parseFrom(message))
            : ofAgent(AgentOrder.parseFrom(message));
      }
      if (fromWorker) {
        WorkerMessage said = WorkerMessage.parseFrom(message);
        return new Said(said.getPayloadCase().name(), said);
      }
      CoordinatorMessage said = CoordinatorMessage.parseFrom(message);
      return new Said(said.getPayloadCase().name(), said);
    }
  }
}

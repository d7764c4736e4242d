package io.percore.coordinator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/// The network between a machine and a coordinator on loopback, which a test can cut. It passes
/// bytes on as they are, encrypted or not. Thread-safe: its state is guarded by its monitor.
final class CuttableLink implements AutoCloseable {
  private final int target;
  private final ServerSocket door;
  private final List<Socket> sockets = new ArrayList<>();
  private boolean cut;

  /// @param target the coordinator's port
  CuttableLink(int target) throws IOException {
    this.target = target;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /// What the machine dials.
  int port() {
    return door.getLocalPort();
  }

  /// Resets all connections, and every new one as soon as it is made.
  synchronized void cut() throws IOException {
    cut = true;
    for (Socket socket : sockets) {
      reset(socket);
    }
    sockets.clear();
  }

  /// New connections are passed on again.
  synchronized void mend() {
    cut = false;
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }

  private static void reset(Socket socket) throws IOException {
    if (!socket.isClosed()) {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        connect(door.accept());
      }
    } catch (IOException closed) {
      // The test is over.
      return;
    }
  }

  private synchronized void connect(Socket machine) throws IOException {
    if (cut) {
      reset(machine);
      return;
    }
    try {
      Socket coordinator = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(machine);
      sockets.add(coordinator);
      Thread.ofVirtual().start(() -> pass(machine, coordinator));
      Thread.ofVirtual().start(() -> pass(coordinator, machine));
    } catch (IOException nobodyThere) {
      reset(machine);
    }
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException over) {
      // One of the two has closed its connection, or the test has.
      return;
    }
  }
}

package io.percore.coordinator.launch;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Keeps the last bytes that are written to it. Thread-safe.
final class OutputTail extends OutputStream {
  private final byte[] ring;
  private long written;

  /// @param capacity bytes to keep
  OutputTail(int capacity) {
    ring = new byte[capacity];
  }

  @Override
  public synchronized void write(int b) {
    ring[(int) (written++ % ring.length)] = (byte) b;
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    for (int i = 0; i < length; i++) {
      write(bytes[offset + i]);
    }
  }

  /// What is kept, as text. Bytes that are not UTF-8 become replacement characters.
  synchronized String text() {
    int length = (int) Math.min(written, ring.length);
    byte[] tail = new byte[length];
    for (int i = 0; i < length; i++) {
      tail[i] = ring[(int) ((written - length + i) % ring.length)];
    }
    return new String(tail, StandardCharsets.UTF_8).strip();
  }
}

package io.percore.worker;

import io.percore.worker.session.Secret;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The pipe from whoever started this process: one line with the secret, for an encrypted stream
/// the credentials, then nothing until that process ends. Its end is the one sign of a lost
/// coordinator that needs no cooperation of anybody and comes at once, while this JVM is still
/// booting too.
final class StandardInput implements AutoCloseable {
  /// Credentials have some 3 KiB, and an agent's tokens 71 bytes each.
  private static final int LONGEST_BLOCK = 8 << 20;

  private final ReadableByteChannel in;
  private final ByteBuffer buffer = ByteBuffer.allocate(1);

  /// Set before the channel is closed by this process itself, so that its reader, which sees the
  /// channel closed after that, does not take it for the end.
  private volatile boolean closed;

  StandardInput(ReadableByteChannel in) {
    this.in = in;
  }

  /// The process's standard input. A channel, because a stream cannot be closed under a reader: a
  /// JVM that exits while a thread is in a native call waits 300 ms for it.
  static StandardInput ofProcess() {
    return new StandardInput(new FileInputStream(FileDescriptor.in).getChannel());
  }

  /// How reading the secret went.
  sealed interface Line {
    record Read(Secret secret) implements Line {}

    record Malformed() implements Line {}

    record Ended() implements Line {}
  }

  /// Reads the line with the secret, and no more than its length.
  Line readSecret() {
    StringBuilder line = new StringBuilder(Secret.HEX_DIGITS);
    try {
      int character = read();
      while (character >= 0 && character != '\n' && line.length() <= Secret.HEX_DIGITS) {
        line.append((char) character);
        character = read();
      }
      if (character < 0) {
        return new Line.Ended();
      }
    } catch (IOException broken) {
      return new Line.Ended();
    }
    Optional<Secret> secret = Secret.ofHex(line.toString());
    return secret.isPresent() ? new Line.Read(secret.get()) : new Line.Malformed();
  }

  /// Reads lines up to an empty one, or the end.
  ///
  /// @throws IOException when there are more bytes than any credentials have, or the input is
  ///   broken
  List<String> readBlock() throws IOException {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int bytes = 0; bytes < LONGEST_BLOCK; bytes++) {
      int character = read();
      if (character >= 0 && character != '\n') {
        line.append((char) character);
        continue;
      }
      if (line.isEmpty()) {
        return lines;
      }
      lines.add(line.toString());
      line.setLength(0);
      if (character < 0) {
        return lines;
      }
    }
    throw new IOException("more than " + LONGEST_BLOCK + " bytes of credentials");
  }

  /// Calls `ended` when the input has ended, from a daemon thread. What still comes is not looked
  /// at.
  void onEnd(Runnable ended) {
    Thread.ofPlatform()
        .daemon()
        .name("stdin")
        .start(
            () -> {
              drain();
              if (!closed) {
                ended.run();
              }
            });
  }

  /// Stops to wait for the end.
  @Override
  public void close() {
    closed = true;
    try {
      in.close();
    } catch (IOException alreadyBroken) {
      // Nobody reads from it any more.
    }
  }

  private void drain() {
    try {
      int character;
      do {
        character = read();
      } while (character >= 0);
    } catch (IOException broken) {
      // As good as its end.
    }
  }

  private int read() throws IOException {
    buffer.clear();
    return in.read(buffer) < 1 ? -1 : buffer.get(0) & 0xff;
  }
}

package io.percore.worker;

import io.percore.worker.session.Secret;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The pipe from the coordinator: one line with the secret, then nothing until the coordinator
/// ends. Its end is the one sign of a lost coordinator that needs no cooperation of anybody and
/// comes at once, while this JVM is still booting too.
final class StandardInput {
  private final InputStream in;

  StandardInput(InputStream in) {
    this.in = in;
  }

  /// The process's standard input, without the buffer and the lock of [System#in].
  static StandardInput ofProcess() {
    return new StandardInput(new FileInputStream(FileDescriptor.in));
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
      int character = in.read();
      while (character >= 0 && character != '\n' && line.length() <= Secret.HEX_DIGITS) {
        line.append((char) character);
        character = in.read();
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

  /// Calls `ended` when the input has ended, from a daemon thread. What still comes is not looked
  /// at.
  void onEnd(Runnable ended) {
    Thread.ofPlatform()
        .daemon()
        .name("stdin")
        .start(
            () -> {
              drain();
              ended.run();
            });
  }

  private void drain() {
    byte[] ignored = new byte[64];
    try {
      int count;
      do {
        count = in.read(ignored);
      } while (count >= 0);
    } catch (IOException broken) {
      // As good as its end.
    }
  }
}

package io.percore.coordinator.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Which clock `System.nanoTime()` reads. Two processes with equal identities read the same one:
/// the monotonic clock of one kernel in one time namespace.
///
/// @param bootId of the kernel, or empty where it has none
/// @param timeNamespace of the process, or empty where there are none
record ClockIdentity(String bootId, String timeNamespace) {

  /// The clock of this process.
  static ClockIdentity own() {
    return new ClockIdentity(
        read(() -> Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()),
        read(() -> Files.readSymbolicLink(Path.of("/proc/self/ns/time")).toString()));
  }

  /// Whether it tells one machine from another.
  boolean known() {
    return !bootId.isEmpty();
  }

  private interface Source {
    String read() throws IOException;
  }

  private static String read(Source source) {
    try {
      return source.read();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }
}

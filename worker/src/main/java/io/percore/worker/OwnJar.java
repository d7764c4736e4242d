package io.percore.worker;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The jar that this worker runs from. The coordinator works only with a worker of the same build.
final class OwnJar {
  private OwnJar() {}

  /// SHA-256 in lower-case hex; empty when the worker does not run from a jar.
  static String sha256() {
    CodeSource source = OwnJar.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      return "";
    }
    try {
      Path file = Path.of(URI.create(source.getLocation().toString()));
      return Files.isRegularFile(file) ? sha256(file) : "";
    } catch (IllegalArgumentException | IOException notAFile) {
      return "";
    }
  }

  static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      int count = in.read(buffer);
      while (count >= 0) {
        digest.update(buffer, 0, count);
        count = in.read(buffer);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JVM has SHA-256", impossible);
    }
  }
}

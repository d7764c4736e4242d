package io.percore.coordinator;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The worker's jar, found by path: it is never on the coordinator's class path.
///
/// @param path where it is
/// @param sha256 its hash in lower-case hex
record WorkerJar(Path path, String sha256) {
  /// System property that names it.
  static final String PROPERTY = "percore.worker.jar";

  private static final String NAME = "percore-worker.jar";

  /// Finds it: where the system property says, else beside the coordinator's jar, else where the
  /// build puts it.
  ///
  /// @throws UserError when it is not there
  static WorkerJar find() {
    for (Path candidate : candidates()) {
      if (Files.isReadable(candidate)) {
        return new WorkerJar(candidate.toAbsolutePath().normalize(), hash(candidate));
      }
    }
    throw new UserError(
        ExitCode.INTERNAL,
        "the worker's jar is missing: "
            + candidates().getFirst()
            + " cannot be read; build it with ./mvnw -B package -Dquick, or name it with -D"
            + PROPERTY
            + "=FILE");
  }

  private static List<Path> candidates() {
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      return List.of(Path.of(named));
    }
    List<Path> candidates = new ArrayList<>();
    try {
      Path own =
          Path.of(WorkerJar.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      candidates.add(own.resolveSibling(NAME));
      candidates.add(own.resolve("../../../worker/target").resolve(NAME).normalize());
    } catch (URISyntaxException e) {
      candidates.add(Path.of("worker", "target", NAME));
    }
    return candidates;
  }

  private static String hash(Path jar) {
    try (InputStream in = Files.newInputStream(jar)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UserError(
          ExitCode.INTERNAL, "the worker's jar " + jar + " cannot be read: " + e.getMessage(), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no SHA-256", e);
    }
  }
}

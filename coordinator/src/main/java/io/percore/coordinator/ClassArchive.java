package io.percore.coordinator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A class data archive (AppCDS) of the worker, which halves its start-up. It holds parsed classes
/// and nothing that was learnt from running them: an ahead-of-time cache would carry the method
/// profiles of its training run into the JVM that is measured.
///
/// The JVM itself rejects an archive of another JVM or of a changed jar; the name holds both hashes
/// so that several can live beside one another. A run without an archive is only slower to start.
final class ClassArchive {
  private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  /// Makes an archive by running a worker to its end.
  @FunctionalInterface
  interface Training {
    /// Runs a worker.
    ///
    /// @param jvmArguments to add to the worker's
    void run(List<String> jvmArguments) throws InterruptedException, IOException;
  }

  private ClassArchive() {}

  /// JVM arguments that use the archive for a worker, which is made first where there is none.
  ///
  /// @param java the worker's `java`
  /// @param jar the worker's jar
  /// @param training makes an archive
  /// @return no arguments when there can be no archive
  static List<String> arguments(Path java, WorkerJar jar, Training training)
      throws InterruptedException {
    try {
      Optional<Path> directory = directory();
      if (directory.isEmpty()) {
        return List.of();
      }
      Path archive = directory.get().resolve("worker-" + key(java, jar) + ".jsa");
      if (!Files.isReadable(archive)) {
        make(archive, training);
      }
      return List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + archive);
    } catch (IOException e) {
      LOG.info("workers start without a class archive: {}", e.getMessage());
      return List.of();
    }
  }

  private static void make(Path archive, Training training)
      throws IOException, InterruptedException {
    Path fresh = Files.createTempFile(archive.getParent(), "training", ".jsa");
    try {
      Files.delete(fresh);
      training.run(List.of("-XX:ArchiveClassesAtExit=" + fresh));
      if (!Files.isReadable(fresh)) {
        throw new IOException("the training run left no archive");
      }
      Files.move(fresh, archive, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /// The user's own cache directory; empty where it cannot be had or others may write to it.
  private static Optional<Path> directory() throws IOException {
    String cache = System.getenv("XDG_CACHE_HOME");
    String home = System.getProperty("user.home", "");
    if ((cache == null || cache.isEmpty()) && (home.isEmpty() || home.equals("?"))) {
      return Optional.empty();
    }
    Path directory =
        (cache == null || cache.isEmpty() ? Path.of(home, ".cache") : Path.of(cache))
            .resolve("percore");
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory.getParent());
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }
    boolean ours =
        Files.getPosixFilePermissions(directory).equals(OWNER_ONLY)
            && Files.getOwner(directory).getName().equals(System.getProperty("user.name"));
    if (!ours) {
      LOG.warn("{} is not used: it must belong to this user alone (mode 0700)", directory);
      return Optional.empty();
    }
    return Optional.of(directory);
  }

  private static String key(Path java, WorkerJar jar) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Path real = java.toRealPath();
      Path release = real.resolve("../../release").normalize();
      digest.update(real.toString().getBytes(StandardCharsets.UTF_8));
      if (Files.isReadable(release)) {
        digest.update(Files.readAllBytes(release));
      }
      digest.update(jar.path().toString().getBytes(StandardCharsets.UTF_8));
      digest.update(jar.sha256().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(), 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no SHA-256", e);
    }
  }
}

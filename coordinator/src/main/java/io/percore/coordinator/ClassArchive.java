package io.percore.coordinator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
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
/// The JVM itself rejects an archive of another JVM or of a jar that is not the same file with the
/// same time of modification, without a word. So the name holds all of these, and an archive that
/// would be rejected is made anew and its predecessors are deleted. A run without an archive is
/// only slower to start.
final class ClassArchive {
  private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private static final String SHARE = "-Xshare:auto";
  private static final String FILE = "-XX:SharedArchiveFile=";
  private static final String SUFFIX = ".jsa";
  private static final int HASH_BYTES = 8;

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
      return directory.isEmpty() ? List.of() : arguments(directory.get(), java, jar, training);
    } catch (IOException e) {
      LOG.info("workers start without a class archive: {}", e.getMessage());
      return List.of();
    }
  }

  /// JVM arguments that use the archive where there is one: for a worker that is asked something
  /// and is not measured, for which making one would not pay.
  static List<String> argumentsIfThere(Path java, WorkerJar jar) {
    try {
      Optional<Path> directory = directory();
      return directory.isEmpty() ? List.of() : argumentsIfThere(directory.get(), java, jar);
    } catch (IOException e) {
      LOG.info("a worker starts without a class archive: {}", e.getMessage());
      return List.of();
    }
  }

  /// The same, in this directory.
  static List<String> argumentsIfThere(Path directory, Path java, WorkerJar jar)
      throws IOException {
    Path archive = archive(directory, java, jar);
    return Files.isReadable(archive) ? use(archive) : List.of();
  }

  private static List<String> use(Path archive) {
    return List.of(SHARE, FILE + archive);
  }

  /// The same, in this directory.
  static List<String> arguments(Path directory, Path java, WorkerJar jar, Training training)
      throws InterruptedException, IOException {
    Path archive = archive(directory, java, jar);
    if (!Files.isReadable(archive)) {
      make(archive, training);
      deleteOthers(directory, installation(java, jar), archive);
    }
    return use(archive);
  }

  /// Where the archive is, or would be.
  private static Path archive(Path directory, Path java, WorkerJar jar) throws IOException {
    return directory.resolve(
        installation(java, jar)
            + hash(release(java.toRealPath()), jar.sha256(), Files.getLastModifiedTime(jar.path()))
            + SUFFIX);
  }

  /// How the names of its archives begin, of whatever build of JDK and jar.
  private static String installation(Path java, WorkerJar jar) throws IOException {
    return "worker-" + hash(java.toRealPath(), jar.path()) + "-";
  }

  /// JVM arguments that began with those of [#arguments], without them.
  static List<String> without(List<String> arguments) {
    boolean archived =
        arguments.size() > 1 && arguments.get(0).equals(SHARE) && arguments.get(1).startsWith(FILE);
    return archived ? arguments.subList(2, arguments.size()) : arguments;
  }

  /// A worker that is about to start with one of them starts without.
  private static void deleteOthers(Path directory, String installation, Path archive)
      throws IOException {
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(directory, installation + "*" + SUFFIX)) {
      for (Path other : all) {
        if (!other.equals(archive)) {
          Files.deleteIfExists(other);
        }
      }
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

  /// What names the build of a JDK; empty when it does not say.
  private static String release(Path program) throws IOException {
    Path release = program.resolve("../../release").normalize();
    return Files.isReadable(release) ? Files.readString(release) : "";
  }

  private static String hash(Object... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Object part : parts) {
        digest.update((part + "\0").getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no SHA-256", e);
    }
  }
}

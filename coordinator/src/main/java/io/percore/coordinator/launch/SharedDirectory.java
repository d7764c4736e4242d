package io.percore.coordinator.launch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/// A directory on a file system that all machines of a run share. It belongs to this user and is
/// closed to all others.
///
/// @param path where it is
record SharedDirectory(Path path) {
  private static final Set<PosixFilePermission> CLOSED =
      PosixFilePermissions.fromString("rwx------");

  private static final FileAttribute<?> SECRET =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /// Makes the directory where there is none.
  ///
  /// @throws IOException when it cannot be made, or belongs to somebody else: its mode cannot be
  ///   changed then
  static SharedDirectory open(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      Files.createDirectories(absolute);
      Files.setPosixFilePermissions(absolute, CLOSED);
    } catch (IOException impossible) {
      throw new IOException(
          absolute + " cannot be made a directory of this user alone: " + impossible.getMessage(),
          impossible);
    }
    return new SharedDirectory(absolute);
  }

  /// A copy of a jar, under a name with its hash. Written beside its place and renamed: whoever
  /// looks meanwhile sees all of it or nothing.
  ///
  /// @param sha256 hash of the jar, which a copy that is there already must have, too
  Path jar(Path jar, String sha256) throws IOException {
    Path copy = path.resolve("worker-" + sha256 + ".jar");
    if (!Files.isRegularFile(copy) || !hash(copy).equals(sha256)) {
      Path incoming = Files.createTempFile(path, "incoming-", ".jar");
      try {
        Files.copy(jar, incoming, StandardCopyOption.REPLACE_EXISTING);
        if (!hash(incoming).equals(sha256)) {
          throw new IOException(jar + " has changed since it was looked at");
        }
        Files.move(incoming, copy, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(incoming);
      }
    }
    return copy;
  }

  /// A new file with this text that only this user can read.
  Path secret(String text) throws IOException {
    Path file = Files.createTempFile(path, "credentials-", "", SECRET);
    Files.writeString(file, text, StandardCharsets.US_ASCII);
    return file;
  }

  private static String hash(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("this JVM has no SHA-256", impossible);
    }
  }
}

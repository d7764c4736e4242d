package io.percore.coordinator;

import io.percore.coordinator.tls.RunAuthority;
import io.percore.coordinator.tls.RunAuthority.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// What machines that join by themselves need: a directory of two files, each for its owner alone.
/// The coordinator's stays here; the machines' goes to each of them.
///
/// @param coordinator proves the coordinator
/// @param tokens one for each machine
record JoinFiles(Identity coordinator, List<String> tokens) {
  private static final String COORDINATOR = "coordinator.pem";
  private static final String MACHINES = "machines.pem";
  private static final int TOKEN_BYTES = 32;
  private static final int TOKEN_DIGITS = 2 * TOKEN_BYTES;
  private static final FileAttribute<Set<PosixFilePermission>> OWN_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWN_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  JoinFiles {
    tokens = List.copyOf(tokens);
  }

  /// Makes a new directory of them.
  ///
  /// @param machines for how many
  /// @param life for how long they are good
  /// @return the file for the machines
  /// @throws UserError when it cannot be made, or is there already
  static Path create(Path directory, int machines, Duration life) {
    RunAuthority authority = RunAuthority.create(Instant.now(), life);
    SecureRandom random = new SecureRandom();
    StringBuilder tokens = new StringBuilder();
    for (int i = 0; i < machines; i++) {
      byte[] token = new byte[TOKEN_BYTES];
      random.nextBytes(token);
      tokens.append(HexFormat.of().formatHex(token)).append('\n');
    }
    try {
      Files.createDirectory(directory, OWN_DIRECTORY);
      write(directory.resolve(COORDINATOR), authority.coordinator().bundle());
      write(directory.resolve(MACHINES), tokens + authority.worker().bundle());
      return directory.resolve(MACHINES);
    } catch (FileAlreadyExistsException e) {
      throw new UserError(ExitCode.USAGE, e.getFile() + " is there already", e);
    } catch (IOException e) {
      throw new UserError(ExitCode.USAGE, "cannot make " + directory + ": " + e.getMessage(), e);
    }
  }

  /// Created exclusively and with its permissions, so that at no time others can read it.
  private static void write(Path file, String text) throws IOException {
    Files.createFile(file, OWN_FILE);
    Files.writeString(file, text, StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
  }

  /// Reads such a directory.
  ///
  /// @throws UserError when it is none
  static JoinFiles of(Path directory) {
    try {
      List<String> tokens =
          Files.readAllLines(directory.resolve(MACHINES)).stream()
              .takeWhile(line -> line.length() == TOKEN_DIGITS)
              .toList();
      return new JoinFiles(
          Identity.parse(Files.readString(directory.resolve(COORDINATOR))), tokens);
    } catch (NoSuchFileException e) {
      throw new UserError(
          ExitCode.USAGE, e.getFile() + " is missing; percore tls init DIR makes it", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(ExitCode.USAGE, "cannot read " + directory + ": " + e.getMessage(), e);
    }
  }
}

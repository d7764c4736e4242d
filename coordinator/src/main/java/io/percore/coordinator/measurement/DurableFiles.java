package io.percore.coordinator.measurement;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Writes files so that they outlast a crash of the machine. What cannot be forced to the disk is
/// an error, and is not tried again: the kernel may have dropped it by then.
final class DurableFiles {
  private DurableFiles() {}

  /// Writes a file so that after a crash it is there whole or not at all, and an older one until
  /// then. Where that fails the older one stays.
  static void replace(Path file, byte[] bytes) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      write(temporary, bytes, StandardOpenOption.TRUNCATE_EXISTING);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      deleteInVain(temporary, e);
      throw e;
    }
    sync(file.toAbsolutePath().getParent());
  }

  /// Adds to a file, which is made where there is none.
  static void append(Path file, byte[] bytes) throws IOException {
    write(file, bytes, StandardOpenOption.APPEND);
    sync(file.toAbsolutePath().getParent());
  }

  /// Forces the entries of a directory to the disk.
  static void sync(@Nullable Path directory) throws IOException {
    if (directory != null) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static void write(Path file, byte[] bytes, OpenOption how) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE, how)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /// What is left of a file that could not be written takes room on a disk that may be full.
  private static void deleteInVain(Path file, IOException because) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }
}

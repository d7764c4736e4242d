package io.percore.coordinator.measurement;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Keeps all others from writing to a run's directory for as long as it is open. The kernel gives
/// the lock back when its process ends, by whatever means; what its file says of a holder holds
/// only while it is locked.
final class RunLock implements Closeable {
  private static final String FILE = ".lock";

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /// Locks a directory.
  ///
  /// @param host name of this host, for those who find it locked
  /// @throws JournalException when it is in use, naming by whom
  static RunLock take(Path directory, String host) throws IOException {
    Path file = directory.resolve(FILE);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    try {
      if (locked(channel)) {
        channel.truncate(0);
        channel.write(
            ByteBuffer.wrap(
                "process %d on %s"
                    .formatted(ProcessHandle.current().pid(), host)
                    .getBytes(StandardCharsets.UTF_8)));
        return new RunLock(channel);
      }
      String holder = Files.readString(file);
      throw new JournalException(
          directory + " is in use by " + (holder.isEmpty() ? "another run" : holder));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      // Held by this very process: told like any other holder.
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

package io.percore.coordinator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The classes of the coordinator, loaded and verified once for all tests that start it: to do that
/// again at each start would take a third of a short run's processor time.
final class CoordinatorArchive {
  private static final int PATIENCE_MINUTES = 3;

  /// What a JVM needs to use it. One that cannot does without, and says nothing.
  static final List<String> OPTIONS = options();

  private CoordinatorArchive() {}

  private static List<String> options() {
    Path jar = Path.of(System.getProperty("percore.coordinator.jar"));
    Path archive = jar.resolveSibling("coordinator-tests.jsa");
    // Tests run in several JVMs, of which one makes it.
    try (FileChannel channel =
            FileChannel.open(
                jar.resolveSibling("coordinator-tests.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      if (!Files.exists(archive)
          || Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0) {
        make(jar, archive);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds*=off", "-Xlog:aot*=off");
  }

  /// By the shortest of runs, however it ends.
  private static void make(Path jar, Path archive) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory(jar.getParent(), "coordinator-tests");
    Path made = directory.resolve("made.jsa");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:ArchiveClassesAtExit=" + made,
                "-Xlog:disable",
                "-Dpercore.worker.jar=" + System.getProperty("percore.worker.jar"),
                "-jar",
                jar.toString()));
    command.addAll(List.of("run", "-s", "sequential", "-n", "1", "--forks", "1"));
    command.addAll(List.of("--window", "200ms", "--warmup", "50ms", "-o", "run"));
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output.txt").toFile())
            .start();
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    if (Files.exists(made)) {
      Files.move(made, archive, StandardCopyOption.REPLACE_EXISTING);
    } else {
      System.err.println("no archive of classes for tests was made; see " + directory);
    }
  }
}

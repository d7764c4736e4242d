package io.percore.coordinator;

import io.percore.coordinator.launch.LocalLauncher;
import io.percore.coordinator.plan.Collector;
import io.percore.coordinator.plan.WorkerHeap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The JVM that every worker runs in, the same in every arm of a comparison: collector, heap and
/// number of processors are given, since a JVM would else choose them by what it sees of the
/// machine.
///
/// Stores of references mark their cards conditionally: a `ReentrantLock` stores its owner, and an
/// unconditional mark is a write to a byte that covers 512 bytes of heap. So locks within 32 KiB of
/// each other would share a cache line of the card table, and threads that share nothing would slow
/// each other down as if they did.
final class WorkerJvm {
  private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use[A-Za-z0-9]*GC");

  private WorkerJvm() {}

  /// Whether the user's own arguments choose a collector.
  ///
  /// @throws IllegalArgumentException when a quote in them is not closed
  static boolean namesCollector(String given) {
    return !given.isBlank()
        && LocalLauncher.tokenize(given).stream().anyMatch(WorkerJvm::isCollector);
  }

  private static boolean isCollector(String argument) {
    return COLLECTOR.matcher(argument).matches();
  }

  /// The same arguments with another collector.
  ///
  /// @param arguments those of a run
  /// @param collector null for the one that they name
  static List<String> under(@Nullable Collector collector, List<String> arguments) {
    if (collector == null) {
      return List.copyOf(arguments);
    }
    String wanted =
        switch (collector) {
          case SERIAL -> "-XX:+UseSerialGC";
          case PARALLEL -> "-XX:+UseParallelGC";
          case G1 -> "-XX:+UseG1GC";
        };
    return arguments.stream().map(argument -> isCollector(argument) ? wanted : argument).toList();
  }

  /// The `java` program of a run.
  ///
  /// @param given what the user named, or null for the JDK that this coordinator runs on
  /// @throws UserError when it is not there
  static Path java(@Nullable Path given) {
    Path java =
        given == null
            ? Path.of(System.getProperty("java.home"), "bin", "java")
            : Files.isDirectory(given) ? given.resolve("bin/java") : given;
    if (!Files.isExecutable(java)) {
      throw new UserError(
          ExitCode.INTERNAL, "no JDK: " + java + " is not a program; name one with --java PATH");
    }
    return java;
  }

  /// Arguments of every worker JVM of a run.
  ///
  /// @param hardwareThreads processors that workers may use
  /// @param largestParallelism threads of the largest trial, which the heap is sized for in all
  /// @param given the user's own, which come last and win
  /// @throws IllegalArgumentException when a quote in the user's own is not closed
  static List<String> arguments(int hardwareThreads, int largestParallelism, String given) {
    List<String> own = given.isBlank() ? List.of() : LocalLauncher.tokenize(given);
    List<String> arguments = new ArrayList<>();
    if (own.stream().noneMatch(WorkerJvm::isCollector)) {
      arguments.add("-XX:+UseSerialGC");
    }
    if (own.stream().noneMatch(a -> a.endsWith("UseCondCardMark"))) {
      arguments.add("-XX:+UseCondCardMark");
    }
    if (own.stream().noneMatch(a -> a.startsWith("-Xms") || a.startsWith("-Xmx"))) {
      int heap = WorkerHeap.mebibytes(largestParallelism);
      arguments.add("-Xms" + heap + "m");
      arguments.add("-Xmx" + heap + "m");
    }
    arguments.add("-XX:+AlwaysPreTouch");
    arguments.add("-XX:ActiveProcessorCount=" + hardwareThreads);
    // The counters, but not the file that they usually are in, which the disk can hold up.
    arguments.add("-XX:+PerfDisableSharedMem");
    arguments.add("-Xlog:disable");
    arguments.add("-Xlog:all=error:stderr");
    arguments.addAll(own);
    return List.copyOf(arguments);
  }
}

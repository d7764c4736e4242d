package io.percore.worker.platform;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What one thread has used of the machine since it began, or between two readings. -1 stands for
/// "unknown".
///
/// A reading costs some tens of microseconds. The first one in a process loads classes and links a
/// native function: take one before anything is measured.
///
/// @param cpuNanos CPU time, user and system (the thread's CPU clock)
/// @param voluntarySwitches times that it gave its processor up (`getrusage`)
/// @param involuntarySwitches times that its processor was taken away (`getrusage`)
/// @param runQueueWaitNanos time that it was runnable but did not run
///   (`/proc/thread-self/schedstat`)
/// @param migrations times that it was moved to another processor (`/proc/thread-self/sched`)
public record ThreadUsage(
    long cpuNanos,
    long voluntarySwitches,
    long involuntarySwitches,
    long runQueueWaitNanos,
    long migrations) {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Path SCHEDSTAT = Path.of("/proc/thread-self/schedstat");
  private static final String SCHED = "proc/thread-self/sched";

  private static final int RUSAGE_THREAD = 1;
  // struct rusage: two timevals (32 bytes), then 14 longs, of which the last two are these.
  private static final long RUSAGE_BYTES = 144;
  private static final long RU_NVCSW = 128;
  private static final long RU_NIVCSW = 136;
  private static final @Nullable MethodHandle GETRUSAGE =
      CLibrary.function(
          "getrusage",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, CLibrary.POINTER));

  /// The calling thread, a platform thread, up to now.
  public static ThreadUsage ofCurrentThread() {
    long wait = readRunQueueWait();
    long migrations = readMigrations();
    long cpu = THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : -1;
    MethodHandle getRusage = GETRUSAGE;
    if (getRusage == null) {
      return new ThreadUsage(cpu, -1, -1, wait, migrations);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment usage = arena.allocate(RUSAGE_BYTES, Long.BYTES);
      int result = (int) getRusage.invokeExact(RUSAGE_THREAD, usage);
      return result == 0
          ? new ThreadUsage(
              cpu,
              usage.get(ValueLayout.JAVA_LONG, RU_NVCSW),
              usage.get(ValueLayout.JAVA_LONG, RU_NIVCSW),
              wait,
              migrations)
          : new ThreadUsage(cpu, -1, -1, wait, migrations);
    } catch (Throwable thrown) {
      throw CLibrary.wrongCall(thrown);
    }
  }

  /// What was used between `earlier`, a reading of the same thread, and this one.
  public ThreadUsage since(ThreadUsage earlier) {
    return new ThreadUsage(
        Difference.of(cpuNanos, earlier.cpuNanos),
        Difference.of(voluntarySwitches, earlier.voluntarySwitches),
        Difference.of(involuntarySwitches, earlier.involuntarySwitches),
        Difference.of(runQueueWaitNanos, earlier.runQueueWaitNanos),
        Difference.of(migrations, earlier.migrations));
  }

  private static long readRunQueueWait() {
    try {
      // "<ran> <waited> <times run>"
      String stat = Files.readString(SCHEDSTAT);
      int start = stat.indexOf(' ') + 1;
      return Long.parseLong(stat.substring(start, stat.indexOf(' ', start)));
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException notLinux) {
      return -1;
    }
  }

  /// Kernels that are not built for debugging the scheduler have no such file.
  private static long readMigrations() {
    try {
      return SystemFiles.at(Path.of("/"))
          .field(SCHED, "se.nr_migrations")
          .map(Long::parseLong)
          .orElse(-1L);
    } catch (NumberFormatException other) {
      return -1;
    }
  }
}

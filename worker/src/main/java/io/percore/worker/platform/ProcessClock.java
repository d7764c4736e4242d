package io.percore.worker.platform;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// The CPU time of this process. The JVM's own management bean counts it in hundredths of a second;
/// `clock_gettime` counts it in nanoseconds.
final class ProcessClock {
  private static final int CLOCK_PROCESS_CPUTIME_ID = 2;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  // struct timespec: seconds and nanoseconds, each a long.
  private static final long TIMESPEC_BYTES = 16;
  private static final long TV_NSEC = 8;
  private static final @Nullable MethodHandle CLOCK_GETTIME =
      CLibrary.function(
          "clock_gettime",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, CLibrary.POINTER));

  private ProcessClock() {}

  /// CPU time of all threads that this process has had, in nanoseconds; -1 when unknown.
  static long cpuNanos() {
    MethodHandle clockGettime = CLOCK_GETTIME;
    if (clockGettime == null) {
      return -1;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment time = arena.allocate(TIMESPEC_BYTES, Long.BYTES);
      int result = (int) clockGettime.invokeExact(CLOCK_PROCESS_CPUTIME_ID, time);
      return result == 0
          ? time.get(ValueLayout.JAVA_LONG, 0) * NANOS_PER_SECOND
              + time.get(ValueLayout.JAVA_LONG, TV_NSEC)
          : -1;
    } catch (Throwable thrown) {
      throw CLibrary.wrongCall(thrown);
    }
  }
}

package io.percore.worker.platform;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Binds threads to processors and says where they run. Thread-safe: every call concerns the
/// calling thread or the process as a whole.
public final class Affinity {
  /// Bytes of a mask: as many processors as the largest Linux kernel is built for.
  private static final int MASK_BYTES = 8192 / Byte.SIZE;

  private static final @Nullable MethodHandle SCHED_SETAFFINITY =
      CLibrary.function(
          "sched_setaffinity",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, CLibrary.POINTER),
          CLibrary.CAPTURE_ERRNO);

  private static final @Nullable MethodHandle SCHED_GETCPU =
      CLibrary.function("sched_getcpu", FunctionDescriptor.of(ValueLayout.JAVA_INT));

  private Affinity() {}

  /// Binds the calling platform thread to one processor, for the rest of its life. Threads that it
  /// starts later inherit the binding.
  ///
  /// @param cpu number of the processor, from 0
  /// @return empty on success, else the reason in one line
  /// @throws IllegalArgumentException when `cpu` is outside of [0, 8192)
  public static Optional<String> pinCurrentThread(int cpu) {
    if (cpu < 0 || cpu >= MASK_BYTES * Byte.SIZE) {
      throw new IllegalArgumentException("no such processor: " + cpu);
    }
    return setMask(List.of(cpu));
  }

  /// Why threads of this process cannot be bound; empty when they can. Tries it by setting the
  /// calling thread's mask to that of the process, so call it from a thread that is not bound.
  public static Optional<String> whyNotPinnable() {
    List<Integer> allowed = allowed();
    return setMask(allowed);
  }

  /// Processor that the calling thread runs on at this moment, or -1 when unknown.
  public static int currentCpu() {
    MethodHandle getCpu = SCHED_GETCPU;
    if (getCpu == null) {
      return -1;
    }
    try {
      return (int) getCpu.invokeExact();
    } catch (Throwable thrown) {
      throw CLibrary.wrongCall(thrown);
    }
  }

  /// Processors that this process may run on, ascending. It is the mask of the process's first
  /// thread, which is never a Java thread under the usual launcher; so it stays true after Java
  /// threads have been bound.
  public static List<Integer> allowed() {
    return TopologyReader.mask(SystemFiles.at(Path.of("/")));
  }

  private static Optional<String> setMask(List<Integer> cpus) {
    MethodHandle setAffinity = SCHED_SETAFFINITY;
    if (setAffinity == null) {
      return Optional.of(CLibrary.whyUnavailable("sched_setaffinity"));
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CLibrary.CALL_STATE);
      // The mask is an array of native words; on a little-endian machine that is an array of bytes.
      MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
      for (int cpu : cpus) {
        long word = mask.getAtIndex(ValueLayout.JAVA_LONG, cpu / Long.SIZE);
        mask.setAtIndex(ValueLayout.JAVA_LONG, cpu / Long.SIZE, word | 1L << (cpu % Long.SIZE));
      }
      int result = (int) setAffinity.invokeExact(state, 0, (long) MASK_BYTES, mask);
      return result == 0
          ? Optional.empty()
          : Optional.of("sched_setaffinity to " + cpus + ": " + CLibrary.error(state));
    } catch (Throwable thrown) {
      throw CLibrary.wrongCall(thrown);
    }
  }
}

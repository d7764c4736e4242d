package io.percore.worker.platform;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// Ties the life of this process to that of the one that started it (Linux; elsewhere nothing
/// happens).
public final class ParentDeath {
  private static final int PR_SET_PDEATHSIG = 1;
  private static final long SIGKILL = 9;

  private static final @Nullable MethodHandle PRCTL =
      CLibrary.function(
          "prctl",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG),
          // prctl takes its arguments after the first as variadic ones.
          Linker.Option.firstVariadicArg(1));

  private ParentDeath() {}

  /// Asks the kernel to kill this process when the thread that started it ends. The request belongs
  /// to the calling thread and ends with it: call it from one that lives as long as the process. A
  /// parent that was gone before is not noticed: compare [#parentPid] afterwards.
  ///
  /// @return whether the kernel agreed
  public static boolean killMeWithMyParent() {
    MethodHandle prctl = PRCTL;
    if (prctl == null) {
      return false;
    }
    try {
      return (int) prctl.invokeExact(PR_SET_PDEATHSIG, SIGKILL, 0L, 0L, 0L) == 0;
    } catch (Throwable thrown) {
      throw CLibrary.wrongCall(thrown);
    }
  }

  /// Process id of the parent at this moment; -1 when there is none that this process can see.
  public static long parentPid() {
    return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(-1L);
  }
}

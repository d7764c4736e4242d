package io.percore.worker.platform;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Functions of the C library on Linux. A class that needs one holds its handle in a static field
/// of its own, so that a process links only what it calls: linking costs milliseconds each before
/// the JIT is warm.
final class CLibrary {
  /// Linux with pointers of 64 bits: the struct layouts of this package are those of its ABI.
  static final boolean LINUX =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux")
          && ValueLayout.ADDRESS.byteSize() == Long.BYTES;

  /// Where a call leaves `errno`; functions that are linked with it take such a segment first.
  static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();

  /// Option to link with.
  static final Linker.Option CAPTURE_ERRNO = Linker.Option.captureCallState("errno");

  static final AddressLayout POINTER = ValueLayout.ADDRESS;

  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private CLibrary() {}

  /// The function, or null where it does not exist or native access was not enabled for this JVM.
  @SuppressWarnings("restricted") // Every call is made by this package, with layouts of this ABI.
  static @Nullable MethodHandle function(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    if (!LINUX) {
      return null;
    }
    try {
      Linker linker = Linker.nativeLinker();
      return linker
          .defaultLookup()
          .find(name)
          .map(symbol -> linker.downcallHandle(symbol, descriptor, options))
          .orElse(null);
    } catch (UnsupportedOperationException | IllegalCallerException unavailable) {
      return null;
    }
  }

  /// Why [#function] gave null.
  static String whyUnavailable(String name) {
    return LINUX
        ? name + " cannot be called: native access is not enabled for this JVM"
        : name + " is not called on " + System.getProperty("os.name");
  }

  /// Name of the error that the last call left in `state`.
  static String error(MemorySegment state) {
    int errno = (int) ERRNO.get(state, 0L);
    return switch (errno) {
      case 1 -> "EPERM (not permitted)";
      case 3 -> "ESRCH (no such thread)";
      case 22 -> "EINVAL (no such processor, or not one of ours)";
      case 38 -> "ENOSYS (not implemented)";
      default -> "errno " + errno;
    };
  }

  /// A native call throws only when this package called it wrongly. What the JVM throws beside it,
  /// such as an OutOfMemoryError, is no fault of the call.
  ///
  /// @throws Error `thrown` itself where it is one
  static AssertionError wrongCall(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return new AssertionError("native call with a wrong signature", thrown);
  }
}

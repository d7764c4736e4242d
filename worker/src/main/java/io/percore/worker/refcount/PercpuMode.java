package io.percore.worker.refcount;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Which slots an object has, and whether it is still counted in them. Read with every operation
/// and written twice in a life, so it lies beside the object and not with its count.
final class PercpuMode {
  private static final VarHandle RETIRED;

  static {
    try {
      RETIRED = MethodHandles.lookup().findVarHandle(PercpuMode.class, "retired", boolean.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /// The same in every thread's slots.
  private final int index;

  /// Accessed through RETIRED only. Opaque reads: a thread that reads an old value is waited for.
  private boolean retired;

  long r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15;

  PercpuMode(int index) {
    this.index = index;
  }

  int index() {
    return index;
  }

  /// Whether the object is counted in slots.
  boolean isSpread() {
    return !(boolean) RETIRED.getOpaque(this);
  }

  /// Begins to count in slots. At the beginning of a life, or at rest.
  void spread() {
    RETIRED.setOpaque(this, false);
  }

  /// Ends it, and returns whether it had not ended before: one caller in a life gets true.
  boolean retire() {
    return RETIRED.compareAndSet(this, false, true);
  }
}

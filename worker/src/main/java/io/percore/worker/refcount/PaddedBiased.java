package io.percore.worker.refcount;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// With the shared word on a line of its own, since others' writes to it would cost the owner its
/// line each time, and room behind it, which keeps the next object's owner apart.
final class PaddedBiased extends SharedWord {
  private static final VarHandle SHARED;

  static {
    try {
      SHARED = MethodHandles.lookup().findVarHandle(SharedWord.class, "shared", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  long r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15;

  private PaddedBiased() {}

  static Counted create() {
    return new PaddedBiased();
  }

  @Override
  long loadOpaque() {
    return (long) SHARED.getOpaque(this);
  }

  @Override
  long loadAcquire() {
    return (long) SHARED.getAcquire(this);
  }

  @Override
  void storeOpaque(long value) {
    SHARED.setOpaque(this, value);
  }

  @Override
  long getAndAdd(long delta) {
    return (long) SHARED.getAndAdd(this, delta);
  }

  @Override
  boolean compareAndSet(long expected, long value) {
    return SHARED.compareAndSet(this, expected, value);
  }
}

/// 128 bytes between the owner's words and the others'.
abstract class PaddingBeforeShared extends BiasedCounted {
  long l0, l1, l2, l3, l4, l5, l6, l7, l8, l9, l10, l11, l12, l13, l14, l15;
}

/// The shared word.
abstract class SharedWord extends PaddingBeforeShared {
  /// Accessed through SHARED only.
  long shared;
}

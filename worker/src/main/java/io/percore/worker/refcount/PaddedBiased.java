package io.percore.worker.refcount;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// With each count on a line of its own: the owner's, which no other thread touches, and the
/// others'. The owner's address is on a third one, where every thread reads it: otherwise the
/// others' question whose object it is would cost the owner its line each time.
final class PaddedBiased extends SharedWord {
  private static final VarHandle LOCAL;
  private static final VarHandle SHARED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      LOCAL = lookup.findVarHandle(LocalWord.class, "local", long.class);
      SHARED = lookup.findVarHandle(SharedWord.class, "shared", long.class);
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
  long loadLocal() {
    return (long) LOCAL.getOpaque(this);
  }

  @Override
  void storeLocal(long count) {
    LOCAL.setOpaque(this, count);
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

/// 128 bytes before the owner's count.
abstract class PaddingBeforeLocal extends BiasedCounted {
  long k0, k1, k2, k3, k4, k5, k6, k7, k8, k9, k10, k11, k12, k13, k14, k15;
}

/// The owner's count.
abstract class LocalWord extends PaddingBeforeLocal {
  /// Accessed through LOCAL only.
  long local;
}

/// 128 bytes between the owner's count and the others' word.
abstract class PaddingBeforeShared extends LocalWord {
  long l0, l1, l2, l3, l4, l5, l6, l7, l8, l9, l10, l11, l12, l13, l14, l15;
}

/// The shared word.
abstract class SharedWord extends PaddingBeforeShared {
  /// Accessed through SHARED only.
  long shared;
}

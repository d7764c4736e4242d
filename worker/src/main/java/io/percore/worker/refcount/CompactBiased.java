package io.percore.worker.refcount;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// As the JVM lays it out by itself: the owner's words, the shared word and the neighbours on one
/// line.
final class CompactBiased extends BiasedCounted {
  private static final VarHandle LOCAL;
  private static final VarHandle SHARED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      LOCAL = lookup.findVarHandle(CompactBiased.class, "local", long.class);
      SHARED = lookup.findVarHandle(CompactBiased.class, "shared", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /// Accessed through LOCAL only.
  long local;

  /// Accessed through SHARED only.
  long shared;

  private CompactBiased() {}

  static Counted create() {
    return new CompactBiased();
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

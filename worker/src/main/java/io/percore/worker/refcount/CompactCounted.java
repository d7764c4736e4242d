package io.percore.worker.refcount;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// A counted object as the JVM lays it out by itself: small, so that objects created one after
/// another usually share a cache line. Exists to show what that costs.
final class CompactCounted extends Counted {
  private static final VarHandle COUNT;

  static {
    try {
      COUNT = MethodHandles.lookup().findVarHandle(CompactCounted.class, "count", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /// Accessed through COUNT only, in the mode that the discipline chooses.
  long count = 1;

  static Counted create() {
    return new CompactCounted();
  }

  @Override
  long loadOpaque() {
    return (long) COUNT.getOpaque(this);
  }

  @Override
  void storeOpaque(long value) {
    COUNT.setOpaque(this, value);
  }

  @Override
  long getAndAdd(long delta) {
    return (long) COUNT.getAndAdd(this, delta);
  }
}

package io.percore.worker.refcount;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

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
  long count;

  private CompactCounted(@Nullable Object companion) {
    super(companion);
  }

  static Counted create(@Nullable Object companion) {
    return new CompactCounted(companion);
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

  @Override
  boolean compareAndSet(long expected, long value) {
    return COUNT.compareAndSet(this, expected, value);
  }
}

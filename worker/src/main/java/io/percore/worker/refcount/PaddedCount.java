package io.percore.worker.refcount;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// The count of a [PaddedCounted].
abstract sealed class PaddedCount extends PaddingBeforeCount permits PaddedCounted {
  private static final VarHandle COUNT;

  static {
    try {
      COUNT = MethodHandles.lookup().findVarHandle(PaddedCount.class, "count", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /// Accessed through COUNT only, in the mode that the discipline chooses.
  long count;

  PaddedCount(@Nullable Object companion) {
    super(companion);
  }

  @Override
  final long loadOpaque() {
    return (long) COUNT.getOpaque(this);
  }

  @Override
  final void storeOpaque(long value) {
    COUNT.setOpaque(this, value);
  }

  @Override
  final long getAndAdd(long delta) {
    return (long) COUNT.getAndAdd(this, delta);
  }

  @Override
  final boolean compareAndSet(long expected, long value) {
    return COUNT.compareAndSet(this, expected, value);
  }
}

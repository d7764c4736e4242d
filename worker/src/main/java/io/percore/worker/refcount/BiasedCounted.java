package io.percore.worker.refcount;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// An object with an owner, a local count and a shared word; the shared word is what [Counted]
/// calls the count. See [Biased] for who may access what.
abstract class BiasedCounted extends Counted {
  private static final VarHandle OWNER;
  private static final VarHandle LOCAL;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      OWNER = lookup.findVarHandle(BiasedCounted.class, "owner", BiasedContext.class);
      LOCAL = lookup.findVarHandle(BiasedCounted.class, "local", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private @Nullable BiasedContext owner;

  /// Accessed through LOCAL only.
  private long local;

  BiasedCounted() {
    super(null);
  }

  /// Whether this thread, which is the calling one, is the owner.
  final boolean isOwnedBy(ThreadContext thread) {
    return owner == thread;
  }

  /// The owner, and what it did before it became that; null once the object is merged.
  final @Nullable BiasedContext ownerAcquire() {
    return (BiasedContext) OWNER.getAcquire(this);
  }

  /// Release.
  final void owner(@Nullable BiasedContext thread) {
    OWNER.setRelease(this, thread);
  }

  final long loadLocal() {
    return (long) LOCAL.getOpaque(this);
  }

  final void storeLocal(long count) {
    LOCAL.setOpaque(this, count);
  }

  /// Reads the shared word, and what was done before it was written.
  abstract long loadAcquire();
}

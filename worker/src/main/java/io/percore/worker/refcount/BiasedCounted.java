package io.percore.worker.refcount;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// An object with an owner, a local count and a shared word; the shared word is what [Counted]
/// calls the count. See [Biased] for who may access what.
abstract class BiasedCounted extends Counted {
  private static final VarHandle OWNER;

  static {
    try {
      OWNER =
          MethodHandles.lookup().findVarHandle(BiasedCounted.class, "owner", BiasedContext.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /// Every thread reads it with each operation, and it is written twice in a life: beside what else
  /// is read often, and never on the line of a count.
  private @Nullable BiasedContext owner;

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

  /// Reads the local count. Opaque.
  abstract long loadLocal();

  /// Writes the local count. Opaque.
  abstract void storeLocal(long count);

  /// Reads the shared word, and what was done before it was written.
  abstract long loadAcquire();
}

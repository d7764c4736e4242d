package io.percore.worker.refcount;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// A pointer that several threads load and store, and which owns a reference to what it points at.
/// Threads use it through [RefCount#borrow], [RefCount#exchange] and [RefCount#replace].
///
/// | field | access | guard and ordering |
/// |---|---|---|
/// | `target` | acquire, release | the lock where the discipline asks for it. Acquire and release in any case: who loads a pointer sees the object as it was when the pointer was stored |
/// | `locked` | compare-and-set, release | one thread at a time has set it; its release orders what that thread did before what the next one does |
///
/// The lock is one bit that is spun for, since it is held for a few instructions; who spins for
/// long yields, because the holder may have been preempted.
public final class SharedPointer {
  private static final VarHandle TARGET;
  private static final VarHandle LOCKED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      TARGET = lookup.findVarHandle(SharedPointer.class, "target", Counted.class);
      LOCKED = lookup.findVarHandle(SharedPointer.class, "locked", int.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private static final int SPINS_BEFORE_YIELD = 128;

  private @Nullable Counted target;
  private int locked;

  /// @param target whose reference the caller hands over, or null
  public SharedPointer(@Nullable Counted target) {
    this.target = target;
  }

  /// What it points at, whatever becomes of that. Owns nothing: for whoever holds the lock, is
  /// about to check, or knows that no thread runs.
  public @Nullable Counted load() {
    return (Counted) TARGET.getAcquire(this);
  }

  /// Stores, and returns what was there, in one step.
  @Nullable Counted exchange(@Nullable Counted replacement) {
    return (Counted) TARGET.getAndSet(this, replacement);
  }

  /// Stores if the expected object is there, in one step.
  boolean replace(@Nullable Counted expected, @Nullable Counted replacement) {
    return TARGET.compareAndSet(this, expected, replacement);
  }

  /// As [#exchange], while nobody else has the lock.
  @Nullable Counted lockedExchange(@Nullable Counted replacement) {
    lock();
    Counted old = load();
    TARGET.setRelease(this, replacement);
    unlock();
    return old;
  }

  /// As [#replace], while nobody else has the lock.
  // Which object it is, not what is in it.
  @SuppressWarnings("ReferenceEquality")
  boolean lockedReplace(@Nullable Counted expected, @Nullable Counted replacement) {
    lock();
    boolean same = load() == expected;
    if (same) {
      TARGET.setRelease(this, replacement);
    }
    unlock();
    return same;
  }

  // Yielding is a courtesy: nothing depends on whether the scheduler heeds it.
  @SuppressWarnings("ThreadPriorityCheck")
  void lock() {
    int spins = 0;
    while (!LOCKED.compareAndSet(this, 0, 1)) {
      while ((int) LOCKED.getOpaque(this) != 0) {
        spins++;
        if (spins % SPINS_BEFORE_YIELD == 0) {
          Thread.yield();
        } else {
          Thread.onSpinWait();
        }
      }
    }
  }

  void unlock() {
    LOCKED.setRelease(this, 0);
  }
}

package io.percore.worker.refcount;

import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// Counts under one monitor (`synchronized`) for the whole domain, acquired for each operation.
///
/// | access | guard | why |
/// |---|---|---|
/// | load, store of the count | the monitor of this domain | mutual exclusion makes the two one step; leaving the monitor happens before the next entering, which makes the store visible |
/// | between operations | fence | the compiler merges a monitor's exit with the next entry when nothing lies between them, and would then hold it over several unrolled operations. A fence lies between them and cannot be removed; on x86-64 it is no instruction |
///
/// The monitor is that of the domain itself, which is padded: no other domain's monitor is on its
/// line.
public final class GlobalMonitor extends RefCount {
  private GlobalMonitor() {}

  static RefCount create() {
    return new GlobalMonitor();
  }

  @Override
  public void increment(ThreadContext context, Counted object) {
    synchronized (this) {
      object.storeOpaque(object.loadOpaque() + 1);
    }
  }

  @Override
  public boolean release(ThreadContext context, Counted object) {
    synchronized (this) {
      long left = object.loadOpaque() - 1;
      object.storeOpaque(left);
      return left == 0;
    }
  }

  /// As [GlobalLock#borrow].
  @Override
  public @Nullable Counted borrow(ThreadContext context, SharedPointer pointer) {
    synchronized (this) {
      Counted object = pointer.load();
      if (object != null) {
        object.storeOpaque(object.loadOpaque() + 1);
      }
      return object;
    }
  }

  @Override
  boolean locksPointers() {
    return false;
  }

  @Override
  public void afterOperation(ThreadContext context) {
    VarHandle.loadLoadFence();
  }
}

package io.percore.worker.refcount;

import java.lang.invoke.VarHandle;

/// Counts under the monitor (`synchronized`) of the counted object.
///
/// | access | guard | why |
/// |---|---|---|
/// | load, store of the count | the object's monitor | mutual exclusion makes the two one step; leaving the monitor happens before the next entering, which makes the store visible. Whoever frees the object has entered it after all others |
/// | between operations | fence | keeps the compiler from merging a monitor's exit with the next entry, as in [GlobalMonitor] |
///
/// The monitor is the object's header, which lies before the padding of a padded count: a thread
/// that gets hold of an object gets two lines.
public final class ObjectMonitor extends RefCount {
  private ObjectMonitor() {}

  static RefCount create() {
    return new ObjectMonitor();
  }

  @Override
  public void increment(ThreadContext context, Counted object) {
    synchronized (object) {
      object.storeOpaque(object.loadOpaque() + 1);
    }
  }

  @Override
  public boolean release(ThreadContext context, Counted object) {
    synchronized (object) {
      long left = object.loadOpaque() - 1;
      object.storeOpaque(left);
      return left == 0;
    }
  }

  @Override
  public void afterOperation(ThreadContext context) {
    VarHandle.loadLoadFence();
  }
}

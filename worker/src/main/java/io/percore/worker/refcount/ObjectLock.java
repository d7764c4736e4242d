package io.percore.worker.refcount;

import java.util.concurrent.locks.ReentrantLock;

/// Counts under a [ReentrantLock] that each object has of its own.
///
/// | access | guard | why |
/// |---|---|---|
/// | load, store of the count | the object's lock | mutual exclusion makes the two one step; unlocking happens before the next locking, which makes the store visible. Whoever frees the object has held the lock after all others |
///
/// The lock is an object beside the counted one, made just before it and so on a line that no other
/// object's count is on, unless the collector moves them.
public final class ObjectLock extends RefCount {
  private ObjectLock() {}

  static RefCount create() {
    return new ObjectLock();
  }

  @Override
  Object newCompanion() {
    return new ReentrantLock();
  }

  @Override
  public void increment(ThreadContext context, Counted object) {
    ReentrantLock lock = of(object);
    lock.lock();
    try {
      object.storeOpaque(object.loadOpaque() + 1);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean release(ThreadContext context, Counted object) {
    ReentrantLock lock = of(object);
    lock.lock();
    try {
      long left = object.loadOpaque() - 1;
      object.storeOpaque(left);
      return left == 0;
    } finally {
      lock.unlock();
    }
  }

  private static ReentrantLock of(Counted object) {
    return (ReentrantLock) object.companion();
  }
}

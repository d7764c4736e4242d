package io.percore.worker.refcount;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Counts under one [ReentrantLock] for the whole domain, acquired for each operation.
///
/// | access | guard | why |
/// |---|---|---|
/// | load, store of the count | the lock | mutual exclusion makes the two one step; unlocking happens before the next locking, which makes the store visible. Opaque as in the base that it is compared with |
///
/// Acquisitions stay apart: a compare-and-set of the lock's state is an access that the compiler
/// neither merges nor removes, unlike that of a monitor (see [GlobalMonitor]).
public final class GlobalLock extends RefCount {
  /// 128 bytes on each side of the lock, which cannot be padded inside: it keeps its state in an
  /// object of its own. Allocated in this order, and compaction keeps the order.
  private final long[] unusedBefore;

  private final ReentrantLock lock;
  private final long[] unusedAfter;
  private final boolean holdOverWork;

  private GlobalLock(boolean holdOverWork, @Nullable LockWatch watch) {
    this.holdOverWork = holdOverWork;
    this.unusedBefore = new long[16];
    // No expression of both types: to verify it the JVM would load the watched one, and calls of a
    // lock would then have two possible targets in every trial.
    if (watch == null) {
      this.lock = new ReentrantLock();
    } else {
      this.lock = WatchedLock.create(watch);
    }
    this.unusedAfter = new long[16];
  }

  /// @param holdOverWork keep the lock until the operation's work is done, not only for the count
  /// @param watch told of each time that the lock is held, or null
  static RefCount create(boolean holdOverWork, @Nullable LockWatch watch) {
    return new GlobalLock(holdOverWork, watch);
  }

  @Override
  public void increment(ThreadContext context, Counted object) {
    lock.lock();
    object.storeOpaque(object.loadOpaque() + 1);
    endCount();
  }

  @Override
  public boolean release(ThreadContext context, Counted object) {
    lock.lock();
    long left = object.loadOpaque() - 1;
    object.storeOpaque(left);
    endCount();
    return left == 0;
  }

  @Override
  public void afterOperation(ThreadContext context) {
    if (holdOverWork) {
      lock.unlock();
    }
  }

  /// Unlocks only when an operation was cut short; else nobody could go on.
  @Override
  public void detach(ThreadContext context) {
    if (lock.isHeldByCurrentThread()) {
      lock.unlock();
    }
  }

  /// Load and count are one step under the lock. Whoever takes a reference out of a pointer
  /// releases it later, under the same lock, so the pointer's reference is there when the count is
  /// written.
  @Override
  public @Nullable Counted borrow(ThreadContext context, SharedPointer pointer) {
    lock.lock();
    Counted object = pointer.load();
    if (object != null) {
      object.storeOpaque(object.loadOpaque() + 1);
    }
    endCount();
    return object;
  }

  @Override
  public @Nullable Counted exchange(
      ThreadContext context, SharedPointer pointer, @Nullable Counted replacement) {
    lock.lock();
    Counted old = pointer.exchange(replacement);
    endCount();
    return old;
  }

  @Override
  public boolean replace(
      ThreadContext context,
      SharedPointer pointer,
      @Nullable Counted expected,
      @Nullable Counted replacement) {
    lock.lock();
    boolean replaced = pointer.replace(expected, replacement);
    endCount();
    return replaced;
  }

  /// The lock of all counts is that of all pointers, too.
  @Override
  boolean locksPointers() {
    return false;
  }

  private void endCount() {
    if (!holdOverWork) {
      lock.unlock();
    }
  }
}

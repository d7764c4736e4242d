package io.percore.worker.refcount;

import java.util.concurrent.locks.ReentrantLock;

/// A lock that tells a [LockWatch] of each time that a thread gets it and gives it up. Threads wait
/// for it as they do for its superclass. What the watch writes down is written while the lock is
/// held, and so makes it be held for longer.
final class WatchedLock extends ReentrantLock {
  private static final long serialVersionUID = 1;

  private final transient LockWatch watch;

  private WatchedLock(LockWatch watch) {
    this.watch = watch;
  }

  static ReentrantLock create(LockWatch watch) {
    return new WatchedLock(watch);
  }

  @Override
  public void lock() {
    long asked = System.nanoTime();
    super.lock();
    watch.own().acquired(asked, System.nanoTime());
  }

  @Override
  public void unlock() {
    watch.own().releases(System.nanoTime());
    super.unlock();
  }
}

package io.percore.worker.refcount;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Full magazines of free objects, and empty ones to be filled, for the pools of all threads of a
/// domain. Any thread may use it; what is in a magazine belongs to whoever has the magazine.
final class Depot {
  /// Objects in a full magazine.
  static final int SIZE = 64;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Counted[]> full = new ArrayDeque<>();
  private final Deque<Counted[]> empty = new ArrayDeque<>();

  /// An empty magazine for a full one.
  Counted[] deposit(Counted[] magazine) {
    lock.lock();
    try {
      full.push(magazine);
      Counted[] fresh = empty.poll();
      return fresh == null ? new Counted[SIZE] : fresh;
    } finally {
      lock.unlock();
    }
  }

  /// A full magazine for an empty one, or null when there is none.
  Counted @Nullable [] withdraw(Counted[] magazine) {
    lock.lock();
    try {
      Counted[] found = full.poll();
      if (found != null) {
        empty.push(magazine);
      }
      return found;
    } finally {
      lock.unlock();
    }
  }
}

package io.percore.worker.refcount;

import org.jspecify.annotations.Nullable;

/// A counted object, used by one thread, between whose accesses a test plays the others' part.
final class InterposedCounted extends Counted {
  final Interposition between = new Interposition();
  private long count;

  InterposedCounted(@Nullable Object companion) {
    super(companion);
  }

  @Override
  long loadOpaque() {
    long value = count;
    between.loaded();
    return value;
  }

  @Override
  void storeOpaque(long value) {
    count = value;
  }

  @Override
  long getAndAdd(long delta) {
    long before = count;
    count += delta;
    between.changed();
    return before;
  }

  @Override
  boolean compareAndSet(long expected, long value) {
    if (count != expected) {
      return false;
    }
    count = value;
    between.changed();
    return true;
  }
}

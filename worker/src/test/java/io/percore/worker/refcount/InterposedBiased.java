package io.percore.worker.refcount;

/// As [InterposedCounted], for [Biased]: a test plays the others' part between accesses to the
/// shared word.
final class InterposedBiased extends BiasedCounted {
  final Interposition between = new Interposition();
  private long local;
  private long shared;

  @Override
  long loadLocal() {
    return local;
  }

  @Override
  void storeLocal(long count) {
    local = count;
  }

  @Override
  long loadOpaque() {
    long value = shared;
    between.loaded();
    return value;
  }

  @Override
  long loadAcquire() {
    return loadOpaque();
  }

  @Override
  void storeOpaque(long value) {
    shared = value;
  }

  @Override
  long getAndAdd(long delta) {
    long before = shared;
    shared += delta;
    between.changed();
    return before;
  }

  @Override
  boolean compareAndSet(long expected, long value) {
    if (shared != expected) {
      return false;
    }
    shared = value;
    between.changed();
    return true;
  }
}

package io.percore.worker.refcount;

/// Counts with a load and a store, for one thread: the sequential base.
///
/// | access | mode | why |
/// |---|---|---|
/// | load, store of the count | opaque | one thread needs no ordering; opaque keeps the compiler from folding a loop of increments into one addition, or a pair into nothing |
public final class Plain extends RefCount {
  private Plain() {}

  static RefCount create() {
    return new Plain();
  }

  @Override
  public void increment(ThreadContext context, Counted object) {
    object.storeOpaque(object.loadOpaque() + 1);
  }

  @Override
  public boolean release(ThreadContext context, Counted object) {
    long left = object.loadOpaque() - 1;
    object.storeOpaque(left);
    return left == 0;
  }

  /// Nobody else stores to a pointer.
  @Override
  boolean locksPointers() {
    return false;
  }
}

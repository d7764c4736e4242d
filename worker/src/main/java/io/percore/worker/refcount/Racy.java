package io.percore.worker.refcount;

/// Counts with a load and a store although others count too: the negative control.
///
/// | access | mode | why |
/// |---|---|---|
/// | load, store of the count | opaque | the two are apart, so an update of another thread between them is overwritten; opaque makes that the only defect, since the compiler may neither fold nor move them |
///
/// With several threads updates are lost. In pairs the losses have both signs, so the count may
/// pass through zero while references are held, more than once.
public final class Racy extends RefCount {
  private Racy() {}

  static RefCount create() {
    return new Racy();
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

  /// Loads and counts in two steps, as the essay's race does: what it loaded may be gone.
  @Override
  boolean locksPointers() {
    return false;
  }
}

package io.percore.worker.refcount;

import org.jspecify.annotations.Nullable;

/// Counts by compare-and-set, and retains only what is alive, as Lucene's index readers and many
/// hand-made schemes do. Dearer than [Atomic] when threads contend, since an attempt can fail; what
/// it buys is that zero is final: no retain brings an object back, so borrowing needs no lock.
///
/// | access | mode | why |
/// |---|---|---|
/// | first load of the count | opaque | a guess that the compare-and-set confirms |
/// | count + 1, if not zero | acquire and release | as in [Atomic]; the acquire is for a borrower, who then reads an object that it did not own before |
/// | count - 1 | acquire and release | as in [Atomic]: release for what was done with the object, acquire for whoever frees it |
/// | the pointer, once more, after a borrower has retained | acquire | see [#borrow] |
public final class Cas extends RefCount {
  private Cas() {}

  static RefCount create() {
    return new Cas();
  }

  /// @throws IllegalStateException when the object is dead, which no caller may bring about
  @Override
  public void increment(ThreadContext context, Counted object) {
    if (!tryRetain(object)) {
      throw new IllegalStateException("an object without references was retained");
    }
  }

  /// @throws IllegalStateException when the object is dead, which no caller may bring about
  @Override
  public boolean release(ThreadContext context, Counted object) {
    long count;
    do {
      count = object.loadOpaque();
      if (count <= 0) {
        throw new IllegalStateException("an object without references was released");
      }
    } while (!object.compareAndSet(count, count - 1));
    return count == 1;
  }

  /// Takes a reference to an object that may be dead, in which case it returns false.
  boolean tryRetain(Counted object) {
    long count;
    do {
      count = object.loadOpaque();
      if (count <= 0) {
        return false;
      }
    } while (!object.compareAndSet(count, count + 1));
    return true;
  }

  /// Retains what the pointer has, if that is alive, and looks whether the pointer still has it.
  ///
  /// What is retained may be another life than the one that the pointer had when it was loaded:
  /// freed and born again in between, for another pointer. Memory is type-stable, so that retaining
  /// it does no harm. If the pointer still has the object, then the object lives and is the
  /// pointer's, and this thread's reference is to that life, for a life with a reference does not
  /// end. Else the reference goes back, and if the others went meanwhile, it is for this thread to
  /// free the object.
  // Which object the pointer has, not what is in it.
  @SuppressWarnings("ReferenceEquality")
  @Override
  public @Nullable Counted borrow(ThreadContext context, SharedPointer pointer)
      throws InterruptedException {
    while (true) {
      Counted object = pointer.load();
      if (object == null) {
        return null;
      }
      if (tryRetain(object)) {
        if (pointer.load() == object) {
          return object;
        }
        if (release(context, object)) {
          reclaim(context, object);
        }
      }
      Thread.onSpinWait();
    }
  }

  @Override
  boolean locksPointers() {
    return false;
  }
}

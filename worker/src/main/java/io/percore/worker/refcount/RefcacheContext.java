package io.percore.worker.refcount;

import org.jspecify.annotations.Nullable;

/// A thread's cache of changes to counts: direct-mapped, one object to a place. Everything in it is
/// the thread's own and plain, but for the changes themselves, which are opaque so that the
/// compiler performs each of them.
final class RefcacheContext extends EpochContext {
  /// As many as in the paper; a power of two.
  private static final int PLACES = 4096;

  private final @Nullable Counted[] objects = new @Nullable Counted[PLACES];
  private final long[] changes = new long[PLACES];

  /// The places that are taken, in no order: a flush looks at these only.
  private final int[] taken = new int[PLACES];

  private int size;
  private long evictedChange;

  private RefcacheContext(int thread, int slot) {
    super(thread, slot);
  }

  static ThreadContext create(int thread, int slot) {
    return new RefcacheContext(thread, slot);
  }

  /// Adds to the change of an object that is in the cache, or returns false when it is not.
  // Which object it is, not what is in it.
  @SuppressWarnings("ReferenceEquality")
  boolean add(Counted object, long by) {
    int place = place(object);
    if (objects[place] != object) {
      return false;
    }
    OpaqueLongs.add(changes, place, by);
    return true;
  }

  /// Gives the object its place in the cache, with no change yet.
  ///
  /// @return who was there before, whose change is to be had by [#takeEvicted]; or null
  @Nullable Counted evictFor(Counted object) {
    int place = place(object);
    Counted before = objects[place];
    if (before == null) {
      taken[size] = place;
      size++;
    } else {
      evictedChange = changes[place];
    }
    objects[place] = object;
    changes[place] = 0;
    return before;
  }

  /// Takes some object out of the cache, with its change to be had by [#takeEvicted]; null when
  /// there is none.
  @Nullable Counted next() {
    if (size == 0) {
      return null;
    }
    size--;
    int place = taken[size];
    Counted object = objects[place];
    evictedChange = changes[place];
    objects[place] = null;
    return object;
  }

  /// The change of the object that was taken out last. It may be zero.
  long takeEvicted() {
    return evictedChange;
  }

  private static int place(Counted object) {
    return System.identityHashCode(object) & (PLACES - 1);
  }
}

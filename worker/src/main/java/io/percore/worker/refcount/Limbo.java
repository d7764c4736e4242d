package io.percore.worker.refcount;

import org.jspecify.annotations.Nullable;

/// Objects that are to be looked at again, each with the epoch that it was put here in; first in,
/// first out. Makes no garbage once it has grown. Used by one thread at a time.
final class Limbo {
  private static final int INITIAL = 256;

  private @Nullable Counted[] objects = new @Nullable Counted[INITIAL];
  private long[] epochs = new long[INITIAL];
  private int first;
  private int size;

  /// Puts an object last.
  void add(Counted object, long epoch) {
    if (size == objects.length) {
      grow();
    }
    int last = (first + size) & (objects.length - 1);
    objects[last] = object;
    epochs[last] = epoch;
    size++;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /// The epoch of the first object. Not when empty.
  long firstEpoch() {
    return epochs[first];
  }

  /// Takes the first object, or returns null when there is none.
  @Nullable Counted poll() {
    if (size == 0) {
      return null;
    }
    Counted object = objects[first];
    objects[first] = null;
    first = (first + 1) & (objects.length - 1);
    size--;
    return object;
  }

  /// Moves all objects, with their epochs, behind those of another limbo.
  void moveTo(Limbo other) {
    while (size > 0) {
      long epoch = firstEpoch();
      Counted object = poll();
      if (object != null) {
        other.add(object, epoch);
      }
    }
  }

  private void grow() {
    @Nullable Counted[] moreObjects = new @Nullable Counted[2 * objects.length];
    long[] moreEpochs = new long[2 * objects.length];
    for (int i = 0; i < size; i++) {
      int from = (first + i) & (objects.length - 1);
      moreObjects[i] = objects[from];
      moreEpochs[i] = epochs[from];
    }
    objects = moreObjects;
    epochs = moreEpochs;
    first = 0;
  }
}

package io.percore.worker.refcount;

import java.util.Arrays;

/// The sequential oracle of [HistoryTest]: which references there are, and whose. Objects, threads
/// and pointers are numbers from 0; what holds no object holds [#NONE].
final class Holdings {
  static final int NONE = -1;

  /// References of each thread, by object.
  private final int[][] owned;

  /// What each pointer has, and so owns a reference to.
  private final int[] stored;

  /// What each thread has borrowed, which keeps that alive like a reference.
  private final int[] borrowed;

  Holdings(int objects, int threads, int pointers) {
    owned = new int[objects][threads];
    stored = new int[pointers];
    borrowed = new int[threads];
    Arrays.fill(stored, NONE);
    Arrays.fill(borrowed, NONE);
  }

  /// What keeps an object alive; it is dead when there is nothing.
  int references(int object) {
    return Arrays.stream(owned[object]).sum() + times(stored, object) + times(borrowed, object);
  }

  private static int times(int[] numbers, int object) {
    return (int) Arrays.stream(numbers).filter(one -> one == object).count();
  }

  boolean owns(int thread, int object) {
    return owned[object][thread] > 0;
  }

  int stored(int pointer) {
    return stored[pointer];
  }

  int borrowed(int thread) {
    return borrowed[thread];
  }

  void take(int thread, int object) {
    owned[object][thread]++;
  }

  /// Returns whether the object is dead now.
  boolean give(int thread, int object) {
    owned[object][thread]--;
    return references(object) == 0;
  }

  /// The thread's reference to a new object becomes the pointer's, and the pointer's the thread's.
  ///
  /// @param object the new object, or [#NONE]
  /// @return the old one
  int exchange(int thread, int pointer, int object) {
    int old = stored[pointer];
    stored[pointer] = object;
    if (object != NONE) {
      give(thread, object);
    }
    if (old != NONE) {
      take(thread, old);
    }
    return old;
  }

  void borrow(int thread, int pointer) {
    borrowed[thread] = stored[pointer];
  }

  /// Returns whether the object is dead now.
  boolean giveBack(int thread) {
    int object = borrowed[thread];
    borrowed[thread] = NONE;
    return references(object) == 0;
  }
}

package io.percore.worker.refcount;

import org.jspecify.annotations.Nullable;

/// Free objects of one thread, last in, first out, and a tally of what it did with them. Used by
/// that thread; read by others at rest. Padded on both sides, since each thread writes to its own
/// all the time.
final class Pool extends PoolState {
  long r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15;

  /// Takes a free object.
  void push(Counted object, Depot depot) {
    if (size == Depot.SIZE) {
      Counted[] next = previousFull ? depot.deposit(previous) : previous;
      previous = loaded;
      previousFull = true;
      loaded = next;
      size = 0;
    }
    loaded[size] = object;
    size++;
  }

  /// A free object, or null when neither the thread nor the depot has one.
  @Nullable Counted pop(Depot depot) {
    if (size == 0) {
      Counted[] next = previousFull ? previous : depot.withdraw(loaded);
      if (next == null) {
        return null;
      }
      if (previousFull) {
        previous = loaded;
        previousFull = false;
      }
      loaded = next;
      size = Depot.SIZE;
    }
    size--;
    return loaded[size];
  }
}

/// 128 bytes before a pool.
abstract class PaddingBeforePool {
  long l0, l1, l2, l3, l4, l5, l6, l7, l8, l9, l10, l11, l12, l13, l14, l15;
}

/// What a pool is made of; written by its thread with plain stores.
abstract class PoolState extends PaddingBeforePool {
  Counted[] loaded = new Counted[Depot.SIZE];
  int size;

  /// Either full or empty, so that a thread which frees and allocates in turn at the edge of a
  /// magazine does not go to the depot each time.
  Counted[] previous = new Counted[Depot.SIZE];

  boolean previousFull;
  long births;
  long deaths;
  long doubleFrees;
  long usesAfterFree;
}

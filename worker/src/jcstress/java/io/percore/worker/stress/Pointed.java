package io.percore.worker.stress;

import static io.percore.worker.stress.References.CREATOR;
import static io.percore.worker.stress.References.DOMAIN;
import static io.percore.worker.stress.References.HEAP;

import io.percore.worker.refcount.Counted;
import io.percore.worker.refcount.SharedPointer;
import io.percore.worker.refcount.ThreadContext;
import org.jspecify.annotations.Nullable;

/// A pointer that two threads use, with an object that it alone owns. Each act is a phase of its
/// own that ends with a safepoint, as in [References]. Memory is used again at once, so that who is
/// given an object too late or too early finds another life.
abstract class Pointed {
  static final long RIGHT = 1;
  static final long NOT_FREED = -1;
  static final long DOUBLE_FREE = -2;
  static final long POINTS_AT_THE_DEAD = -3;
  static final long WRONG_COUNT = -4;

  private final SharedPointer pointer;
  private final Counted first;
  private final int life;

  /// Written before the object is stored by the only thread that does, where another one borrows;
  /// who borrows the object sees it.
  private @Nullable Counted stored;

  private int storedLife;

  Pointed() {
    synchronized (CREATOR) {
      first = HEAP.allocate(CREATOR);
      life = first.life();
      pointer = new SharedPointer(first);
    }
  }

  /// Borrows and gives back.
  ///
  /// @return whether what was borrowed was the pointer's, and lived on while it was borrowed
  final boolean borrow(ThreadContext context) {
    return References.act(
        context,
        () -> {
          Counted borrowed = DOMAIN.borrow(context, pointer);
          DOMAIN.afterOperation(context);
          if (borrowed == null) {
            return false;
          }
          int now = borrowed.life();
          boolean right =
              borrowed.equals(first) && now == life || borrowed.equals(stored) && now == storedLife;
          Thread.onSpinWait();
          right &= borrowed.life() == now;
          if (DOMAIN.giveBack(context, borrowed)) {
            HEAP.free(context, borrowed);
          }
          DOMAIN.afterOperation(context);
          DOMAIN.safepoint(context);
          return right;
        });
  }

  /// Stores a new object and gives up what was there; then makes another, which is given the memory
  /// of what was freed last, and gives that up, too.
  final void exchange(ThreadContext context) {
    References.act(
        context,
        () -> {
          Counted fresh = HEAP.allocate(context);
          stored = fresh;
          storedLife = fresh.life();
          Counted old = DOMAIN.exchange(context, pointer, fresh);
          DOMAIN.afterOperation(context);
          if (old != null) {
            giveUp(context, old);
          }
          giveUp(context, HEAP.allocate(context));
          DOMAIN.safepoint(context);
          return true;
        });
  }

  private static void giveUp(ThreadContext context, Counted object) throws InterruptedException {
    if (DOMAIN.retire(context, object)) {
      HEAP.free(context, object);
    }
    DOMAIN.afterOperation(context);
  }

  /// For an arbiter: what has become of the first object and of the one that is there now, once all
  /// is done that was left for later. Empties the pointer.
  final long atRest() {
    synchronized (CREATOR) {
      References.rest();
      long found = state();
      References.act(
          CREATOR,
          () -> {
            Counted last = DOMAIN.exchange(CREATOR, pointer, null);
            DOMAIN.afterOperation(CREATOR);
            if (last != null) {
              giveUp(CREATOR, last);
            }
            return true;
          });
      return found;
    }
  }

  private long state() {
    if (HEAP.doubleFrees() != 0) {
      return DOUBLE_FREE;
    }
    if (first.life() == life) {
      return NOT_FREED;
    }
    Counted now = pointer.load();
    if (now == null || !Counted.isLive(now.life())) {
      return POINTS_AT_THE_DEAD;
    }
    return DOMAIN.count(now) == 1 ? RIGHT : WRONG_COUNT;
  }
}

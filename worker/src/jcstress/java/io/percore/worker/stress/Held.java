package io.percore.worker.stress;

import static io.percore.worker.stress.References.CREATOR;
import static io.percore.worker.stress.References.DOMAIN;
import static io.percore.worker.stress.References.HEAP;

import io.percore.worker.refcount.Counted;
import io.percore.worker.refcount.ThreadContext;

/// One life of an object, where an act has several operations or a test several objects. Its
/// methods are whole operations of a thread that is attached, unless they say something else.
final class Held {
  private final Counted object;
  private final int life;

  private Held(Counted object) {
    this.object = object;
    this.life = object.life();
  }

  /// For a state's constructor: a new object. Nobody is attached.
  ///
  /// @param maker who makes it
  /// @param references how many it has at first, which any thread may give back
  static Held of(ThreadContext maker, int references) {
    // The harness may make states on several threads, and each context is one at a time.
    synchronized (CREATOR) {
      Held held = new Held(HEAP.allocate(maker));
      for (int more = 1; more < references; more++) {
        References.prepare(maker, () -> held.retain(maker));
      }
      return held;
    }
  }

  Counted object() {
    return object;
  }

  /// Takes one more reference.
  ///
  /// @return true, so that it can be an act
  boolean retain(ThreadContext context) throws InterruptedException {
    DOMAIN.retain(context, object);
    DOMAIN.afterOperation(context);
    return true;
  }

  /// Gives a reference back and frees the object when told to.
  void giveUp(ThreadContext context) throws InterruptedException {
    if (DOMAIN.release(context, object)) {
      HEAP.free(context, object);
    }
    DOMAIN.afterOperation(context);
  }

  /// As [#giveUp], for the reference that the object was published with.
  void retire(ThreadContext context) throws InterruptedException {
    retire(context, object);
  }

  static void retire(ThreadContext context, Counted object) throws InterruptedException {
    if (DOMAIN.retire(context, object)) {
      HEAP.free(context, object);
    }
    DOMAIN.afterOperation(context);
  }

  /// For an arbiter, when nobody is attached: the count once all is done that was left for later,
  /// or -1 when this life is over, or -2 when any object of this JVM has been freed twice, or -3
  /// when any has been used after its life.
  long atRest() {
    synchronized (CREATOR) {
      References.rest();
      if (HEAP.doubleFrees() != 0) {
        return -2;
      }
      if (HEAP.usesAfterFree() != 0) {
        return -3;
      }
      return object.life() == life ? DOMAIN.count(object) : -1;
    }
  }

  /// As [#atRest], then gives up what lives on, so that its memory is used again.
  ///
  /// @param references how many to give up if it lives
  long atRest(int references) {
    synchronized (CREATOR) {
      long count = atRest();
      if (count > 0) {
        References.act(
            CREATOR,
            () -> {
              for (int i = 0; i < references; i++) {
                giveUp(CREATOR);
              }
              return true;
            });
      }
      return count;
    }
  }
}

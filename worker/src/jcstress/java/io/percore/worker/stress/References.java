package io.percore.worker.stress;

import io.percore.worker.refcount.Counted;
import io.percore.worker.refcount.Heap;
import io.percore.worker.refcount.RefCount;
import io.percore.worker.refcount.ThreadContext;

/// An object that two threads count. Each act is a phase of its own: a thread that waits for its
/// turn must not keep the other out. Nobody frees the object, so that an arbiter can look at it.
///
/// There is one domain for all objects of a JVM, as in a measured process, so that the threads also
/// meet in its lock. A context belongs to an actor, which one thread plays at a time, and the
/// harness orders a thread with its successor.
abstract class References {
  static final RefCount DOMAIN = Variants.underTest().createImpatient();
  static final ThreadContext FIRST = DOMAIN.enrol(0);
  static final ThreadContext SECOND = DOMAIN.enrol(1);
  static final ThreadContext CREATOR = DOMAIN.enrol(2);
  static final ThreadContext THIRD = DOMAIN.enrol(3);
  static final Heap HEAP = Heap.of(DOMAIN, false);

  /// Whether an actor has acted since the domain was last at rest: an element for each, far apart.
  private static final boolean[] ACTED = new boolean[512];

  private static final int APART = 256;

  private final Counted object;
  private final int life;

  /// @param references how many the object has at first, all threads together
  References(int references) {
    this(references, CREATOR);
  }

  /// @param maker who makes the object
  References(int references, ThreadContext maker) {
    this(references, maker, 0);
  }

  /// @param references how many the maker takes
  /// @param maker who makes the object
  /// @param others how many the second thread takes
  References(int references, ThreadContext maker, int others) {
    // The harness may make objects on several threads, and each context is one at a time.
    synchronized (CREATOR) {
      object = HEAP.allocate(maker);
      life = object.life();
      for (int more = 1; more < references; more++) {
        retain(maker);
      }
      for (int more = 0; more < others; more++) {
        retain(SECOND);
      }
    }
  }

  final void increment(ThreadContext context) {
    operation(
        context,
        () -> {
          DOMAIN.increment(context, object);
          return false;
        });
  }

  final void retain(ThreadContext context) {
    operation(
        context,
        () -> {
          DOMAIN.retain(context, object);
          return false;
        });
  }

  final boolean release(ThreadContext context) {
    return operation(context, () -> DOMAIN.release(context, object));
  }

  /// As [#release], and frees the object when told to.
  final void giveUp(ThreadContext context) {
    operation(
        context,
        () -> {
          boolean last = DOMAIN.release(context, object);
          if (last) {
            HEAP.free(context, object);
          }
          return last;
        });
  }

  /// As [#giveUp], for the reference that goes with what the object was made for.
  final void retire(ThreadContext context) {
    operation(
        context,
        () -> {
          boolean last = DOMAIN.retire(context, object);
          if (last) {
            HEAP.free(context, object);
          }
          return last;
        });
  }

  /// For an arbiter: the count once all is done that was left for later, or -1 when the object has
  /// been freed, or -2 when any object of this JVM has been freed twice. What lives on is given up,
  /// so that its memory is used again.
  final long countAtRest(int references) {
    synchronized (CREATOR) {
      rest();
      if (HEAP.doubleFrees() != 0) {
        return -2;
      }
      if (object.life() != life) {
        return -1;
      }
      long count = DOMAIN.count(object);
      for (int i = 0; i < references; i++) {
        giveUp(CREATOR);
      }
      return count;
    }
  }

  static void rest() {
    if (ACTED[0] || ACTED[APART]) {
      ACTED[0] = false;
      ACTED[APART] = false;
      try {
        DOMAIN.quiesce(CREATOR);
      } catch (InterruptedException nobodyInterrupts) {
        throw new IllegalStateException(nobodyInterrupts);
      }
    }
  }

  /// For an arbiter: when nobody counts any more.
  final long count() {
    return DOMAIN.count(object);
  }

  /// A phase of one operation.
  private static boolean operation(ThreadContext context, Act operation) {
    return act(
        context,
        () -> {
          boolean result = operation.run();
          DOMAIN.afterOperation(context);
          return result;
        });
  }

  /// A phase.
  ///
  /// @param act ends each of its operations itself
  static boolean act(ThreadContext context, Act act) {
    ACTED[context.equals(FIRST) ? 0 : APART] = true;
    return prepare(context, act);
  }

  /// As [#act], for what belongs to the making of an object: its actors have yet to come, and until
  /// they have, nobody wants to know its count. To bring the domain to rest for it would take time
  /// for every object that is waiting for its actors.
  static boolean prepare(ThreadContext context, Act act) {
    try {
      DOMAIN.attach(context);
      boolean result = act.run();
      DOMAIN.detach(context);
      return result;
    } catch (InterruptedException nobodyInterrupts) {
      throw new IllegalStateException(nobodyInterrupts);
    }
  }

  interface Act {
    boolean run() throws InterruptedException;
  }
}

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
  private static final RefCount DOMAIN = Variants.underTest().createImpatient();
  static final ThreadContext FIRST = DOMAIN.enrol(0);
  static final ThreadContext SECOND = DOMAIN.enrol(1);
  private static final ThreadContext CREATOR = DOMAIN.enrol(2);
  private static final Heap HEAP = Heap.of(DOMAIN, false);

  private final Counted object;

  /// @param references how many the object has at first, all threads together
  References(int references) {
    // The harness may make objects on several threads, and the creator is one at a time.
    synchronized (CREATOR) {
      object = HEAP.allocate(CREATOR);
      for (int more = 1; more < references; more++) {
        retain(CREATOR);
      }
    }
  }

  final void increment(ThreadContext context) {
    act(
        context,
        () -> {
          DOMAIN.increment(context, object);
          return false;
        });
  }

  final void retain(ThreadContext context) {
    act(
        context,
        () -> {
          DOMAIN.retain(context, object);
          return false;
        });
  }

  final boolean release(ThreadContext context) {
    return act(context, () -> DOMAIN.release(context, object));
  }

  /// For an arbiter: when nobody counts any more.
  final long count() {
    return DOMAIN.count(object);
  }

  private static boolean act(ThreadContext context, Act act) {
    try {
      DOMAIN.attach(context);
      boolean result = act.run();
      DOMAIN.afterOperation(context);
      DOMAIN.detach(context);
      return result;
    } catch (InterruptedException nobodyInterrupts) {
      throw new IllegalStateException(nobodyInterrupts);
    }
  }

  private interface Act {
    boolean run() throws InterruptedException;
  }
}

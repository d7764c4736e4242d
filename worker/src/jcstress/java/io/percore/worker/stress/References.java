package io.percore.worker.stress;

import io.percore.worker.refcount.Counted;
import io.percore.worker.refcount.RefCount;
import io.percore.worker.refcount.ThreadContext;

/// An object that two threads count. Each act is a phase of its own: a thread that waits for its
/// turn must not keep the other out.
///
/// There is one domain for all objects of a JVM, as in a measured process, so that the threads also
/// meet in its lock. A context belongs to an actor, which one thread plays at a time, and the
/// harness orders a thread with its successor.
abstract class References {
  static final ThreadContext FIRST = new ThreadContext(0);
  static final ThreadContext SECOND = new ThreadContext(1);
  private static final RefCount DOMAIN = Variants.underTest().createImpatient();

  private final Counted object = DOMAIN.newObject(false);

  /// @param references how many the object has at first, all threads together
  References(int references) {
    // One of its own, since the harness may make objects on several threads at once.
    ThreadContext creator = new ThreadContext(2);
    for (int more = 1; more < references; more++) {
      retain(creator);
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

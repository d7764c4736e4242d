package io.percore.worker.refcount;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// An object whose count is accessed by one thread at a time, in turns: a thread that takes part
/// waits at each access until all others have made theirs, or have ended. So the discipline's own
/// code runs, and the order of its accesses is always the same. For [Replay] only: in a process
/// that measures there must be no such class beside the others.
///
/// Everything is guarded by the object's monitor.
final class SteppedCounted extends Counted {
  private final List<Replay.Step> steps = new ArrayList<>();

  /// Who takes part, in the order of their turns; the first one is next.
  private final Set<String> turns = new LinkedHashSet<>();

  private long count;

  SteppedCounted() {
    super(null);
  }

  /// Makes threads of these names take turns from now on.
  synchronized void takePart(List<String> threads) {
    turns.addAll(threads);
  }

  /// The calling thread takes no more turns.
  synchronized void end() {
    turns.remove(Thread.currentThread().getName());
    notifyAll();
  }

  synchronized List<Replay.Step> steps() {
    return List.copyOf(steps);
  }

  @Override
  synchronized long loadOpaque() {
    awaitTurn();
    long value = count;
    endTurn(Replay.Access.LOAD, value);
    return value;
  }

  @Override
  synchronized void storeOpaque(long value) {
    awaitTurn();
    count = value;
    endTurn(Replay.Access.STORE, value);
  }

  @Override
  synchronized long getAndAdd(long delta) {
    awaitTurn();
    long before = count;
    count += delta;
    endTurn(Replay.Access.ADD, delta);
    return before;
  }

  @Override
  synchronized boolean compareAndSet(long expected, long value) {
    awaitTurn();
    boolean done = count == expected;
    count = done ? value : count;
    endTurn(Replay.Access.COMPARE_AND_SET, value);
    return done;
  }

  private synchronized void awaitTurn() {
    String self = Thread.currentThread().getName();
    while (turns.contains(self) && !turns.iterator().next().equals(self)) {
      try {
        wait();
      } catch (InterruptedException stopped) {
        throw new IllegalStateException("stopped while it waited for its turn", stopped);
      }
    }
  }

  /// Of a thread that takes no turns nothing is written down.
  private synchronized void endTurn(Replay.Access access, long value) {
    String self = Thread.currentThread().getName();
    if (turns.remove(self)) {
      turns.add(self);
      steps.add(new Replay.Step(self, access, value, count));
      notifyAll();
    }
  }
}

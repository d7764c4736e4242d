package io.percore.worker.workload;

import io.percore.worker.refcount.Counted;
import io.percore.worker.refcount.RefCount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Makes objects that another thread frees. Threads stand in a ring: each hands what it makes to
/// its successor and retires what it gets from its predecessor, so all of them do the same, and any
/// number will do; one thread alone hands to itself, which is what the others are compared with.
/// The worst case of counts that favour the maker.
///
/// An operation is one object made and handed over, and one taken if there is any. A thread whose
/// successor has no room left frees what is in its own inbox, or else waits, as a blocking queue
/// does: not attached, so that a lock that it would keep is free. It waits for [#PATIENCE_NANOS] at
/// most, since the successor may have ended its phase; then it retires the object itself, and asks
/// no more until there is room again.
final class HandoffKernel extends Kernel {
  private static final long PATIENCE_NANOS = 20_000_000;
  private static final int SPINS = 200;

  private final HandoffQueue inbox;
  private final HandoffQueue outbox;
  private boolean successorIsAway;

  private HandoffKernel(Team team, int thread, HandoffQueue inbox, HandoffQueue outbox, int steps) {
    super(team, thread, team.heap(thread, true), steps);
    this.inbox = inbox;
    this.outbox = outbox;
  }

  /// A kernel for each thread; threads with one domain form a ring.
  ///
  /// @param capacity objects that may be on their way between two threads, a power of two
  static List<Kernel> team(Team team, int capacity, int steps) {
    HandoffQueue[] inboxes = new HandoffQueue[team.size()];
    Map<RefCount, List<Integer>> rings = new HashMap<>();
    for (int i = 0; i < team.size(); i++) {
      inboxes[i] = new HandoffQueue(capacity);
      rings.computeIfAbsent(team.domain(i), _ -> new ArrayList<>()).add(i);
    }
    List<Kernel> kernels = new ArrayList<>();
    for (int i = 0; i < team.size(); i++) {
      List<Integer> ring = rings.getOrDefault(team.domain(i), List.of(i));
      int successor = ring.get((ring.indexOf(i) + 1) % ring.size());
      kernels.add(new HandoffKernel(team, i, inboxes[i], inboxes[successor], steps));
    }
    return kernels;
  }

  @Override
  public void batch(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      Counted object = heap.allocate(context);
      work();
      if (!outbox.offer(object)) {
        handOverLate(object);
      } else {
        successorIsAway = false;
      }
      retireOne();
    }
    operations += count;
  }

  private boolean retireOne() throws InterruptedException {
    Counted object = inbox.poll();
    if (object == null) {
      return false;
    }
    heap.access(context, object);
    retire(object);
    return true;
  }

  private void retire(Counted object) throws InterruptedException {
    end(domain.retire(context, object), object);
  }

  private void handOverLate(Counted object) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    for (int turn = 0; !successorIsAway; turn++) {
      if (!retireOne()) {
        pause(turn);
      }
      if (outbox.offer(object)) {
        return;
      }
      successorIsAway = System.nanoTime() - deadline > 0;
    }
    retire(object);
  }

  // Yielding is a courtesy: nothing depends on whether the scheduler heeds it.
  @SuppressWarnings("ThreadPriorityCheck")
  private void pause(int turn) throws InterruptedException {
    if (turn < SPINS) {
      domain.safepoint(context);
      Thread.onSpinWait();
      return;
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("stopped while waiting for the next thread");
    }
    domain.detach(context);
    Thread.yield();
    domain.attach(context);
  }

  @Override
  void references(Consumer<Counted> each) {
    inbox.forEach(each);
  }

  @Override
  boolean incrementsOnly() {
    return false;
  }
}

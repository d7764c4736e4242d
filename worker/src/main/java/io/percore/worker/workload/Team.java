package io.percore.worker.workload;

import io.percore.worker.refcount.Counted;
import io.percore.worker.refcount.Heap;
import io.percore.worker.refcount.RefCount;
import io.percore.worker.refcount.SharedPointer;
import io.percore.worker.refcount.ThreadContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The threads of a process that a workload is set up for. Used by one thread, before they run.
public final class Team {
  private final List<RefCount> domains;
  private final List<ThreadContext> contexts;
  private final long seed;
  private final Map<RefCount, ThreadContext> bystanders = new HashMap<>();
  private final Map<RefCount, Heap> heaps = new HashMap<>();
  private final Map<RefCount, Counted> sharedObjects = new HashMap<>();

  /// Enrols all threads with their domains.
  ///
  /// @param domains domain of each thread; threads share objects only when they have the same
  ///   domain
  /// @param seed where the dependent work begins
  public Team(List<RefCount> domains, long seed) {
    this.domains = List.copyOf(domains);
    this.seed = seed;
    List<ThreadContext> made = new ArrayList<>();
    for (int i = 0; i < domains.size(); i++) {
      made.add(domains.get(i).enrol(i));
    }
    this.contexts = List.copyOf(made);
  }

  int size() {
    return domains.size();
  }

  RefCount domain(int thread) {
    return domains.get(thread);
  }

  ThreadContext context(int thread) {
    return contexts.get(thread);
  }

  /// Lets objects be made on behalf of a thread of this thread's domain that never runs. To be
  /// called before the domain's first object is made.
  void makeByBystander(int thread) {
    bystanders.computeIfAbsent(domain(thread), domain -> domain.enrol(size()));
  }

  /// On whose behalf this thread's objects are made: its own, or that of a bystander.
  ThreadContext maker(int thread) {
    return bystanders.getOrDefault(domain(thread), context(thread));
  }

  /// The heap of this thread's domain.
  ///
  /// @param padded whether counts have their cache lines to themselves: the same in each call
  Heap heap(int thread, boolean padded) {
    return heaps.computeIfAbsent(domain(thread), domain -> Heap.of(domain, padded));
  }

  /// The one object that all threads of this thread's domain share, with its line to itself.
  /// Created on behalf of the first of them or of its bystander, who keeps that reference.
  Counted sharedObject(int thread) {
    return sharedObjects.computeIfAbsent(
        domain(thread), _ -> heap(thread, true).allocate(maker(thread)));
  }

  /// Objects with their lines to themselves, created on behalf of this thread.
  Counted[] newObjects(int thread, int count) {
    Counted[] objects = new Counted[count];
    for (int i = 0; i < count; i++) {
      objects[i] = heap(thread, true).allocate(context(thread));
    }
    return objects;
  }

  /// Pointers, each to an object of its own that was created on behalf of this thread.
  SharedPointer[] newPointers(int thread, int count) {
    return Arrays.stream(newObjects(thread, count))
        .map(SharedPointer::new)
        .toArray(SharedPointer[]::new);
  }

  /// Whether this thread is the first of its domain.
  boolean first(int thread) {
    return domains.indexOf(domain(thread)) == thread;
  }

  long seed() {
    return seed;
  }
}

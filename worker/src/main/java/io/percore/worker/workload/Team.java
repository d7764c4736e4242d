package io.percore.worker.workload;

import io.percore.worker.refcount.Counted;
import io.percore.worker.refcount.RefCount;
import io.percore.worker.refcount.ThreadContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The threads of a process that a workload is set up for. Used by one thread, before they run.
public final class Team {
  private final List<RefCount> domains;
  private final List<ThreadContext> contexts;
  private final long seed;
  private final Map<RefCount, Counted> sharedObjects = new HashMap<>();

  /// @param domains domain of each thread; threads share objects only when they have the same
  ///   domain
  /// @param seed where the dependent work begins
  public Team(List<RefCount> domains, long seed) {
    this.domains = List.copyOf(domains);
    this.seed = seed;
    List<ThreadContext> made = new ArrayList<>();
    for (int i = 0; i < domains.size(); i++) {
      made.add(new ThreadContext(i));
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

  /// The one object that all threads of this thread's domain share, with its line to itself.
  Counted sharedObject(int thread) {
    return sharedObjects.computeIfAbsent(domain(thread), domain -> domain.newObject(true));
  }

  long seed() {
    return seed;
  }
}

package io.percore.worker.refcount;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Several attached threads of a domain, played by one: each act is an operation of one of them, so
/// a test says in which order they come. Only for disciplines that never wait for another thread.
final class Acts {
  final RefCount domain;
  final Heap heap;
  private final List<ThreadContext> contexts = new ArrayList<>();

  Acts(Discipline discipline, int threads) throws InterruptedException {
    domain = discipline.create(Map.of());
    for (int i = 0; i < threads; i++) {
      contexts.add(domain.enrol(i));
    }
    heap = Heap.of(domain, true);
    for (ThreadContext context : contexts) {
      domain.attach(context);
    }
  }

  ThreadContext context(int thread) {
    return contexts.get(thread);
  }

  Counted create(int thread) {
    return heap.allocate(context(thread));
  }

  /// Begins a life of an object that is not the heap's.
  <T extends Counted> T begin(int thread, T object) {
    object.wake();
    domain.beginLife(context(thread), object);
    return object;
  }

  void retain(int thread, Counted object) throws InterruptedException {
    domain.retain(context(thread), object);
    domain.afterOperation(context(thread));
  }

  /// Returns whether this thread had to free the object, and did.
  boolean release(int thread, Counted object) throws InterruptedException {
    return end(thread, object, domain.release(context(thread), object));
  }

  /// As [#release].
  boolean retire(int thread, Counted object) throws InterruptedException {
    return end(thread, object, domain.retire(context(thread), object));
  }

  private boolean end(int thread, Counted object, boolean last) throws InterruptedException {
    if (last) {
      heap.free(context(thread), object);
    }
    domain.afterOperation(context(thread));
    return last;
  }

  void pause(int... threads) throws InterruptedException {
    for (int thread : threads) {
      domain.safepoint(context(thread));
    }
  }

  /// All threads come to so many safepoints, in turn.
  void rounds(int count) throws InterruptedException {
    for (int round = 0; round < count; round++) {
      for (ThreadContext context : contexts) {
        domain.safepoint(context);
      }
    }
  }

  void attach(int thread) throws InterruptedException {
    domain.attach(context(thread));
  }

  void detach(int thread) throws InterruptedException {
    domain.detach(context(thread));
  }

  /// All detach, and what was left for later is done.
  void rest() throws InterruptedException {
    for (ThreadContext context : contexts) {
      domain.detach(context);
    }
    domain.quiesce(contexts.getFirst());
  }
}

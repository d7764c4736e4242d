package io.percore.worker.refcount;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The essay's interleaving, made to happen: two threads take a reference each while a third party,
/// the creator, holds one; they take turns at each access to the count. Then the first gives its
/// reference back, then the second. Without protection both read the same count and write the same
/// successor, so that one reference is lost, and the object is freed while its creator holds it.
///
/// The threads are real and run the discipline's own code. Only the order is given.
///
/// @param discipline what counted
/// @param steps accesses to the count in their order
/// @param taken accesses up to the moment at which both threads had taken their references
/// @param expected references at that moment
/// @param counted what the count said then
/// @param held references in the end: the creator's
/// @param freed whether the object was freed by then
public record Replay(
    Discipline discipline,
    List<Step> steps,
    int taken,
    long expected,
    long counted,
    long held,
    boolean freed) {
  private static final List<String> THREADS = List.of("A", "B");

  /// Far more than a busy machine needs; a description waits for it.
  private static final long PATIENCE_SECONDS = 10;

  public Replay {
    steps = List.copyOf(steps);
  }

  /// A way of accessing a count.
  public enum Access {
    LOAD,
    STORE,
    ADD,
    COMPARE_AND_SET
  }

  /// One access.
  ///
  /// @param thread A or B
  /// @param access what it did
  /// @param value what it read or wrote; for [Access#ADD] what it added
  /// @param count the count after it
  public record Step(String thread, Access access, long value, long count) {}

  /// Plays it, in about a millisecond. In a process that does not measure.
  ///
  /// @param discipline one whose operations wait for no other thread
  /// @throws IllegalStateException when a thread failed, or waits for the other although it must
  ///   not
  /// @throws InterruptedException when interrupted while waiting for the threads
  public static Replay of(Discipline discipline) throws InterruptedException {
    RefCount domain = discipline.create(Map.of());
    ThreadContext creator = domain.enrol(THREADS.size());
    List<ThreadContext> contexts = List.of(domain.enrol(0), domain.enrol(1));
    SteppedCounted object = new SteppedCounted();
    object.wake();
    domain.beginLife(creator, object);
    List<ExecutorService> threads = THREADS.stream().map(Replay::thread).toList();
    try {
      object.takePart(THREADS);
      Future<Boolean> first = threads.get(0).submit(() -> retain(domain, contexts.get(0), object));
      Future<Boolean> second = threads.get(1).submit(() -> retain(domain, contexts.get(1), object));
      end(first);
      end(second);
      int taken = object.steps().size();
      long counted = domain.count(object);
      for (int i = 0; i < THREADS.size(); i++) {
        ThreadContext context = contexts.get(i);
        object.takePart(List.of(THREADS.get(i)));
        end(threads.get(i).submit(() -> release(domain, context, object)));
      }
      return new Replay(
          discipline,
          object.steps(),
          taken,
          1 + THREADS.size(),
          counted,
          1,
          !Counted.isLive(object.life()));
    } finally {
      threads.forEach(ExecutorService::shutdownNow);
    }
  }

  private static void end(Future<Boolean> act) throws InterruptedException {
    try {
      act.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a replayed thread failed", failed);
    } catch (TimeoutException waiting) {
      throw new IllegalStateException("a replayed thread waits for the other one", waiting);
    }
  }

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).daemon().factory());
  }

  private static boolean retain(RefCount domain, ThreadContext context, SteppedCounted object)
      throws InterruptedException {
    domain.retain(context, object);
    object.end();
    return true;
  }

  /// Frees the object when told to, as a heap would.
  private static boolean release(RefCount domain, ThreadContext context, SteppedCounted object)
      throws InterruptedException {
    boolean last = domain.release(context, object) && object.bury();
    object.end();
    return last;
  }
}

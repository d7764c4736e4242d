package io.percore.worker.refcount;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Real threads that act one after another: each act is over, and visible to everybody, before the
/// next one begins. A thread attaches before its first act, and stays attached until it leaves if
/// the discipline lets others act meanwhile.
final class Stage implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final RefCount domain;
  private final Heap heap;
  private final boolean leaveAfterEachAct;
  private final List<ExecutorService> threads = new ArrayList<>();
  private final List<ThreadContext> contexts = new ArrayList<>();
  private final List<Boolean> attached = new ArrayList<>();

  Stage(Variant variant, int size, boolean padded) {
    domain = variant.discipline().create(variant.given());
    leaveAfterEachAct = variant.attachedThreadExcludesOthers();
    for (int i = 0; i < size; i++) {
      threads.add(Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory()));
      contexts.add(domain.enrol(i));
      attached.add(false);
    }
    heap = Heap.of(domain, padded);
  }

  Counted create(int thread) throws InterruptedException {
    return act(thread, () -> heap.allocate(contexts.get(thread)));
  }

  void retain(int thread, Counted object) throws InterruptedException {
    ThreadContext context = contexts.get(thread);
    act(
        thread,
        () -> {
          domain.retain(context, object);
          domain.afterOperation(context);
          return true;
        });
  }

  /// Returns whether this thread had to free the object, and did.
  boolean release(int thread, Counted object) throws InterruptedException {
    ThreadContext context = contexts.get(thread);
    return act(thread, () -> end(context, object, domain.release(context, object)));
  }

  /// As [#release].
  boolean retire(int thread, Counted object) throws InterruptedException {
    ThreadContext context = contexts.get(thread);
    return act(thread, () -> end(context, object, domain.retire(context, object)));
  }

  /// Where [#threadsStayAttached], since nothing is borrowed over a detaching.
  @Nullable Counted borrow(int thread, SharedPointer pointer) throws InterruptedException {
    ThreadContext context = contexts.get(thread);
    return act(thread, () -> borrowed(context, pointer));
  }

  /// As [#release].
  boolean giveBack(int thread, Counted object) throws InterruptedException {
    ThreadContext context = contexts.get(thread);
    return act(thread, () -> end(context, object, domain.giveBack(context, object)));
  }

  /// Borrows and gives back at once what the pointer has, which it returns.
  @Nullable Counted look(int thread, SharedPointer pointer) throws InterruptedException {
    ThreadContext context = contexts.get(thread);
    return act(
        thread,
        () -> {
          Counted object = borrowed(context, pointer);
          if (object != null) {
            end(context, object, domain.giveBack(context, object));
          }
          return object;
        });
  }

  @Nullable Counted exchange(int thread, SharedPointer pointer, @Nullable Counted replacement)
      throws InterruptedException {
    ThreadContext context = contexts.get(thread);
    return act(
        thread,
        () -> {
          Counted old = domain.exchange(context, pointer, replacement);
          domain.afterOperation(context);
          return old;
        });
  }

  boolean replace(
      int thread, SharedPointer pointer, Counted expected, @Nullable Counted replacement)
      throws InterruptedException {
    ThreadContext context = contexts.get(thread);
    return act(
        thread,
        () -> {
          boolean replaced = domain.replace(context, pointer, expected, replacement);
          domain.afterOperation(context);
          return replaced;
        });
  }

  private @Nullable Counted borrowed(ThreadContext context, SharedPointer pointer)
      throws InterruptedException {
    Counted object = domain.borrow(context, pointer);
    domain.afterOperation(context);
    return object;
  }

  private boolean end(ThreadContext context, Counted object, boolean last)
      throws InterruptedException {
    if (last) {
      heap.free(context, object);
    }
    domain.afterOperation(context);
    return last;
  }

  /// Whether a thread is attached from its first act until it leaves; else during each act only.
  boolean threadsStayAttached() {
    return !leaveAfterEachAct;
  }

  void leave(int thread) throws InterruptedException {
    if (attached.set(thread, false)) {
      ThreadContext context = contexts.get(thread);
      await(
          thread,
          () -> {
            domain.detach(context);
            return true;
          });
    }
  }

  /// Lets a thread do what was left for later.
  void pause(int thread) throws InterruptedException {
    ThreadContext context = contexts.get(thread);
    act(
        thread,
        () -> {
          domain.safepoint(context);
          return true;
        });
  }

  /// Does all that was left for later, if nobody is attached; else returns false.
  boolean rest() throws InterruptedException {
    if (attached.contains(true)) {
      return false;
    }
    domain.quiesce(contexts.getFirst());
    return true;
  }

  Heap heap() {
    return heap;
  }

  long count(Counted object) {
    return domain.count(object);
  }

  private <T extends @Nullable Object> T act(int thread, Callable<T> act)
      throws InterruptedException {
    ThreadContext context = contexts.get(thread);
    if (!attached.set(thread, true)) {
      await(
          thread,
          () -> {
            domain.attach(context);
            return true;
          });
    }
    T result = await(thread, act);
    if (leaveAfterEachAct) {
      leave(thread);
    }
    return result;
  }

  private <T extends @Nullable Object> T await(int thread, Callable<T> task)
      throws InterruptedException {
    try {
      return threads.get(thread).submit(task).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException stuck) {
      throw new AssertionError("thread " + thread + " does not go on", stuck);
    } catch (ExecutionException failed) {
      throw new AssertionError("thread " + thread + " failed", failed.getCause());
    }
  }

  @Override
  public void close() {
    threads.forEach(ExecutorService::shutdownNow);
  }
}

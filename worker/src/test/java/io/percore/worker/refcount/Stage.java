package io.percore.worker.refcount;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Real threads that act one after another: each act is over, and visible to everybody, before the
/// next one begins. A thread attaches before its first act, and stays attached until it leaves if
/// the discipline lets others act meanwhile.
final class Stage implements AutoCloseable {
  private final RefCount domain;
  private final boolean leaveAfterEachAct;
  private final List<ExecutorService> threads = new ArrayList<>();
  private final List<ThreadContext> contexts = new ArrayList<>();
  private final List<Boolean> attached = new ArrayList<>();

  Stage(Variant variant, int size) {
    domain = variant.discipline().create(variant.given());
    leaveAfterEachAct = variant.attachedThreadExcludesOthers();
    for (int i = 0; i < size; i++) {
      threads.add(Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory()));
      contexts.add(new ThreadContext(i));
      attached.add(false);
    }
  }

  Counted create(int thread, boolean padded) throws InterruptedException {
    return act(thread, () -> domain.newObject(padded));
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

  boolean release(int thread, Counted object) throws InterruptedException {
    ThreadContext context = contexts.get(thread);
    return act(
        thread,
        () -> {
          boolean last = domain.release(context, object);
          domain.afterOperation(context);
          return last;
        });
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

  boolean nobodyIsAttached() {
    return !attached.contains(true);
  }

  long count(Counted object) {
    return domain.count(object);
  }

  private <T> T act(int thread, Callable<T> act) throws InterruptedException {
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

  private <T> T await(int thread, Callable<T> task) throws InterruptedException {
    try {
      return threads.get(thread).submit(task).get();
    } catch (ExecutionException failed) {
      throw new AssertionError("thread " + thread + " failed", failed.getCause());
    }
  }

  @Override
  public void close() {
    threads.forEach(ExecutorService::shutdownNow);
  }
}

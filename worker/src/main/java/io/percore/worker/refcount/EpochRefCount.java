package io.percore.worker.refcount;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.ReentrantLock;

/// What disciplines have in common that put something off until every thread has passed a
/// safepoint: they leave an object in the [Limbo] of the thread that they run on, and [#settle] it
/// a grace period later.
///
/// A thread that detaches leaves its limbo to the domain, and the next thread at a safepoint takes
/// it over. Nothing waits for a thread that never comes back.
///
/// | field | access | guard and ordering |
/// |---|---|---|
/// | `orphans` | plain | its lock |
/// | `orphaned` | opaque | written under the lock; read without it as a hint, which may come late |
abstract class EpochRefCount extends RefCount {
  private static final VarHandle ORPHANED;

  static {
    try {
      ORPHANED =
          MethodHandles.lookup().findVarHandle(EpochRefCount.class, "orphaned", boolean.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /// Ten times what a thread puts off in a grace period when all threads run, and a few megabytes
  /// of padded objects.
  private static final int MOST_IN_LIMBO = 1 << 14;

  private final Epochs epochs = new Epochs();
  private final ReentrantLock orphanage = new ReentrantLock();
  private final Limbo orphans = new Limbo();
  private boolean orphaned;

  EpochRefCount() {}

  /// An [EpochContext].
  @Override
  abstract ThreadContext newContext(int thread, int slot);

  /// Has an object settled a grace period from now, by the thread that this is called on or its
  /// heir.
  final void putOff(EpochContext context, Counted object) {
    context.limbo.add(object, epochs.current());
  }

  /// What was put off with an object. Every thread that is attached has passed a safepoint since,
  /// or none is attached.
  abstract void settle(EpochContext context, Counted object) throws InterruptedException;

  /// Makes known to all what the thread has kept to itself, before it says that it has seen a new
  /// epoch, and when it detaches.
  void publish(EpochContext context) {}

  @Override
  public final void attach(ThreadContext context) {
    epochs.enter((EpochContext) context);
  }

  /// Does not return before the thread's limbo is short enough: else a thread that frees would run
  /// out of memory while another one is kept from running, and so from its next safepoint.
  // Yielding lets that one run; nothing else depends on it.
  @SuppressWarnings("ThreadPriorityCheck")
  @Override
  public final void safepoint(ThreadContext context) throws InterruptedException {
    EpochContext own = (EpochContext) context;
    pass(own);
    while (own.limbo.size() > MOST_IN_LIMBO) {
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped while waiting for others' safepoints");
      }
      Thread.yield();
      pass(own);
    }
  }

  private void pass(EpochContext own) throws InterruptedException {
    long seen = epochs.current();
    if (own.announced() != seen) {
      publish(own);
    }
    epochs.pass(own, seen, threads());
    if ((boolean) ORPHANED.getOpaque(this)) {
      adopt(own);
    }
    while (!own.limbo.isEmpty() && epochs.passed(own.limbo.firstEpoch())) {
      settleFirst(own);
    }
  }

  @Override
  public final void detach(ThreadContext context) {
    EpochContext own = (EpochContext) context;
    publish(own);
    if (!own.limbo.isEmpty()) {
      orphanage.lock();
      try {
        own.limbo.moveTo(orphans);
        ORPHANED.setOpaque(this, true);
      } finally {
        orphanage.unlock();
      }
    }
    epochs.leave(own);
  }

  @Override
  public void quiesce(ThreadContext context) throws InterruptedException {
    EpochContext own = (EpochContext) context;
    adopt(own);
    publish(own);
    while (!own.limbo.isEmpty()) {
      settleFirst(own);
      publish(own);
    }
  }

  private void settleFirst(EpochContext context) throws InterruptedException {
    Counted object = context.limbo.poll();
    if (object != null) {
      settle(context, object);
    }
  }

  private void adopt(EpochContext heir) {
    orphanage.lock();
    try {
      orphans.moveTo(heir.limbo);
      ORPHANED.setOpaque(this, false);
    } finally {
      orphanage.unlock();
    }
  }
}

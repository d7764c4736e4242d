package io.percore.worker.refcount;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A model of the global interpreter lock of CPython 3.2 to 3.14. A thread holds it while it runs
/// and gives it up only when asked to, at a check point; a waiter asks after it has waited for the
/// switch interval in vain. So the interval is the waiter's patience, not a time slice: any switch
/// restarts it.
///
/// | field | access | guard and ordering |
/// |---|---|---|
/// | `locked` | plain | `mutex` |
/// | `switchNumber` | plain | written under `mutex` and `switchMutex`, so that holding either is enough to read |
/// | `lastHolder` | opaque | written by whoever holds the interpreter lock: under `switchMutex` when it changes, and once more, unchanged, before it is given up. Who waits for a switch reads it under `switchMutex` and so cannot miss a change |
/// | `dropRequest` | opaque | set under `mutex` and only while `locked`; the holder polls it without a lock. It orders nothing: a poll that comes too early costs one more operation. Giving up and taking go through `mutex`, and these order everything |
/// | load, store of the count | opaque | holding the interpreter lock; giving it up happens before taking it, through `mutex` |
///
/// Forced switching: who gives up because it was asked to waits until another thread has taken
/// over. That cannot last for ever, for a request implies a waiter, and a waiter never leaves while
/// the lock is free: it withdraws while the lock is held, with its request, or takes it first. A
/// thread's last giving up waits for nobody.
public final class Gil extends RefCount {
  private static final VarHandle DROP_REQUEST;
  private static final VarHandle LAST_HOLDER;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      DROP_REQUEST = lookup.findVarHandle(Gil.class, "dropRequest", boolean.class);
      LAST_HOLDER = lookup.findVarHandle(Gil.class, "lastHolder", ThreadContext.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final long intervalNanos;
  private final boolean pollWithinOperation;
  private final @Nullable LockWatch watch;

  private final ReentrantLock mutex = new ReentrantLock();
  private final Condition freed = mutex.newCondition();
  private final ReentrantLock switchMutex = new ReentrantLock();
  private final Condition switched = switchMutex.newCondition();

  private boolean locked;
  private long switchNumber;
  private @Nullable ThreadContext lastHolder;
  private boolean dropRequest;

  Gil(Duration interval, boolean pollWithinOperation) {
    this(interval, pollWithinOperation, null);
  }

  private Gil(Duration interval, boolean pollWithinOperation, @Nullable LockWatch watch) {
    this.intervalNanos = interval.toNanos();
    this.pollWithinOperation = pollWithinOperation;
    this.watch = watch;
  }

  /// @param interval how long a waiter waits before it asks
  /// @param pollWithinOperation check also between the load and the store of a count, which makes
  ///   it inexact
  /// @param watch told of each time that a thread holds the lock, or null
  static RefCount create(
      Duration interval, boolean pollWithinOperation, @Nullable LockWatch watch) {
    return new Gil(interval, pollWithinOperation, watch);
  }

  @Override
  public void increment(ThreadContext context, Counted object) throws InterruptedException {
    long count = object.loadOpaque();
    if (pollWithinOperation) {
      poll(context);
    }
    object.storeOpaque(count + 1);
  }

  @Override
  public boolean release(ThreadContext context, Counted object) throws InterruptedException {
    long count = object.loadOpaque();
    if (pollWithinOperation) {
      poll(context);
    }
    object.storeOpaque(count - 1);
    return count == 1;
  }

  @Override
  public void afterOperation(ThreadContext context) throws InterruptedException {
    poll(context);
  }

  @Override
  public void attach(ThreadContext context) throws InterruptedException {
    take(context);
  }

  @Override
  public void detach(ThreadContext context) {
    if (((Holder) context).holding) {
      free(context);
    }
  }

  /// Who borrows holds the interpreter lock from the load to the retain.
  @Override
  boolean locksPointers() {
    return false;
  }

  @Override
  ThreadContext newContext(int thread, int slot) {
    return Holder.create(thread, slot);
  }

  private void poll(ThreadContext context) throws InterruptedException {
    if (dropRequested()) {
      drop(context);
      take(context);
    }
  }

  private void take(ThreadContext context) throws InterruptedException {
    boolean interrupted;
    long asked = watch == null ? 0 : System.nanoTime();
    mutex.lock();
    try {
      interrupted = !awaitFree();
      if (!locked) {
        becomeHolder(context);
      }
      // Met, or withdrawn with the waiter. Whoever else waits asks again, once out of patience.
      DROP_REQUEST.setOpaque(this, false);
    } finally {
      mutex.unlock();
    }
    if (watch != null && ((Holder) context).holding) {
      watch.own().acquired(asked, System.nanoTime());
    }
    if (interrupted) {
      detach(context);
      throw new InterruptedException("interrupted while waiting for the interpreter lock");
    }
  }

  /// Waits until nobody holds the lock, and asks the holder to give it up whenever nothing has
  /// moved for the interval. Needs `mutex`. Returns false when the thread was interrupted; the lock
  /// may then be held or free.
  private boolean awaitFree() {
    try {
      while (locked) {
        long seen = switchNumber;
        boolean timedOut = freed.awaitNanos(intervalNanos) <= 0;
        if (timedOut && locked && switchNumber == seen) {
          DROP_REQUEST.setOpaque(this, true);
        }
      }
      return true;
    } catch (InterruptedException wanted) {
      return false;
    }
  }

  /// Needs `mutex`, and that nobody holds the interpreter lock.
  // Contexts are compared by identity: one of them is one thread.
  @SuppressWarnings("ReferenceEquality")
  private void becomeHolder(ThreadContext context) {
    switchMutex.lock();
    try {
      locked = true;
      ((Holder) context).holding = true;
      if (lastHolder() != context) {
        LAST_HOLDER.setOpaque(this, context);
        switchNumber++;
      }
      switched.signal();
    } finally {
      switchMutex.unlock();
    }
  }

  /// Gives the lock up at a check point, and stays away until another thread has had it if one has
  /// asked.
  // As in becomeHolder.
  @SuppressWarnings("ReferenceEquality")
  private void drop(ThreadContext context) throws InterruptedException {
    free(context);
    if (!dropRequested()) {
      return;
    }
    switchMutex.lock();
    try {
      while (lastHolder() == context) {
        DROP_REQUEST.setOpaque(this, false);
        switched.await();
      }
    } finally {
      switchMutex.unlock();
    }
  }

  private void free(ThreadContext context) {
    if (watch != null) {
      watch.own().releases(System.nanoTime());
    }
    ((Holder) context).holding = false;
    LAST_HOLDER.setOpaque(this, context);
    mutex.lock();
    try {
      locked = false;
      freed.signal();
    } finally {
      mutex.unlock();
    }
  }

  /// The thread that holds the lock, or held it last; null before the first.
  @Nullable ThreadContext lastHolder() {
    return (ThreadContext) LAST_HOLDER.getOpaque(this);
  }

  /// How often the lock has gone from one thread to another.
  long switches() {
    mutex.lock();
    try {
      return switchNumber;
    } finally {
      mutex.unlock();
    }
  }

  /// Whether a waiter has asked the holder to give the lock up.
  boolean dropRequested() {
    return (boolean) DROP_REQUEST.getOpaque(this);
  }

  /// A thread, and whether it holds the interpreter lock: read and written by itself only.
  private static final class Holder extends ThreadContext {
    private boolean holding;

    private Holder(int thread, int slot) {
      super(thread, slot);
    }

    static ThreadContext create(int thread, int slot) {
      return new Holder(thread, slot);
    }
  }
}

package io.percore.worker.refcount;

import java.util.ArrayDeque;

/// Counts cheaply for the thread that made an object and atomically for all others: biased
/// reference counting (Choi, Shull and Torrellas, "Biased Reference Counting: Minimizing Atomic
/// Operations in Garbage Collection", PACT 2018), in the form that CPython gave it (PEP 703;
/// `Objects/object.c`, `Python/brc.c`).
///
/// An object has an *owner*, a *local* count that only the owner writes, and a *shared* word with
/// the others' count, which may be negative, and the object's state:
///
/// | state | owner | references | next |
/// |---|---|---|---|
/// | biased | a thread | local + shared | `QUEUED`, when a thread that is not the owner gives one back while shared is zero; `MERGED`, when the owner brings local to zero |
/// | `QUEUED` | a thread | local + shared, one of which is the queue's | `MERGED`, by the owner, or in its place |
/// | `MERGED` | nobody | shared | for good: zero now means the end |
///
/// A reference can be taken by one thread and given back by another, so a thread that finds shared
/// at zero cannot know whether local still has it. Then it neither subtracts nor frees: its
/// reference becomes that of the owner's *merge queue*. The owner, at the end of its next
/// operation, adds local and shared up, subtracts the queue's one, and frees if nothing is left.
/// When the owner has detached there is nobody to wait for, and the thread merges in its place,
/// under the queue's lock, which the owner needs to come back.
///
/// **Invariants**
///
/// - Local is written by the owner only, or by a thread that holds the lock of a detached owner's
///   queue.
/// - The owner is cleared *before* `MERGED` is set. Else a thread that has just been told of
///   `MERGED` could become the last one and free, and the object could begin its next life, before
///   the clearing came and took that life's owner.
/// - Once `MERGED`, always `MERGED`: the owner never looks at local again, since it reads first
///   that it is not the owner.
/// - A queue has a reference to each object in it, so none of them dies there, and each is in one
///   queue at most once: only the step that sets `QUEUED` puts it there.
/// - A registered owner empties its queue before it unregisters, under the lock: nothing is queued
///   that nobody will look at.
///
/// | field | access | why |
/// |---|---|---|
/// | owner | plain read to compare with oneself, acquire read to find the queue, release write | nobody but oneself makes or unmakes oneself the owner while attached, so no ordering is needed to know whether one is |
/// | local | opaque | one thread; opaque so that the compiler performs each step |
/// | shared | compare-and-set and read-modify-write, acquire and release | as in [Atomic]: a release of what was done with the object, an acquire for who frees |
/// | the queue, and whether its thread is registered | plain | its monitor, which also orders what the detached owner did with local before who merges in its place |
/// | the flag of the queue | opaque | a hint for the owner's poll. It is written under the monitor, and read again there when the owner detaches |
///
/// | where it differs from CPython | why |
/// |---|---|
/// | the context of the calling thread is passed in; there it is a thread-local read | what it costs to find the thread is not what is measured here |
/// | both counts have 62 bits or more; there local has 32, and an object whose local count overflows becomes immortal | an increment-only workload would get there in seconds |
/// | a queue has a lock of its own; there a hash table of threads has one for each bucket | there threads are found by number, here the object has the owner's address |
/// | the owner's next life, after it detached, finds its objects as it left them | percore's phases; a CPython thread does not come back |
public final class Biased extends RefCount {
  private static final long QUEUED = 1;
  private static final long MERGED = 2;
  private static final long FLAGS = 3;
  private static final int COUNT_SHIFT = 2;
  private static final long ONE = 1L << COUNT_SHIFT;

  private Biased() {}

  static RefCount create() {
    return new Biased();
  }

  @Override
  ThreadContext newContext(int thread, int slot) {
    return BiasedContext.create(thread, slot);
  }

  @Override
  Counted newObject(boolean padded) {
    return padded ? PaddedBiased.create() : CompactBiased.create();
  }

  @Override
  void beginLife(ThreadContext context, Counted object) {
    BiasedCounted biased = (BiasedCounted) object;
    biased.storeLocal(1);
    biased.storeOpaque(0);
    biased.owner((BiasedContext) context);
  }

  @Override
  public void increment(ThreadContext context, Counted object) {
    BiasedCounted biased = (BiasedCounted) object;
    if (biased.isOwnedBy(context)) {
      biased.storeLocal(biased.loadLocal() + 1);
    } else {
      biased.getAndAdd(ONE);
    }
  }

  @Override
  public boolean release(ThreadContext context, Counted object) {
    BiasedCounted biased = (BiasedCounted) object;
    if (!biased.isOwnedBy(context)) {
      return releaseShared(biased);
    }
    long left = biased.loadLocal() - 1;
    biased.storeLocal(left);
    return left == 0 && mergeZeroLocal(biased);
  }

  /// The owner has no references left. Others may, and one of them may be a queue's.
  private static boolean mergeZeroLocal(BiasedCounted object) {
    // Acquire: what the others did before their last release.
    if (object.loadAcquire() == 0) {
      return true;
    }
    object.owner(null);
    while (true) {
      long shared = object.loadOpaque();
      long merged = (shared & ~FLAGS) | MERGED;
      if (object.compareAndSet(shared, merged)) {
        return merged == MERGED;
      }
    }
  }

  private boolean releaseShared(BiasedCounted object) {
    while (true) {
      long shared = object.loadOpaque();
      boolean queue = shared == 0;
      long next = queue ? QUEUED : shared - ONE;
      if (object.compareAndSet(shared, next)) {
        return queue ? enqueue(object) : next == MERGED;
      }
    }
  }

  /// Hands the caller's reference to the owner's queue. The owner is read again here: it may have
  /// merged since `QUEUED` was set.
  private boolean enqueue(BiasedCounted object) {
    BiasedContext owner = object.ownerAcquire();
    if (owner == null) {
      return releaseShared(object);
    }
    synchronized (owner.queue) {
      if (owner.registered) {
        owner.queue.add(object);
        owner.raise();
        return false;
      }
      return mergeInFull(object);
    }
  }

  /// Adds up both counts and takes the queue's reference away. By the owner, or in its place.
  private static boolean mergeInFull(BiasedCounted object) {
    // Zero when somebody has merged before.
    long local = object.loadLocal();
    object.owner(null);
    object.storeLocal(0);
    while (true) {
      long shared = object.loadOpaque();
      long merged = ((shared & ~FLAGS) | MERGED) + (local - 1) * ONE;
      if (object.compareAndSet(shared, merged)) {
        return merged == MERGED;
      }
    }
  }

  @Override
  public void attach(ThreadContext context) {
    BiasedContext own = (BiasedContext) context;
    synchronized (own.queue) {
      own.registered = true;
    }
  }

  /// Not with each operation: that poll would cost the owner as much as its count. An interpreter
  /// does it with the poll that its loop makes anyway.
  @Override
  public void safepoint(ThreadContext context) throws InterruptedException {
    BiasedContext own = (BiasedContext) context;
    if (own.isRaised()) {
      drain(own);
    }
  }

  @Override
  public void detach(ThreadContext context) throws InterruptedException {
    BiasedContext own = (BiasedContext) context;
    while (!unregistered(own)) {
      drain(own);
    }
  }

  private static boolean unregistered(BiasedContext own) {
    synchronized (own.queue) {
      own.registered &= !own.queue.isEmpty();
      return !own.registered;
    }
  }

  /// Merges what is queued, and frees what had no other reference.
  private void drain(BiasedContext own) throws InterruptedException {
    ArrayDeque<BiasedCounted> batch = own.batch;
    synchronized (own.queue) {
      own.lower();
      batch.addAll(own.queue);
      own.queue.clear();
    }
    for (BiasedCounted object = batch.poll(); object != null; object = batch.poll()) {
      if (mergeInFull(object)) {
        reclaim(own, object);
      }
    }
  }

  @Override
  public long count(Counted object) {
    BiasedCounted biased = (BiasedCounted) object;
    return biased.loadLocal() + (biased.loadOpaque() >> COUNT_SHIFT);
  }
}

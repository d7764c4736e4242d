package io.percore.worker.refcount;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A way of protecting counts. One instance is one *domain*: it owns what guards the objects that
/// are counted through it. Threads that share a domain may share objects.
///
/// # Life of a domain
///
/// 1. **Set up** by one thread: [#enrol] each thread, give it a [Reclaimer], then make objects.
///    Whoever starts the threads makes all of that visible to them.
/// 2. **Phases.** A thread calls [#attach] before its first operation of a phase and [#detach]
///    after the last one, on every path. In between it may use the *operations* ([#increment],
///    [#retain], [#release], [#retire], [#borrow], [#giveBack], [#exchange], [#replace]), calls
///    [#afterOperation] after each of them and the work that belongs to it, and [#safepoint] now
///    and then.
/// 3. **Rest.** When all threads are detached, one thread to which their doings are visible calls
///    [#quiesce], after which counts may be read with [#count]. Then another phase may begin.
///
/// # Who frees
///
/// [#release] returns true to exactly one caller for each life of an object: that caller frees it.
/// A discipline that finds zero later returns false and gives the object to the reclaimer instead,
/// from within [#safepoint], [#detach], [#quiesce] or [#borrow] and never from within [#release],
/// so that a chain of frees does not recurse. Either way each life ends once, and everything that
/// any thread did with the object before it gave its reference back happens before its end.
///
/// Memory is type-stable: what was an object stays one, so a thread may read, and even try to
/// retain, an object that has been freed or reborn since it loaded the pointer. What it must not do
/// is succeed.
///
/// # How deferring schemes plug in
///
/// | scheme | state of an object, of a thread | where it goes |
/// |---|---|---|
/// | [Biased] | owner, local and shared words; merge queue and its flag | [#beginLife] makes `context` the owner; [#attach] registers it; a non-owner's [#release] queues the reference and returns false, or merges and may return true when the owner is gone; [#safepoint] polls the flag, and the owner drains there; [#detach] drains until its queue is empty and unregisters under its lock |
/// | [Percpu] | one atomic count and a mode; a slot for each object | [#retire] switches to the atomic count, [#safepoint] adds the slots up a grace period later; [#quiesce] looks at all objects |
/// | [Refcache] | a global count under review or not; a cache of changes | [#retain] and [#release] write the cache; [#safepoint] applies it at an epoch's end and reviews what was zero a grace period ago; [#detach] applies it and leaves reviews to others |
/// | [Deferred] | one atomic count; references left behind | [#borrow] loads and [#giveBack] does nothing, neither counts; [#exchange] and [#replace] leave a reference behind, which [#safepoint] gives back a grace period later; [#detach] leaves that to others |
///
/// A process loads one subclass, so the calls of a kernel are bound statically and inlined. The
/// same holds for subclasses of [Counted] and [ThreadContext]: while a process has loaded only one,
/// the compiler knows it, and a discipline's cast to its own costs nothing. See [Discipline] for
/// what keeps the verifier from loading another.
public abstract class RefCount extends DomainPadding {
  /// What [#count] returns for an object that is not counted at all.
  public static final long UNCOUNTED = Long.MIN_VALUE;

  /// Written during set-up, like the next.
  private final List<ThreadContext> threads = new ArrayList<>();

  private @Nullable Reclaimer reclaimer;

  RefCount() {}

  /// Enrols a thread, before the first object is made.
  ///
  /// @param thread number of the thread within the process, from 0
  /// @return what this domain knows of it, to be passed with each of its calls
  public final ThreadContext enrol(int thread) {
    ThreadContext context = newContext(thread, threads.size());
    threads.add(context);
    return context;
  }

  /// All enrolled threads, by slot.
  final List<ThreadContext> threads() {
    return Collections.unmodifiableList(threads);
  }

  /// Names who ends the lives of objects that [#release] did not return true for. Once, during
  /// set-up.
  final void reclaimWith(Reclaimer given) {
    reclaimer = given;
  }

  /// Gives an object without references to the reclaimer. The caller has acquired what the others
  /// did before their last release.
  ///
  /// @throws InterruptedException when interrupted while waiting to go on
  final void reclaim(ThreadContext context, Counted object) throws InterruptedException {
    if (reclaimer == null) {
      throw new IllegalStateException("nobody frees the objects of this domain");
    }
    reclaimer.reclaim(context, object);
  }

  /// What this discipline keeps of a thread; a subclass of [ThreadContext] where that is more.
  ThreadContext newContext(int thread, int slot) {
    return PlainContext.create(thread, slot);
  }

  /// Memory for an object, not alive yet. To be made once and used again for ever.
  ///
  /// @param padded whether the count has its cache line to itself
  Counted newObject(boolean padded) {
    Object companion = newCompanion();
    return padded ? PaddedCounted.create(companion) : CompactCounted.create(companion);
  }

  /// What each object has beside it, where the count or its lock is an object of its own; else
  /// null.
  @Nullable Object newCompanion() {
    return null;
  }

  /// Begins a life of an object, with one reference, that of the caller. Only the caller has the
  /// object, but for threads that loaded a pointer in a former life: they may read the count and,
  /// where the discipline lets them, try to retain.
  ///
  /// @param context the thread that creates the object, which may be done on its behalf during
  ///   set-up
  void beginLife(ThreadContext context, Counted object) {
    object.storeOpaque(1);
  }

  /// Adds one. The caller owns a reference.
  ///
  /// @throws InterruptedException when interrupted while waiting to go on
  public abstract void increment(ThreadContext context, Counted object) throws InterruptedException;

  /// Takes one more reference. The caller owns one, or has borrowed the object.
  ///
  /// @throws InterruptedException when interrupted while waiting to go on
  public void retain(ThreadContext context, Counted object) throws InterruptedException {
    increment(context, object);
  }

  /// Gives one reference back. What the caller did with the object before happens before the end of
  /// its life.
  ///
  /// @return true for the one caller that gave the last one back, and so has to free the object;
  ///   always false where zero is found later
  /// @throws InterruptedException when interrupted while waiting to go on
  public abstract boolean release(ThreadContext context, Counted object)
      throws InterruptedException;

  /// Gives back the reference that an object was published with: that of its creator, of whoever
  /// took it out of a pointer, or of the object that owned it. The caller says by it that the
  /// object's life may end soon. As [#release] for all but those who do not look for zero before
  /// somebody says so.
  ///
  /// @return true when the caller has to free the object, as for [#release]
  /// @throws InterruptedException when interrupted while waiting to go on
  public boolean retire(ThreadContext context, Counted object) throws InterruptedException {
    return release(context, object);
  }

  /// Loads a shared pointer and keeps its object alive until [#giveBack], although the caller owns
  /// no reference and others may store to the pointer meanwhile. A thread borrows one object at a
  /// time, and none over a [#safepoint] or [#detach].
  ///
  /// Here under the pointer's lock, which whoever takes a reference out of the pointer needs, too:
  /// so the pointer's own reference is there while the object is retained. Needed by every
  /// discipline that cannot tell a retain of a dead object. [#locksPointers] leaves the lock out.
  ///
  /// @return null when the pointer is null
  /// @throws InterruptedException when interrupted while waiting to go on
  public @Nullable Counted borrow(ThreadContext context, SharedPointer pointer)
      throws InterruptedException {
    if (!locksPointers()) {
      return retained(context, pointer.load());
    }
    pointer.lock();
    try {
      return retained(context, pointer.load());
    } finally {
      pointer.unlock();
    }
  }

  /// Ends a [#borrow].
  ///
  /// @return true when the caller has to free the object, as for [#release]
  /// @throws InterruptedException when interrupted while waiting to go on
  public boolean giveBack(ThreadContext context, Counted object) throws InterruptedException {
    return release(context, object);
  }

  /// Stores to a shared pointer. The caller's reference to the new object becomes the pointer's and
  /// the pointer's to the old one the caller's. What the caller did before is visible to whoever
  /// borrows the new object.
  ///
  /// @return the old object, or null
  public @Nullable Counted exchange(
      ThreadContext context, SharedPointer pointer, @Nullable Counted replacement) {
    return locksPointers() ? pointer.lockedExchange(replacement) : pointer.exchange(replacement);
  }

  /// As [#exchange], if the pointer still has the expected object, which the caller has borrowed;
  /// else it does nothing.
  ///
  /// @return whether it did
  public boolean replace(
      ThreadContext context,
      SharedPointer pointer,
      @Nullable Counted expected,
      @Nullable Counted replacement) {
    return locksPointers()
        ? pointer.lockedReplace(expected, replacement)
        : pointer.replace(expected, replacement);
  }

  /// Whether a pointer's own lock is held while it is borrowed from or stored to. A constant.
  boolean locksPointers() {
    return true;
  }

  private @Nullable Counted retained(ThreadContext context, @Nullable Counted object)
      throws InterruptedException {
    if (object != null) {
      retain(context, object);
    }
    return object;
  }

  /// The number of references, or [#UNCOUNTED]. Call it when no thread is attached, after
  /// [#quiesce], and after something that makes what they did visible.
  public long count(Counted object) {
    return object.loadOpaque();
  }

  /// Begins a phase of the calling thread.
  ///
  /// @throws InterruptedException when interrupted while waiting; the thread is then not attached
  public void attach(ThreadContext context) throws InterruptedException {}

  /// Ends a phase of the calling thread, which may never come back: after it, nobody waits for this
  /// thread, and nothing that only this thread could do is left undone, whatever others do from
  /// then on. Does nothing when it holds nothing. Never waits for other threads to go on.
  ///
  /// @throws InterruptedException when interrupted while freeing
  public void detach(ThreadContext context) throws InterruptedException {}

  /// Ends an operation and the work that belongs to it. Polls what cannot wait for a batch's end.
  ///
  /// @throws InterruptedException when interrupted while waiting to go on
  public void afterOperation(ThreadContext context) throws InterruptedException {}

  /// Called by an attached thread between two operations, while it has nothing borrowed: once a
  /// batch, which takes 20 to 100 us, and in each turn of a loop that waits for another thread,
  /// since that one may need this one's help. Does what was left for later.
  ///
  /// @throws InterruptedException when interrupted while waiting to go on
  public void safepoint(ThreadContext context) throws InterruptedException {}

  /// Does all that was left for later, by whomever, and what follows from it. Called by one thread
  /// while none is attached, with all that the threads did visible to it. After it each object
  /// without references has been freed, and [#count] is exact for the others.
  ///
  /// @param context the thread on whose behalf it is done
  /// @throws InterruptedException when interrupted while freeing
  public void quiesce(ThreadContext context) throws InterruptedException {}
}

/// Keeps the locks of two domains apart: a domain and its lock are allocated one after the other,
/// so that the next domain's lock is at least these 128 bytes away.
abstract class DomainPadding {
  long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;
}

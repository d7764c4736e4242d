package io.percore.worker.refcount;

/// A way of protecting counts. One instance is one *domain*: it owns the lock, if there is one,
/// that guards every object counted through it. Threads that share a domain may share objects.
///
/// A thread calls [#attach] before its first operation of a phase and [#detach] after the last one,
/// on every path. In between it may increment, retain and release, and calls [#afterOperation]
/// after each of these and the work that belongs to it. [#release] and [#increment] need the caller
/// to own a reference, as retaining does in every scheme without deferred reclamation.
///
/// A process loads one subclass, so the calls of a kernel are bound statically and inlined.
public abstract sealed class RefCount extends DomainPadding
    permits Plain, Racy, Gil, GlobalLock, GlobalMonitor, Atomic {

  /// A new object with one reference, that of its creator.
  ///
  /// @param padded whether the count has its cache line to itself
  public Counted newObject(boolean padded) {
    return padded ? PaddedCounted.create() : CompactCounted.create();
  }

  /// Adds one.
  ///
  /// @throws InterruptedException when interrupted while waiting to go on
  public abstract void increment(ThreadContext context, Counted object) throws InterruptedException;

  /// Takes one more reference.
  ///
  /// @throws InterruptedException when interrupted while waiting to go on
  public void retain(ThreadContext context, Counted object) throws InterruptedException {
    increment(context, object);
  }

  /// Gives one reference back.
  ///
  /// @return true for the one caller that gave the last one back, and so has to free the object
  /// @throws InterruptedException when interrupted while waiting to go on
  public abstract boolean release(ThreadContext context, Counted object)
      throws InterruptedException;

  /// The count. Call it when no thread is attached, and after something that makes what they did
  /// visible.
  public final long count(Counted object) {
    return object.loadOpaque();
  }

  /// Begins a phase of the calling thread.
  ///
  /// @throws InterruptedException when interrupted while waiting; the thread is then not attached
  public void attach(ThreadContext context) throws InterruptedException {}

  /// Ends a phase of the calling thread; does nothing when it holds nothing. Never waits for other
  /// threads.
  public void detach(ThreadContext context) {}

  /// Ends an operation and the work that belongs to it.
  ///
  /// @throws InterruptedException when interrupted while waiting to go on
  public void afterOperation(ThreadContext context) throws InterruptedException {}
}

/// Keeps the locks of two domains apart: a domain and its lock are allocated one after the other,
/// so that the next domain's lock is at least these 128 bytes away.
abstract class DomainPadding {
  long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;
}

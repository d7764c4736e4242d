package io.percore.worker.refcount;

import org.jspecify.annotations.Nullable;

/// An atomic count, and pointers that are read without counting: concurrent deferred reference
/// counting (Anderson, Blelloch and Wei, "Concurrent Deferred Reference Counting with Constant-Time
/// Overhead", PLDI 2021; "Turning Manual Concurrent Memory Reclamation into Automatic Reference
/// Counting", PLDI 2022).
///
/// [#borrow] is one load. It is safe because the reference that a pointer had is given back late:
/// who takes an object out of a pointer leaves one more reference to it behind, which is given back
/// once every thread has passed a safepoint, and nobody has borrowed anything over a safepoint.
///
/// **Invariant.** An object that was in a pointer at some moment since a thread's last safepoint
/// has a count above zero, whatever its owners do: the pointer's reference, or the one left behind.
/// So that thread may use it without counting, and retain it, too.
///
/// | access | mode | why |
/// |---|---|---|
/// | the count | acquire and release | as in [Atomic] |
/// | a borrower's load of the pointer | acquire | sees the object as it was when it was stored |
/// | exchange of the pointer | volatile read-modify-write | comes before the reading of the epoch that the grace period begins with |
/// | the epoch | see [Epochs] | a thread that could still load the old pointer announces no newer epoch before it has ceased to use it |
///
/// | where it differs | why |
/// |---|---|
/// | The papers protect each snapshot with an announcement of its own, or each critical section with an epoch. Here a critical section reaches from one safepoint to the next | a borrow needs no store, and so no fence. The price is the bound: what a stopped thread could have borrowed is not freed until it goes on |
/// | The papers put off the decrement itself. Here the owner's decrements are done at once, and the reference left behind is one more | references stay alike: any owner may give any one back, and who frees need not know where it came from. A store costs two more steps on the count |
/// | What a freed object owns is released at once, not after another grace period | that reference was in no pointer, so nobody can have borrowed by it; a chain is freed as fast as by [Atomic] |
public final class Deferred extends EpochRefCount {
  private Deferred() {}

  static RefCount create() {
    return new Deferred();
  }

  @Override
  ThreadContext newContext(int thread, int slot) {
    return DeferredContext.create(thread, slot);
  }

  @Override
  public void increment(ThreadContext context, Counted object) {
    object.getAndAdd(1);
  }

  @Override
  public boolean release(ThreadContext context, Counted object) {
    return object.getAndAdd(-1) == 1;
  }

  @Override
  public @Nullable Counted borrow(ThreadContext context, SharedPointer pointer) {
    return pointer.load();
  }

  @Override
  public boolean giveBack(ThreadContext context, Counted object) {
    return false;
  }

  @Override
  public @Nullable Counted exchange(
      ThreadContext context, SharedPointer pointer, @Nullable Counted replacement) {
    Counted old = pointer.exchange(replacement);
    if (old != null) {
      leaveBehind(context, old);
    }
    return old;
  }

  @Override
  public boolean replace(
      ThreadContext context,
      SharedPointer pointer,
      @Nullable Counted expected,
      @Nullable Counted replacement) {
    boolean replaced = pointer.replace(expected, replacement);
    if (replaced && expected != null) {
      leaveBehind(context, expected);
    }
    return replaced;
  }

  /// The caller has the reference that the pointer had, so the object lives.
  private void leaveBehind(ThreadContext context, Counted object) {
    object.getAndAdd(1);
    putOff((EpochContext) context, object);
  }

  @Override
  void settle(EpochContext context, Counted object) throws InterruptedException {
    if (object.getAndAdd(-1) == 1) {
      reclaim(context, object);
    }
  }

  @Override
  boolean locksPointers() {
    return false;
  }
}

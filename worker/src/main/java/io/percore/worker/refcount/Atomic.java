package io.percore.worker.refcount;

/// Counts with one indivisible read-modify-write for each operation (`lock xadd` or `lock add` on
/// x86-64), as Rust's `Arc` and C++'s `shared_ptr` do.
///
/// | access | needs | why |
/// |---|---|---|
/// | increment | relaxed | who increments owns a reference, so the count cannot reach zero meanwhile, and the new reference is handed over by other means |
/// | decrement | release | what this thread did with the object must be visible to the thread that frees it |
/// | decrement to zero | acquire | the thread that frees sees what all others did before their decrements: read-modify-writes continue the release sequence, so it synchronises with each of them |
///
/// [Counted#getAndAdd] gives all of these at once. On x86-64 an indivisible instruction orders
/// everything anyway, so that the weaker modes would gain nothing.
///
/// Borrowing is not safe from a plain pointer: the increment succeeds on a dead object, too, and
/// who finds out has already written to somebody else's. So a pointer is locked for it, as by
/// `std::atomic<std::shared_ptr>` in libstdc++.
public final class Atomic extends RefCount {
  private Atomic() {}

  static RefCount create() {
    return new Atomic();
  }

  @Override
  public void increment(ThreadContext context, Counted object) {
    object.getAndAdd(1);
  }

  @Override
  public boolean release(ThreadContext context, Counted object) {
    return object.getAndAdd(-1) == 1;
  }
}

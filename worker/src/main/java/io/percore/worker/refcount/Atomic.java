package io.percore.worker.refcount;

import java.lang.invoke.VarHandle;

/// Counts with one indivisible read-modify-write for each operation (`lock xadd` or `lock add` on
/// x86-64), as Rust's `Arc` and C++'s `shared_ptr` do.
///
/// | access | mode | why |
/// |---|---|---|
/// | increment | release | relaxed would do: who increments owns a reference, so the count cannot reach zero meanwhile, and the new reference is handed over by other means. Java offers no relaxed read-modify-write; release is the cheapest that there is |
/// | decrement | release | what this thread did with the object must be visible to the thread that frees it |
/// | fence at zero | acquire | the thread that frees sees what all others did before their decrements: read-modify-writes continue the release sequence, so it synchronises with each of them. Only that one thread pays |
public final class Atomic extends RefCount {
  private Atomic() {}

  static RefCount create() {
    return new Atomic();
  }

  @Override
  public void increment(ThreadContext context, Counted object) {
    object.getAndAddRelease(1);
  }

  @Override
  public boolean release(ThreadContext context, Counted object) {
    if (object.getAndAddRelease(-1) != 1) {
      return false;
    }
    VarHandle.acquireFence();
    return true;
  }
}

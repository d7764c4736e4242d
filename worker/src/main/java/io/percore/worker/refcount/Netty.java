package io.percore.worker.refcount;

import io.netty.util.internal.RefCnt;

/// Counts with Netty's own class, called as Netty's buffers call it: an outside anchor for the
/// figures of the others.
///
/// Its protocol is Netty's and not restated here. It keeps twice the count in an `int`, adds before
/// it looks, and takes an addition back when it finds that the object was dead or that the count
/// has run over, with an exception. So it cannot count the increments of a whole run.
///
/// The count is in an object beside the counted one, as in Netty's `AbstractReferenceCounted`, and
/// not padded: it was allocated next to its own object, and the collector may move it next to
/// another thread's.
public final class Netty extends RefCount {
  private Netty() {}

  static RefCount create() {
    return new Netty();
  }

  @Override
  Object newCompanion() {
    return new RefCnt();
  }

  @Override
  void beginLife(ThreadContext context, Counted object) {
    RefCnt.resetRefCnt(of(object));
  }

  @Override
  public void increment(ThreadContext context, Counted object) {
    RefCnt.retain(of(object));
  }

  @Override
  public boolean release(ThreadContext context, Counted object) {
    return RefCnt.release(of(object));
  }

  @Override
  public long count(Counted object) {
    return RefCnt.refCnt(of(object));
  }

  private static RefCnt of(Counted object) {
    return (RefCnt) object.companion();
  }
}

package io.percore.worker.refcount;

/// A thread of which nothing more is kept than its epoch and its limbo.
final class DeferredContext extends EpochContext {
  private DeferredContext(int thread, int slot) {
    super(thread, slot);
  }

  static ThreadContext create(int thread, int slot) {
    return new DeferredContext(thread, slot);
  }
}

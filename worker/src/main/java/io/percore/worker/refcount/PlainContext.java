package io.percore.worker.refcount;

/// A thread of which nothing more is kept.
final class PlainContext extends ThreadContext {
  private PlainContext(int thread, int slot) {
    super(thread, slot);
  }

  static ThreadContext create(int thread, int slot) {
    return new PlainContext(thread, slot);
  }
}

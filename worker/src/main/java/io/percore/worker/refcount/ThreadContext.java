package io.percore.worker.refcount;

/// What a discipline knows of one thread. It is passed in with every call, because looking the
/// current thread up costs more than many a count. Used by its own thread only, and by whoever acts
/// on its behalf while no thread runs; others may compare its identity.
///
/// A discipline that keeps more of a thread extends it, and pads what others write. It is abstract
/// so that a process has one class of contexts, as it has one of disciplines.
public abstract class ThreadContext {
  private final int thread;
  private final int slot;

  /// @param thread number of the thread within the process, from 0
  /// @param slot number of the thread within its domain, from 0
  ThreadContext(int thread, int slot) {
    this.thread = thread;
    this.slot = slot;
  }

  /// Number of the thread within the process, from 0.
  public final int thread() {
    return thread;
  }

  /// Number of the thread within its domain, from 0: where per-thread state of the domain is.
  public final int slot() {
    return slot;
  }

  @Override
  public final String toString() {
    return "thread " + thread;
  }
}

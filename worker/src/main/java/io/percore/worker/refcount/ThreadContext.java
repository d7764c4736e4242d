package io.percore.worker.refcount;

/// What a discipline knows of one measured thread. It is passed in with every call, because looking
/// the current thread up costs more than many a count. Used by its own thread only; others may
/// compare its identity.
public final class ThreadContext {
  private final int thread;

  /// Whether this thread holds the interpreter lock. Read and written by its own thread only.
  boolean holding;

  /// @param thread number of the thread within the process, from 0
  public ThreadContext(int thread) {
    this.thread = thread;
  }

  /// Number of the thread within the process, from 0.
  public int thread() {
    return thread;
  }

  @Override
  public String toString() {
    return "thread " + thread;
  }
}

package io.percore.coordinator.plan;

/// The heap of every worker of a run, unless the user gives another: sized for its largest trial.
public final class WorkerHeap {
  private static final int BASE_MIB = 64;
  private static final int THREADS_PER_MIB = 4;

  private WorkerHeap() {}

  /// Its size in MiB.
  ///
  /// @param largestParallelism threads of the largest trial of the run
  public static int mebibytes(int largestParallelism) {
    return BASE_MIB + largestParallelism / THREADS_PER_MIB;
  }
}

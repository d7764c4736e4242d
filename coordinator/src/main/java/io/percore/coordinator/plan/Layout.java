package io.percore.coordinator.plan;

/// How the threads that do the work are spread over processes.
///
/// @param processes worker processes, at least 1
/// @param threadsPerProcess measured threads in each, at least 1
public record Layout(int processes, int threadsPerProcess) {
  public Layout {
    if (processes < 1 || threadsPerProcess < 1) {
      throw new IllegalArgumentException(
          "a layout needs at least one process and one thread, got "
              + processes
              + "x"
              + threadsPerProcess);
    }
  }

  /// Threads that do the work, over all processes.
  public int parallelism() {
    return Math.multiplyExact(processes, threadsPerProcess);
  }

  /// The layout as `PxT`.
  @Override
  public String toString() {
    return processes + "x" + threadsPerProcess;
  }
}

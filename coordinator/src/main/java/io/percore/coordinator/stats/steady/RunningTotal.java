package io.percore.coordinator.stats.steady;

import java.util.List;

/// What a process had done by a time, known at the edges of its slices and interpolated linearly
/// between them. Immutable.
final class RunningTotal {
  private final long startNanos;
  private final long sliceNanos;

  /// Operations up to each edge, the first and the last included.
  private final double[] totals;

  private RunningTotal(long startNanos, long sliceNanos, double[] totals) {
    this.startNanos = startNanos;
    this.sliceNanos = sliceNanos;
    this.totals = totals;
  }

  /// @param startNanos begin of the first slice
  /// @param sliceNanos length of a slice
  /// @param operations in each slice
  /// @throws IllegalArgumentException when slices have no length
  static RunningTotal of(long startNanos, long sliceNanos, List<Long> operations) {
    if (sliceNanos <= 0) {
      throw new IllegalArgumentException("a slice of " + sliceNanos + " ns");
    }
    double[] totals = new double[operations.size() + 1];
    for (int i = 0; i < operations.size(); i++) {
      totals[i + 1] = totals[i] + operations.get(i);
    }
    return new RunningTotal(startNanos, sliceNanos, totals);
  }

  long startNanos() {
    return startNanos;
  }

  long sliceNanos() {
    return sliceNanos;
  }

  long endNanos() {
    return startNanos + sliceNanos * (totals.length - 1);
  }

  /// Operations by a time within the slices.
  double at(long nanos) {
    long since = nanos - startNanos;
    int edge = (int) (since / sliceNanos);
    double share = (double) (since % sliceNanos) / sliceNanos;
    return share == 0 ? totals[edge] : totals[edge] + share * (totals[edge + 1] - totals[edge]);
  }
}

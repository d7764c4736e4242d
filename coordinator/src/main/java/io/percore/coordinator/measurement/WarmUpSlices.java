package io.percore.coordinator.measurement;

import java.util.List;

/// What one process did during its warm-up, or the last one of them.
///
/// @param times times that the warm-up was run: more than once where its rate still grew; 0 in runs
///   from before that was recorded
/// @param startNanos when its first slice began, on the coordinator's clock
/// @param sliceNanos length of a slice
/// @param operations of the process in consecutive slices; empty where they were left on the disk
public record WarmUpSlices(int times, long startNanos, long sliceNanos, List<Long> operations) {
  public WarmUpSlices {
    operations = List.copyOf(operations);
  }

  /// The same, read from a clock that is behind.
  ///
  /// @param nanos by so much
  public WarmUpSlices earlier(long nanos) {
    return new WarmUpSlices(times, startNanos - nanos, sliceNanos, operations);
  }

  /// The same with what was done in each slice.
  WarmUpSlices with(List<Long> other) {
    return new WarmUpSlices(times, startNanos, sliceNanos, other);
  }
}

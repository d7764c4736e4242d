package io.percore.coordinator.measurement;

import java.util.List;

/// What one process did during its warm-up.
///
/// @param startNanos when its first slice began, on the clock that the processes of a host share
/// @param sliceNanos length of a slice
/// @param operations of the process in consecutive slices
public record WarmUpSlices(long startNanos, long sliceNanos, List<Long> operations) {
  public WarmUpSlices {
    operations = List.copyOf(operations);
  }
}

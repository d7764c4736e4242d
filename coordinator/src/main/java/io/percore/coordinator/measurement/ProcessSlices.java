package io.percore.coordinator.measurement;

import java.util.List;

/// Operations of one process in consecutive slices of time.
///
/// @param slot worker process, from 0
/// @param window of its window
/// @param warmUp of its warm-up; empty where that was not recorded
record ProcessSlices(int slot, List<Long> window, List<Long> warmUp) {
  ProcessSlices {
    window = List.copyOf(window);
    warmUp = List.copyOf(warmUp);
  }

  /// Those that a sample has.
  static ProcessSlices of(ProcessSample process) {
    WarmUpSlices warmUp = process.warmUp();
    return new ProcessSlices(
        process.slot(),
        process.sliceOperations(),
        warmUp == null ? List.of() : warmUp.operations());
  }

  long count() {
    return (long) window.size() + warmUp.size();
  }
}

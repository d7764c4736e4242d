package io.percore.worker.trial;

import java.util.List;

/// What warm-up found.
///
/// @param batchOperations operations between two readings of the clock, the same for all threads
/// @param operations operations done, all threads
/// @param predictedNanosPerOperation thread-nanoseconds per operation over the last third of
///   warm-up
/// @param floorNanosPerOperation one independent load and one store; nothing that counts can be
///   faster
/// @param clockNanosPerReading what it costs to read the clock
/// @param canaries what was measured before it
/// @param times times that the warm-up was run
/// @param startNanos when the last warm-up of the trial's own objects began, on the clock of
///   `System.nanoTime`
/// @param sliceNanos length of a slice
/// @param sliceOperations operations of all threads in consecutive slices from then on
/// @param pinned whether every thread is bound to the processor that was named for it
/// @param notPinnedReason why not although processors were named, else empty
public record WarmUp(
    long batchOperations,
    long operations,
    double predictedNanosPerOperation,
    double floorNanosPerOperation,
    double clockNanosPerReading,
    Canaries canaries,
    int times,
    long startNanos,
    long sliceNanos,
    List<Long> sliceOperations,
    boolean pinned,
    String notPinnedReason) {
  public WarmUp {
    sliceOperations = List.copyOf(sliceOperations);
  }
}

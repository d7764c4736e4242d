package io.percore.coordinator.measurement;

import java.util.List;

/// What one worker process reports beside its threads' samples.
///
/// @param slot worker process, from 0
/// @param pid process id on its host
/// @param batchOperations operations between two readings of the clock
/// @param floorNanosPerOperation an independent load and store, measured in this process
/// @param pinned whether its threads were bound to processors
/// @param notPinnedReason why not, or empty
/// @param longestGapNanos longest time inside the window in which none of its threads logged a
///   reading
/// @param stops how often it was stopped and continued
/// @param gcCount collections inside the window
/// @param gcNanos time in them
/// @param compilationNanos compilation time inside the window, over all compiler threads
/// @param compilations compilations of the measured code by the optimizing compiler, warm-up
///   included; -1 when unknown
/// @param residentBytes resident memory after the window, or 0 when unknown
/// @param collector garbage collector
/// @param sliceNanos length of a slice
/// @param sliceOperations operations of the process in consecutive slices of the window
public record ProcessSample(
    int slot,
    long pid,
    long batchOperations,
    double floorNanosPerOperation,
    boolean pinned,
    String notPinnedReason,
    long longestGapNanos,
    int stops,
    long gcCount,
    long gcNanos,
    long compilationNanos,
    int compilations,
    long residentBytes,
    String collector,
    long sliceNanos,
    List<Long> sliceOperations) {
  public ProcessSample {
    sliceOperations = List.copyOf(sliceOperations);
  }
}

package io.percore.worker.trial;

import io.percore.worker.platform.MemoryUse;
import io.percore.worker.platform.Surroundings;
import java.util.List;

/// What concerns the process as a whole in one round. -1 stands for "unknown".
///
/// @param longestGapNanos longest time inside the window in which no thread logged a reading of its
///   clock
/// @param stops how often the process was stopped and continued since the runner was made
/// @param gcCount collections from the order to the end of the run-out
/// @param gcNanos time in them
/// @param compilationNanos compilation in that time, all compiler threads
/// @param safepointNanos time in that time in which the JVM held all threads
/// @param sliceNanos length of a slice
/// @param sliceOperations operations of all threads in consecutive whole slices from T0 to the end
///   of the window
/// @param memory of the process, after the round
/// @param collector garbage collector
/// @param compilations compilations of the measured code by the optimizing compiler since the
///   process began
/// @param surroundings what went on around the process from the order to the end of the run-out
/// @param canaries what was measured after the run-out
public record ProcessSample(
    long longestGapNanos,
    int stops,
    long gcCount,
    long gcNanos,
    long compilationNanos,
    long safepointNanos,
    long sliceNanos,
    List<Long> sliceOperations,
    MemoryUse memory,
    String collector,
    int compilations,
    Surroundings surroundings,
    Canaries canaries) {
  public ProcessSample {
    sliceOperations = List.copyOf(sliceOperations);
  }
}

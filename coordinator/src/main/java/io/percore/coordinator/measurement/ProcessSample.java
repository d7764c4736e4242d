package io.percore.coordinator.measurement;

import java.util.List;
import org.jspecify.annotations.Nullable;

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
/// @param sliceOperations operations of the process in consecutive slices of the window; empty
///   where they were left on the disk
/// @param surroundings what went on around it; null in runs from before that was recorded
/// @param warmUp its warm-up in slices; null in runs from before that was recorded
/// @param canary how fast its processors were before and after; null in runs from before that was
///   recorded
/// @param safepointNanos time inside the window in which the JVM held all threads; null when
///   unknown
/// @param proportionalBytes resident memory after the window with what is shared divided by the
///   number of processes; null when unknown
/// @param memoryParts what its memory is used for; null when unknown
/// @param clockShare part of its threads' time that went into reading the clock, one reading a
///   batch; null when unknown
/// @param machine which of the run's machines it ran on, from 0; null where there is one
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
    List<Long> sliceOperations,
    @Nullable Surroundings surroundings,
    @Nullable WarmUpSlices warmUp,
    @Nullable Canary canary,
    @Nullable Long safepointNanos,
    @Nullable Long proportionalBytes,
    @Nullable MemoryParts memoryParts,
    @Nullable Double clockShare,
    @Nullable Integer machine) {
  public ProcessSample {
    sliceOperations = List.copyOf(sliceOperations);
  }

  /// A sample of a run on one machine.
  public ProcessSample(
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
      List<Long> sliceOperations,
      @Nullable Surroundings surroundings,
      @Nullable WarmUpSlices warmUp,
      @Nullable Canary canary,
      @Nullable Long safepointNanos,
      @Nullable Long proportionalBytes,
      @Nullable MemoryParts memoryParts,
      @Nullable Double clockShare) {
    this(
        slot,
        pid,
        batchOperations,
        floorNanosPerOperation,
        pinned,
        notPinnedReason,
        longestGapNanos,
        stops,
        gcCount,
        gcNanos,
        compilationNanos,
        compilations,
        residentBytes,
        collector,
        sliceNanos,
        sliceOperations,
        surroundings,
        warmUp,
        canary,
        safepointNanos,
        proportionalBytes,
        memoryParts,
        clockShare,
        null);
  }

  /// A sample of which all is unknown that was not recorded from the beginning.
  public ProcessSample(
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
    this(
        slot,
        pid,
        batchOperations,
        floorNanosPerOperation,
        pinned,
        notPinnedReason,
        longestGapNanos,
        stops,
        gcCount,
        gcNanos,
        compilationNanos,
        compilations,
        residentBytes,
        collector,
        sliceNanos,
        sliceOperations,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /// The same with a warm-up.
  public ProcessSample withWarmUp(@Nullable WarmUpSlices slices) {
    return with(surroundings, slices, canary);
  }

  /// The same with other surroundings.
  public ProcessSample withSurroundings(@Nullable Surroundings around) {
    return with(around, warmUp, canary);
  }

  /// The same with a canary.
  public ProcessSample withCanary(@Nullable Canary other) {
    return with(surroundings, warmUp, other);
  }

  /// The same on one of several machines.
  public ProcessSample on(int which) {
    return with(surroundings, warmUp, canary, sliceOperations, which);
  }

  /// The same without its slices.
  ProcessSample withoutSlices() {
    return withSlices(new ProcessSlices(slot, List.of(), List.of()));
  }

  /// The same with other slices.
  ProcessSample withSlices(ProcessSlices slices) {
    return with(
        surroundings,
        warmUp == null ? null : warmUp.with(slices.warmUp()),
        canary,
        slices.window(),
        machine);
  }

  private ProcessSample with(
      @Nullable Surroundings around, @Nullable WarmUpSlices slices, @Nullable Canary other) {
    return with(around, slices, other, sliceOperations, machine);
  }

  private ProcessSample with(
      @Nullable Surroundings around,
      @Nullable WarmUpSlices slices,
      @Nullable Canary other,
      List<Long> window,
      @Nullable Integer where) {
    return new ProcessSample(
        slot,
        pid,
        batchOperations,
        floorNanosPerOperation,
        pinned,
        notPinnedReason,
        longestGapNanos,
        stops,
        gcCount,
        gcNanos,
        compilationNanos,
        compilations,
        residentBytes,
        collector,
        sliceNanos,
        window,
        around,
        slices,
        other,
        safepointNanos,
        proportionalBytes,
        memoryParts,
        clockShare,
        where);
  }
}

package io.percore.worker.trial;

/// What warm-up found.
///
/// @param batchOperations operations between two readings of the clock, the same for all threads
/// @param operations operations done, all threads
/// @param predictedNanosPerOperation thread-nanoseconds per operation over the last third of
///   warm-up
/// @param floorNanosPerOperation one independent load and one store; nothing that counts can be
///   faster
/// @param pinned whether every thread is bound to the processor that was named for it
/// @param notPinnedReason why not although processors were named, else empty
public record WarmUp(
    long batchOperations,
    long operations,
    double predictedNanosPerOperation,
    double floorNanosPerOperation,
    boolean pinned,
    String notPinnedReason) {}

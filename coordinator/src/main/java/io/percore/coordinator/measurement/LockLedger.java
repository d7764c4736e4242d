package io.percore.coordinator.measurement;

import java.util.List;

/// How one thread fared with the one lock of a watched trial, from T0 until it stopped. Times in
/// nanoseconds. Watching makes such a trial slower, so it has no other use.
///
/// @param slot worker process
/// @param thread number of the thread within it
/// @param acquisitions times that it got the lock
/// @param waitedNanos sum of its waits, each with the time of a reading of the clock
/// @param heldNanos time for which it had the lock
/// @param waitMedian half of its waits were at most this long
/// @param waitP99 so were 99 of 100
/// @param waitP999 so were 999 of 1,000
/// @param waitMax longest wait
/// @param turnFrom when it got the lock, after T0, for the first times that were written down
/// @param turnUntil when it gave the lock up each time
public record LockLedger(
    int slot,
    int thread,
    long acquisitions,
    long waitedNanos,
    long heldNanos,
    long waitMedian,
    long waitP99,
    long waitP999,
    long waitMax,
    List<Long> turnFrom,
    List<Long> turnUntil) {
  /// @throws IllegalArgumentException when not every turn has both ends
  public LockLedger {
    turnFrom = List.copyOf(turnFrom);
    turnUntil = List.copyOf(turnUntil);
    if (turnFrom.size() != turnUntil.size()) {
      throw new IllegalArgumentException("every turn with a lock begins and ends");
    }
  }
}

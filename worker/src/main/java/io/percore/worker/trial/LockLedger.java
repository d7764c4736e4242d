package io.percore.worker.trial;

import io.percore.worker.refcount.LockWatch;
import java.util.List;
import org.HdrHistogram.Histogram;

/// How one thread fared with the one lock of its trial, from T0 until it stopped. Times in
/// nanoseconds.
///
/// @param thread number of the thread
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
  public LockLedger {
    turnFrom = List.copyOf(turnFrom);
    turnUntil = List.copyOf(turnUntil);
  }

  /// Call it on the thread that the ledger belongs to.
  static LockLedger of(int thread, LockWatch.Ledger ledger, long t0Nanos) {
    Histogram waits = ledger.waits();
    return new LockLedger(
        thread,
        waits.getTotalCount(),
        ledger.waitedNanos(),
        ledger.heldNanos(),
        waits.getValueAtPercentile(50),
        waits.getValueAtPercentile(99),
        waits.getValueAtPercentile(99.9),
        waits.getMaxValue(),
        ledger.from(t0Nanos),
        ledger.until(t0Nanos));
  }
}

package io.percore.worker.trial;

import java.util.function.BooleanSupplier;

/// What a thread is to run: from T0 until T2, or until it has done its operations.
///
/// @param t0Nanos start, on the clock of `System.nanoTime`
/// @param windowNanos length of the scored window that begins at T0
/// @param limitNanos from T0 to T2, when the thread stops unprompted
/// @param operations operations to do; `Long.MAX_VALUE` to run until T2
/// @param spin spin over the last moment before T0
/// @param cancelled asked after each batch; once true, the thread stops
record Phase(
    long t0Nanos,
    long windowNanos,
    long limitNanos,
    long operations,
    boolean spin,
    BooleanSupplier cancelled) {

  /// This phase, ended by the number of operations.
  Phase withOperations(long wanted) {
    return new Phase(t0Nanos, windowNanos, limitNanos, wanted, spin, cancelled);
  }

  boolean fixedWork() {
    return operations != Long.MAX_VALUE;
  }
}

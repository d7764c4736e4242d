package io.percore.coordinator.session;

import io.percore.coordinator.measurement.CallSample;
import io.percore.coordinator.session.WorkerState.Phase;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Calls of one size to all workers of an attempt, for some time: each worker has one call at a
/// time, and gets the next as soon as it has answered. Confined to the conducting thread.
final class CallSeries {
  private final List<WorkerState> workers;
  private final long operationsPerThread;
  private final long untilNanos;
  private final Map<WorkerState, Long> open = new HashMap<>();
  private final long beganNanos;
  private long lastNumber;
  private long answered;
  private long endedNanos;

  /// Sends every worker its first call.
  ///
  /// @param firstNumber of a call of this series, higher than that of any call before it
  CallSeries(List<WorkerState> workers, long operationsPerThread, Duration time, long firstNumber) {
    this.workers = List.copyOf(workers);
    this.operationsPerThread = operationsPerThread;
    this.lastNumber = firstNumber - 1;
    this.beganNanos = System.nanoTime();
    this.untilNanos = beganNanos + time.toNanos();
    this.workers.forEach(this::call);
  }

  private void call(WorkerState worker) {
    lastNumber++;
    open.put(worker, lastNumber);
    worker.phase = Phase.CALLED;
    worker.send(Messages.call(lastNumber, operationsPerThread));
  }

  /// An answer came. Whoever answers after the time is over is ready for something else.
  void done(WorkerState worker, long number) {
    if (!open.remove(worker, number)) {
      return;
    }
    answered++;
    endedNanos = System.nanoTime();
    if (endedNanos - untilNanos < 0) {
      call(worker);
    } else {
      worker.phase = Phase.READY;
    }
  }

  /// The number of the last call that was sent.
  long lastNumber() {
    return lastNumber;
  }

  /// When no more calls are sent, on the clock of `System.nanoTime`.
  long untilNanos() {
    return untilNanos;
  }

  /// What it came to, once all workers are ready again.
  ///
  /// @param threadsPerProcess that do the work of a call together
  CallSample sample(int threadsPerProcess) {
    return new CallSample(
        operationsPerThread * threadsPerProcess, answered, endedNanos - beganNanos);
  }
}

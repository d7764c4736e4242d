package io.percore.worker.trial;

import io.percore.worker.platform.Affinity;
import io.percore.worker.platform.ThreadUsage;
import io.percore.worker.workload.Kernel;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// One platform thread with its kernel. It runs what it is given, one task after the other; a
/// task's future orders what the thread did before what its reader does next.
final class MeasuredThread {
  private static final long SPIN_NANOS = 200_000;

  private final Kernel kernel;
  private final ReadingLog log;
  private final BatchSize batchSize = new BatchSize();
  private final ExecutorService executor;

  /// @param phaseNanos longest phase that is expected; 0 when unknown
  MeasuredThread(Kernel kernel, long phaseNanos) {
    this.kernel = kernel;
    this.log = new ReadingLog(phaseNanos);
    this.executor =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("measured-" + number()).daemon().factory());
  }

  /// Number of the thread within the process, from 0.
  int number() {
    return kernel.context().thread();
  }

  /// Runs a task on this thread.
  <T> Future<T> submit(Callable<T> task) {
    return executor.submit(task);
  }

  BatchSize batchSize() {
    return batchSize;
  }

  /// The readings of the last phase, once that is done.
  ReadingLog log() {
    return log;
  }

  /// Interrupts what the thread does and lets it end.
  void stop() {
    for (Runnable neverBegun : executor.shutdownNow()) {
      // Else whoever waits for it would wait for ever.
      if (neverBegun instanceof Future<?> future) {
        future.cancel(false);
      }
    }
  }

  /// Waits for the thread's end.
  boolean awaitEnd(Duration patience) throws InterruptedException {
    return executor.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public String toString() {
    return "measured thread " + number();
  }

  /// Runs one phase on the calling thread, which must be this one.
  ///
  /// @throws InterruptedException when stopped while waiting
  ThreadSample run(Phase phase) throws InterruptedException {
    long t0 = phase.t0Nanos();
    // Reading the usage can take half a millisecond: now, so that it delays nothing at T0.
    ThreadUsage before = ThreadUsage.ofCurrentThread();
    awaitTime(phase.spin() ? t0 - SPIN_NANOS : t0, false);
    long awake = System.nanoTime();
    awaitTime(t0, phase.spin());
    long passed = System.nanoTime();
    log.begin(passed - t0, phase.windowNanos());
    kernel.domain().attach(kernel.context());
    try {
      repeatBatches(phase);
    } finally {
      kernel.domain().detach(kernel.context());
    }
    log.end();
    ThreadUsage used = ThreadUsage.ofCurrentThread().since(before);
    return sample(phase, used, passed - awake);
  }

  /// Does some operations on the calling thread, which must be this one, in batches as in a phase
  /// and with nothing written down.
  ///
  /// @param cancelled asked after each batch
  /// @throws InterruptedException when stopped while waiting
  void work(long operations, BooleanSupplier cancelled) throws InterruptedException {
    kernel.domain().attach(kernel.context());
    try {
      long left = operations;
      while (left > 0 && !cancelled.getAsBoolean()) {
        int count = (int) Math.min(batchSize.operations(), left);
        kernel.batch(count);
        kernel.domain().safepoint(kernel.context());
        left -= count;
      }
    } finally {
      kernel.domain().detach(kernel.context());
    }
  }

  private void repeatBatches(Phase phase) throws InterruptedException {
    long t0 = phase.t0Nanos();
    long wanted = phase.operations();
    long done = 0;
    long now = log.firstTime();
    while (done < wanted && now < phase.limitNanos() && !phase.cancelled().getAsBoolean()) {
      int count = (int) Math.min(batchSize.operations(), wanted - done);
      kernel.batch(count);
      kernel.domain().safepoint(kernel.context());
      done += count;
      long then = now;
      now = System.nanoTime() - t0;
      batchSize.record(now - then);
      log.record(now, done);
    }
  }

  private ThreadSample sample(Phase phase, ThreadUsage used, long spunNanos) {
    boolean fixedWork = phase.fixedWork();
    long window = phase.windowNanos();
    return new ThreadSample(
        number(),
        fixedWork ? log.lastCount() : log.countAt(window),
        fixedWork ? 0 : log.errorAt(window),
        log.firstTime(),
        fixedWork ? log.lastTime() : Math.min(window, log.lastTime()),
        used.cpuNanos() < 0 ? used.cpuNanos() : Math.max(0, used.cpuNanos() - spunNanos),
        log.lastTime() - log.firstTime(),
        used.voluntarySwitches(),
        used.involuntarySwitches(),
        used.runQueueWaitNanos(),
        used.migrations(),
        Affinity.currentCpu());
  }

  /// Returns as soon as possible after `time`, at once when it has passed.
  private static void awaitTime(long time, boolean spin) throws InterruptedException {
    long left = time - System.nanoTime();
    while (left > 0) {
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped before the start");
      }
      if (spin) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(left);
      }
      left = time - System.nanoTime();
    }
  }
}

package io.percore.worker.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The measured threads of a process as one: gives all of them a task at once, and stops all of
/// them when one fails. One thread gives tasks; any thread may call [#close].
final class TrialThreads implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrialThreads.class);

  /// A batch takes 100 us; what does not end in this time never will.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final List<MeasuredThread> threads;

  /// The first failure of a measured thread: set by that thread, read when all are quiescent.
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /// Asked by every thread after each batch. Volatile, so that the order to stop arrives; written
  /// at most once, so that its line stays shared and asking costs nothing.
  private volatile boolean stopping;

  /// @param threads in the order of their numbers, at least one
  TrialThreads(List<MeasuredThread> threads) {
    this.threads = List.copyOf(threads);
  }

  List<MeasuredThread> all() {
    return threads;
  }

  int size() {
    return threads.size();
  }

  /// The readings of each thread in its last phase.
  List<ReadingLog> logs() {
    return threads.stream().map(MeasuredThread::log).toList();
  }

  /// Whether the threads have been told to stop.
  BooleanSupplier cancelled() {
    return () -> stopping;
  }

  /// Stops the threads and waits for their end, which takes about a batch. Does nothing the second
  /// time. When the calling thread is interrupted it returns at once, still interrupted.
  @Override
  public void close() {
    stop();
    try {
      for (MeasuredThread thread : threads) {
        if (!thread.awaitEnd(PATIENCE)) {
          LOG.error("{} did not stop within {} s", thread, PATIENCE.toSeconds());
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop() {
    stopping = true;
    threads.forEach(MeasuredThread::stop);
  }

  /// Runs a task on every thread, as [#onEach(List, ThreadTask)] does.
  ///
  /// @throws InterruptedException when interrupted while waiting; the threads then stop
  /// @throws IllegalStateException when a thread failed, with its failure as cause, or when closed
  <T> List<T> onEach(ThreadTask<T> task) throws InterruptedException {
    return onEach(threads, task);
  }

  /// Runs a task on each of these threads at once and waits until all are done, or one has failed
  /// and the others have stopped.
  ///
  /// @param on some of the threads, or others that live as long as this task
  /// @throws InterruptedException when interrupted while waiting; the threads then stop
  /// @throws IllegalStateException when a thread failed, with its failure as cause, or when closed
  <T> List<T> onEach(List<MeasuredThread> on, ThreadTask<T> task) throws InterruptedException {
    List<Future<T>> futures = new ArrayList<>();
    List<T> results = new ArrayList<>();
    try {
      for (MeasuredThread thread : on) {
        futures.add(thread.submit(() -> guarded(thread, task)));
      }
      for (Future<T> future : futures) {
        results.add(future.get());
      }
    } catch (ExecutionException | CancellationException | RejectedExecutionException notDone) {
      close();
      throw stopped(notDone);
    } catch (InterruptedException interrupted) {
      stop();
      throw interrupted;
    }
    if (stopping) {
      // The tasks were cut short and have returned whatever they had.
      throw stopped(null);
    }
    return results;
  }

  private <T> T guarded(MeasuredThread thread, ThreadTask<T> task) throws InterruptedException {
    try {
      return task.on(thread);
    } catch (InterruptedException | RuntimeException | Error thrown) {
      if (!stopping) {
        failure.compareAndSet(null, thrown);
      }
      stopping = true;
      throw thrown;
    }
  }

  private IllegalStateException stopped(@Nullable Exception notDone) {
    Throwable cause = failure.get();
    return cause == null
        ? new IllegalStateException("the trial was closed", notDone)
        : new IllegalStateException("a measured thread failed: " + cause, cause);
  }

  /// What one thread does in one task.
  @FunctionalInterface
  interface ThreadTask<T> {
    T on(MeasuredThread thread) throws InterruptedException;
  }
}

package io.percore.worker.session;

import io.percore.proto.Call;
import io.percore.proto.Start;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Runs a trial beside the session, so that the session can go on listening. What becomes of it
/// goes into the session's queue, a failure of any kind included.
final class TrialDriver implements AutoCloseable {
  private final TrialExecution execution;
  private final BlockingQueue<SessionEvent> events;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("trial").factory());

  TrialDriver(TrialExecution execution, BlockingQueue<SessionEvent> events) {
    this.execution = execution;
    this.events = events;
  }

  void warmUp() {
    thread.execute(() -> report(() -> new SessionEvent.WarmedUp(execution.warmUp())));
  }

  void call(Call order) {
    thread.execute(
        () ->
            report(
                () -> {
                  execution.call(order.getOperations());
                  return new SessionEvent.CallOver(order.getNumber());
                }));
  }

  void run(Start order) {
    thread.execute(() -> report(() -> new SessionEvent.RoundOver(execution.run(order))));
  }

  @Override
  public void close() {
    execution.close();
    thread.shutdownNow();
  }

  private interface Phase {
    SessionEvent run() throws InterruptedException;
  }

  // Whatever a trial throws, an OutOfMemoryError too, is an outcome that the coordinator must hear
  // of.
  private void report(Phase phase) {
    SessionEvent event;
    try {
      event = phase.run();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      event = new SessionEvent.TrialFailed(stopped);
    } catch (Throwable failure) {
      event = new SessionEvent.TrialFailed(failure);
    }
    events.add(event);
  }
}

package io.percore.coordinator.session;

import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialOutcome.Failed;
import io.percore.coordinator.session.WorkerHost.Invitation;
import io.percore.coordinator.session.WorkerState.Phase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Conducts attempts at trials, one at a time: launches the workers, leads them through the
/// conversation to a common start, and returns what became of it as data.
///
/// One thread does all of this. Whatever else happens (messages, ended streams, ended processes)
/// reaches it through one queue, so no state of a trial needs a lock and the order of events is the
/// order in the queue.
public final class TrialConductor {
  private final SessionServer server;
  private final WorkerHost host;
  private final String run;
  private final Limits limits;

  /// Makes a conductor of one run.
  ///
  /// @param server where workers join
  /// @param host what starts them
  /// @param run identity of the run
  /// @param limits that decide about a trial
  public TrialConductor(SessionServer server, WorkerHost host, String run, Limits limits) {
    this.server = server;
    this.host = host;
    this.run = run;
    this.limits = limits;
  }

  /// Waits until every machine is there, without which no attempt can succeed.
  ///
  /// @param told in one line each what is waited for, and that it has come
  /// @return which machine is gone for good, and how; empty when all are there
  public Optional<String> awaitMachines(Consumer<String> told) throws InterruptedException {
    return host.awaitMachines(told);
  }

  /// Runs one attempt; no two may have the same trial and attempt. When it returns, or throws,
  /// every process that it started has been ended.
  ///
  /// @throws InterruptedException when the conducting thread is interrupted: the attempt is
  ///   abandoned
  public TrialOutcome conduct(TrialOrder order) throws InterruptedException {
    List<WorkerState> workers = new ArrayList<>();
    try {
      Optional<TrialOutcome> failure = launch(order, workers);
      if (failure.isPresent()) {
        return failure.get();
      }
      return new Attempt(order, workers, host, server.events(), limits).run();
    } finally {
      end(order, workers);
    }
  }

  /// Starts all workers. An interrupt is no failure of theirs, though it makes a start fail.
  private Optional<TrialOutcome> launch(TrialOrder order, List<WorkerState> workers)
      throws InterruptedException {
    for (int slot = 0; slot < order.program().layout().processes(); slot++) {
      SessionKey key = new SessionKey(run, order.trial().index(), order.attempt(), slot);
      Invitation invitation = new Invitation(server.address(), key, server.expect(key));
      try {
        workers.add(
            new WorkerState(
                key,
                host.start(
                    invitation,
                    order.program(),
                    exit -> server.events().add(new SessionEvent.Exited(key, exit))),
                System.nanoTime()));
      } catch (IOException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException(key + " was being started");
        }
        return Optional.of(new Failed(key + " could not be started: " + e.getMessage(), ""));
      }
    }
    return Optional.empty();
  }

  /// Ends what is left of an attempt. A worker that finished exits by itself; any other is killed,
  /// and so is one that takes too long about it.
  private void end(TrialOrder order, List<WorkerState> workers) throws InterruptedException {
    try {
      workers.stream().filter(w -> w.phase != Phase.ACKNOWLEDGED).forEach(w -> w.process.kill());
      for (WorkerState worker : workers) {
        if (!worker.process.awaitExit(limits.exitPatience())) {
          worker.process.kill();
        }
      }
    } finally {
      workers.forEach(w -> w.process.kill());
      server.forget(run, order.trial().index(), order.attempt());
    }
  }
}

package io.percore.coordinator.session;

import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialOutcome.Failed;
import io.percore.coordinator.measurement.TrialOutcome.Invalidated;
import io.percore.coordinator.measurement.TrialOutcome.TimedOut;
import io.percore.coordinator.plan.Cluster.Seat;
import io.percore.coordinator.session.SessionEvent.Alive;
import io.percore.coordinator.session.SessionEvent.Armed;
import io.percore.coordinator.session.SessionEvent.CallDone;
import io.percore.coordinator.session.SessionEvent.Exited;
import io.percore.coordinator.session.SessionEvent.Joined;
import io.percore.coordinator.session.SessionEvent.Measured;
import io.percore.coordinator.session.SessionEvent.Missed;
import io.percore.coordinator.session.SessionEvent.Ready;
import io.percore.coordinator.session.SessionEvent.StreamEnded;
import io.percore.coordinator.session.SessionEvent.WorkerFailed;
import io.percore.coordinator.session.TrialOrder.Purpose;
import io.percore.coordinator.session.WorkerHost.Exit;
import io.percore.coordinator.session.WorkerState.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One attempt at a trial, from launched workers to an outcome. Confined to the conducting thread.
///
/// Everything here is driven by {@link #await}: it takes events from the queue until every worker
/// has reached a phase, or something ends the attempt. Between the start order and T2 it only
/// listens: no heartbeat is sent and no lease runs, so that the machine belongs to the workers.
/// From T2 on heartbeats keep those that have handed in their results waiting for the others, so
/// that the one that is missed ends the attempt.
final class Attempt {
  private static final int LOOKS_PER_LEASE = 20;

  private final TrialOrder order;
  private final List<WorkerState> workers;
  private final Map<SessionKey, WorkerState> byKey = new HashMap<>();
  private final BlockingQueue<SessionEvent> events;
  private final Limits limits;
  private final WorkerHost host;
  private final long launchedNanos = System.nanoTime();
  private final ResultCollector collector;
  private int round;
  private int missedRounds;

  /// As last compared: before the first window, and after each.
  private Clocks clocks = Clocks.OWN;

  /// The calls under way, or the last ones.
  private @Nullable CallSeries series;

  /// Number of the last call; numbers are not used twice in an attempt.
  private long callNumber;

  private long lastHeartbeatNanos = launchedNanos;

  private long lastLeaseNanos = launchedNanos;

  Attempt(
      TrialOrder order,
      List<WorkerState> workers,
      WorkerHost host,
      BlockingQueue<SessionEvent> events,
      Limits limits) {
    this.order = order;
    this.host = host;
    this.workers = workers;
    workers.forEach(worker -> byKey.put(worker.key, worker));
    this.events = events;
    this.limits = limits;
    this.collector = new ResultCollector(order, limits);
  }

  TrialOutcome run() throws InterruptedException {
    Duration join = limits.join(workers.size(), order.hardwareThreads());
    Optional<TrialOutcome> ended = await(Phase.JOINED, launchedNanos + join.toNanos());
    if (ended.isPresent()) {
      return ended.get();
    }
    List<Seat> seats = order.seats();
    for (WorkerState worker : workers) {
      int slot = worker.key.slot();
      worker.send(Messages.prepare(order, slot, seats.get(slot)));
    }
    Duration warm =
        order.warmUp().multipliedBy(Limits.MOST_WARM_UPS).plus(limits.readySlack()).plus(join);
    ended = await(Phase.READY, System.nanoTime() + warm.toNanos());
    if (ended.isPresent()) {
      return ended.get();
    }
    collector.ready(workers, System.nanoTime() - launchedNanos);
    ended = order.purpose() == Purpose.CALLS ? calls() : Optional.empty();
    if (ended.isPresent()) {
      return ended.get();
    }
    ended = compareClocks();
    if (ended.isPresent()) {
      return ended.get();
    }
    do {
      ended = measure();
      if (ended.isPresent()) {
        return ended.get();
      }
    } while (collector.wantsAnotherRound(round));
    workers.forEach(
        worker -> {
          worker.send(Messages.acknowledgement());
          worker.phase = Phase.ACKNOWLEDGED;
        });
    return collector.outcome();
  }

  /// Hands the workers their work piece by piece, with larger and larger pieces; the first series
  /// lets both sides load and compile what a call needs, which takes thousands of calls, and is not
  /// kept.
  private Optional<TrialOutcome> calls() throws InterruptedException {
    double longest = Limits.LONGEST_CALL.toNanos() / collector.predictedNanosPerOperation();
    long smallest = TrialOrder.CALL_SIZES.getFirst();
    Optional<TrialOutcome> ended = calls(smallest, Limits.CALL_WARM_UP, false);
    for (long size : TrialOrder.CALL_SIZES) {
      if (ended.isEmpty() && (size == smallest || size <= longest)) {
        ended = calls(size, order.callTime(), true);
      }
    }
    return ended;
  }

  private Optional<TrialOutcome> calls(long operationsPerThread, Duration time, boolean kept)
      throws InterruptedException {
    CallSeries begun = new CallSeries(workers, operationsPerThread, time, callNumber + 1);
    series = begun;
    Optional<TrialOutcome> ended =
        await(Phase.READY, begun.untilNanos() + limits.readySlack().toNanos());
    callNumber = begun.lastNumber();
    if (kept && ended.isEmpty()) {
      collector.called(begun.sample(order.program().layout().threadsPerProcess()));
    }
    return ended;
  }

  /// One round: a common start by deadline, silence, results.
  private Optional<TrialOutcome> measure() throws InterruptedException {
    round++;
    long t0 =
        System.nanoTime()
            + limits.lead(workers.size(), order.attempt() + missedRounds, round).toNanos();
    long t1 = t0 + collector.windowNanos();
    long t2 = order.fixedWork() ? t1 : t1 + limits.runOut().toNanos();
    host.quiet(Duration.ofNanos(t2 - System.nanoTime()));
    for (WorkerState worker : workers) {
      long ahead = clocks.of(clockOf(worker)).orElseThrow().nanos();
      worker.phase = Phase.READY;
      worker.measured = null;
      worker.aheadNanos = ahead;
      worker.send(Messages.start(round, t0 + ahead, t1 + ahead, t2 + ahead));
    }
    Optional<TrialOutcome> ended = await(Phase.MEASURED, t2, t2 + limits.resultLease().toNanos());
    if (ended.isPresent()) {
      return ended;
    }
    if (workers.stream().anyMatch(worker -> worker.measured == null)) {
      missedRounds++;
      return Optional.empty();
    }
    Clocks before = clocks;
    ended = compareClocks();
    return ended.isPresent()
        ? ended
        : collector.round(workers, t0, t1, before.until(clocks).boundNanos());
  }

  /// Finds out how the clocks that the workers read stand to the coordinator's.
  private Optional<TrialOutcome> compareClocks() throws InterruptedException {
    try {
      clocks = host.clocks();
    } catch (IOException lost) {
      return Optional.of(new Failed(String.valueOf(lost.getMessage()), ""));
    }
    return workers.stream()
        .filter(worker -> clocks.of(clockOf(worker)).isEmpty())
        .findFirst()
        .map(
            worker ->
                new Failed(
                    "%s reads another clock than the coordinator (boot id or time namespace differ)"
                        .formatted(worker.key),
                    ""));
  }

  private static ClockIdentity clockOf(WorkerState worker) {
    return Objects.requireNonNull(worker.clock);
  }

  private Optional<TrialOutcome> await(Phase goal, long deadlineNanos) throws InterruptedException {
    return await(goal, System.nanoTime(), deadlineNanos);
  }

  /// @param silentUntil when heartbeats may be sent again
  private Optional<TrialOutcome> await(Phase goal, long silentUntil, long deadlineNanos)
      throws InterruptedException {
    boolean leased = goal != Phase.MEASURED;
    long renewed = System.nanoTime();
    workers.forEach(worker -> worker.lastHeardNanos = renewed);
    // All workers before it have reached the goal: while it is waited for, none falls back.
    int reached = 0;
    while (true) {
      while (reached < workers.size() && workers.get(reached).phase.compareTo(goal) >= 0) {
        reached++;
      }
      if (reached == workers.size()) {
        return Optional.empty();
      }
      long now = System.nanoTime();
      long patience = deadlineNanos - now;
      if (patience <= 0) {
        return Optional.of(late(goal));
      }
      long silence = silentUntil - now;
      patience = Math.min(patience, silence > 0 ? silence : heartbeat(now));
      SessionEvent event = events.poll(patience, TimeUnit.NANOSECONDS);
      long stalled = System.nanoTime() - now - patience;
      if (stalled > limits.coordinatorStall().toNanos()) {
        return Optional.of(
            new Invalidated(
                "the coordinator itself was stopped or starved for %.1f s"
                    .formatted(stalled / 1e9)));
      }
      Optional<TrialOutcome> ended = event == null ? Optional.empty() : handle(event);
      if (ended.isEmpty() && leased && leaseDue()) {
        ended = lease();
      }
      if (ended.isPresent()) {
        return ended;
      }
    }
  }

  /// Sends heartbeats when they are due.
  ///
  /// @return nanoseconds until they are due again
  private long heartbeat(long now) {
    long interval = limits.heartbeat().toNanos();
    if (now - lastHeartbeatNanos >= interval) {
      lastHeartbeatNanos = now;
      workers.forEach(worker -> worker.send(Messages.heartbeat()));
    }
    return lastHeartbeatNanos + interval - now;
  }

  /// Whether it is time to look at the leases: at every event it would cost each worker the more
  /// the more there are.
  private boolean leaseDue() {
    long now = System.nanoTime();
    if (now - lastLeaseNanos < limits.lease().dividedBy(LOOKS_PER_LEASE).toNanos()) {
      return false;
    }
    lastLeaseNanos = now;
    return true;
  }

  private Optional<TrialOutcome> lease() {
    long now = System.nanoTime();
    return workers.stream()
        .filter(worker -> worker.phase != Phase.LAUNCHED)
        .filter(worker -> now - worker.lastHeardNanos > limits.lease().toNanos())
        .findFirst()
        .map(
            worker ->
                new Failed(
                    "%s was silent for more than %d ms in %s: stopped or lost"
                        .formatted(
                            worker.key, limits.lease().toMillis(), worker.phase.description()),
                    ""));
  }

  private TrialOutcome late(Phase goal) {
    WorkerState slowest =
        workers.stream().filter(w -> w.phase.compareTo(goal) < 0).findFirst().orElseThrow();
    return switch (slowest.phase) {
      case LAUNCHED -> new TimedOut(slowest.key + " did not join in time");
      case JOINED -> new TimedOut(slowest.key + " did not finish its warm-up in time");
      case CALLED -> new TimedOut(slowest.key + " did not answer a call in time");
      case READY, ARMED, MEASURED, ACKNOWLEDGED ->
          new Failed(
              "%s gave no result within %d ms of the end of its window: stopped or lost"
                  .formatted(slowest.key, limits.resultLease().toMillis()),
              "");
    };
  }

  private Optional<TrialOutcome> handle(SessionEvent event) throws InterruptedException {
    WorkerState worker = byKey.get(event.key());
    if (worker == null) {
      return Optional.empty();
    }
    worker.lastHeardNanos = System.nanoTime();
    return switch (event) {
      case Alive _ -> Optional.empty();
      case Joined joined -> joined(worker, joined);
      case Ready ready -> {
        if (worker.phase == Phase.JOINED) {
          worker.ready = ready;
          worker.phase = Phase.READY;
        }
        yield Optional.empty();
      }
      case CallDone done -> {
        if (series != null) {
          series.done(worker, done.number());
        }
        yield Optional.empty();
      }
      case Armed armed -> {
        if (armed.round() == round && worker.phase == Phase.READY) {
          worker.phase = Phase.ARMED;
        }
        yield Optional.empty();
      }
      case Missed missed -> missed(worker, missed);
      case Measured measured -> {
        if (measured.round() == round && worker.phase == Phase.ARMED) {
          worker.measured = measured;
          worker.phase = Phase.MEASURED;
        }
        yield Optional.empty();
      }
      case WorkerFailed failed ->
          Optional.of(
              new Failed(
                  "%s failed in %s: %s"
                      .formatted(worker.key, worker.phase.description(), failed.reason()),
                  failed.detail()));
      case StreamEnded ended -> Optional.of(lost(worker, ended.cause()));
      case Exited exited -> Optional.of(exited(worker, exited.exit()));
    };
  }

  private static Failed exited(WorkerState worker, Exit exit) {
    String phase = worker.phase.description();
    return exit.code() == Exit.UNSEEN
        ? new Failed("%s was lost in %s: %s".formatted(worker.key, phase, exit.stderrTail()), "")
        : new Failed(
            "%s ended in %s with exit code %d%s"
                .formatted(worker.key, phase, exit.code(), signal(exit.code())),
            exit.stderrTail());
  }

  /// A round of fixed work that was missed has not been run, and is one of many: it is ordered
  /// again with more lead. A window is one of a kind, so that all of the trial is begun again.
  private Optional<TrialOutcome> missed(WorkerState worker, Missed missed) {
    if (missed.round() != round || worker.phase.compareTo(Phase.ARMED) > 0) {
      return Optional.empty();
    }
    if (order.fixedWork() && missedRounds < Limits.MOST_MISSED_ROUNDS) {
      worker.phase = Phase.MEASURED;
      return Optional.empty();
    }
    return Optional.of(
        new Invalidated(
            "%s got its start %.1f ms too late".formatted(worker.key, missed.lateNanos() / 1e6)));
  }

  private Optional<TrialOutcome> joined(WorkerState worker, Joined joined) {
    worker.clock = joined.clock();
    worker.link = joined.link();
    worker.phase = Phase.JOINED;
    return Optional.empty();
  }

  /// A stream that ended is told best by how the process ended, which follows shortly where it did.
  private TrialOutcome lost(WorkerState worker, String cause) throws InterruptedException {
    if (worker.process.awaitExit(Duration.ofMillis(500))) {
      SessionEvent event;
      while ((event = events.poll(500, TimeUnit.MILLISECONDS)) != null) {
        if (event instanceof Exited exited && exited.key().equals(worker.key)) {
          return handle(exited).orElseThrow();
        }
      }
    }
    return new Failed(
        "%s was lost in %s: %s".formatted(worker.key, worker.phase.description(), cause), "");
  }

  private static String signal(int code) {
    return switch (code) {
      case 137 -> " (killed)";
      case 143 -> " (terminated)";
      case 134 -> " (aborted)";
      case 139 -> " (segmentation fault)";
      default -> "";
    };
  }
}

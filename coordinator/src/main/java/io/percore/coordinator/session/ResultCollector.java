package io.percore.coordinator.session;

import io.percore.coordinator.measurement.CallSample;
import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.Measurement.RoundSample;
import io.percore.coordinator.measurement.ProcessSample;
import io.percore.coordinator.measurement.Surroundings;
import io.percore.coordinator.measurement.ThreadSample;
import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialOutcome.Failed;
import io.percore.coordinator.measurement.TrialOutcome.Invalidated;
import io.percore.coordinator.measurement.Verification;
import io.percore.coordinator.measurement.WarmUpSlices;
import io.percore.coordinator.plan.Cluster.Seat;
import io.percore.coordinator.session.SessionEvent.Measured;
import io.percore.coordinator.session.TrialOrder.Purpose;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Puts the workers' results of an attempt together, and holds them against the limits that were
/// declared beforehand. Confined to the conducting thread.
final class ResultCollector {
  private final TrialOrder order;
  private final Limits limits;
  private final List<RoundSample> rounds = new ArrayList<>();
  private List<ThreadSample> threads = List.of();
  private List<ProcessSample> processes = List.of();
  private List<Measured> last = List.of();
  private final List<CallSample> calls = new ArrayList<>();
  private double predictedNanosPerOperation;
  private long launchNanos;
  private long scoredNanos;

  /// Largest of all rounds; 0 where all workers read the coordinator's clock.
  private long clockBound;

  private @Nullable Instant started;

  ResultCollector(TrialOrder order, Limits limits) {
    this.order = order;
    this.limits = limits;
  }

  void ready(List<WorkerState> workers, long launchNanos) {
    int warmUps =
        workers.stream()
            .map(w -> Objects.requireNonNull(w.ready).warmUp())
            .mapToInt(warmUp -> warmUp == null ? 1 : Math.max(1, warmUp.times()))
            .max()
            .orElse(1);
    this.launchNanos = launchNanos - order.warmUp().toNanos() * warmUps;
    predictedNanosPerOperation =
        workers.stream()
            .mapToDouble(w -> Objects.requireNonNull(w.ready).predictedNanosPerOperation())
            .max()
            .orElse(0);
  }

  /// Thread-nanoseconds that an operation takes, by the warm-up of the slowest process.
  double predictedNanosPerOperation() {
    return predictedNanosPerOperation;
  }

  void called(CallSample sample) {
    calls.add(sample);
  }

  /// Length of a window; for fixed work the time limit.
  long windowNanos() {
    if (!order.fixedWork()) {
      return order.window().toNanos();
    }
    double share = (double) order.operations() / order.program().parallelism();
    double predicted = share * predictedNanosPerOperation;
    return (long) Math.max(predicted * limits.fixedWorkPatience(), 1e9);
  }

  /// Whether fixed work has to be done once more so that enough time is scored.
  boolean wantsAnotherRound(int done) {
    return order.fixedWork()
        && scoredNanos < order.window().toNanos()
        && done < limits.largestRounds();
  }

  /// Takes in a round.
  ///
  /// @param clockBoundNanos how far the machines' clocks may have been apart from what was assumed
  /// @return why it does not count, or empty
  Optional<TrialOutcome> round(List<WorkerState> workers, long t0, long t1, long clockBoundNanos) {
    if (started == null) {
      started = Instant.now().minusNanos(System.nanoTime() - t0);
    }
    last = workers.stream().map(w -> Objects.requireNonNull(w.measured)).toList();
    List<ThreadSample> samples = last.stream().flatMap(m -> m.threads().stream()).toList();
    if (samples.size() != order.program().parallelism()
        || last.stream()
            .anyMatch(m -> m.threads().size() != order.program().layout().threadsPerProcess())) {
      return Optional.of(
          new Failed(
              "%d threads handed in a result, %d were ordered"
                  .formatted(samples.size(), order.program().parallelism()),
              ""));
    }
    long scored =
        order.fixedWork()
            ? samples.stream().mapToLong(ThreadSample::finishNanos).max().orElseThrow()
            : t1 - t0;
    if (scored <= 0 || samples.stream().anyMatch(s -> !(s.operations() >= 0))) {
      return Optional.of(new Failed("a worker handed in an impossible result", ""));
    }
    clockBound = Math.max(clockBound, clockBoundNanos);
    Optional<TrialOutcome> spoilt = spoilt(samples, scored, clockBoundNanos);
    if (spoilt.isPresent()) {
      return spoilt;
    }
    threads = threads.isEmpty() ? samples : merged(threads, samples);
    List<Seat> seats = order.seats();
    List<ProcessSample> watched =
        workers.stream().map(worker -> process(worker, seats.get(worker.key.slot()))).toList();
    processes = processes.isEmpty() ? watched : watched(processes, watched);
    scoredNanos += scored;
    if (order.fixedWork()) {
      rounds.add(new RoundSample(scored, verification(Measured::inRound)));
    }
    return Optional.empty();
  }

  /// What a process handed in, with its machine and on the coordinator's clock.
  private ProcessSample process(WorkerState worker, Seat seat) {
    ProcessSample sample = Objects.requireNonNull(worker.measured).process();
    WarmUpSlices warmUp = sample.warmUp();
    ProcessSample onClock =
        warmUp == null ? sample : sample.withWarmUp(warmUp.earlier(worker.aheadNanos));
    return order.cluster().machines() == 1 ? onClock : onClock.on(seat.machine());
  }

  private Optional<TrialOutcome> spoilt(
      List<ThreadSample> samples, long scored, long clockBoundNanos) {
    for (Measured m : last) {
      Double clock = m.process().clockShare();
      if (clock != null && clock > Limits.LARGEST_CLOCK_SHARE) {
        return Optional.of(
            new Failed(
                "%s spent %.1f %% of its time reading the clock, and the limit is %.0f %%: the kernel's clock source is slow, see percore doctor"
                    .formatted(m.key(), 100 * clock, 100 * Limits.LARGEST_CLOCK_SHARE),
                ""));
      }
      if (m.process().stops() > 0) {
        return Optional.of(new Invalidated(m.key() + " was stopped and continued"));
      }
      long waited = m.threads().stream().mapToLong(ThreadSample::runQueueWaitNanos).max().orElse(0);
      long gap = m.process().longestGapNanos();
      if (gap - waited > limits.longestGap().toNanos()) {
        return Optional.of(
            new Invalidated(
                "%s did nothing for %.0f ms, and waiting for a processor explains only %.0f ms"
                    .formatted(m.key(), gap / 1e6, waited / 1e6)));
      }
    }
    long skew = samples.stream().mapToLong(ThreadSample::startSkewNanos).max().orElse(0);
    long allowed = (long) (limits.largestSkewShare() * Math.max(scored, order.window().toNanos()));
    if (skew + clockBoundNanos > allowed) {
      return Optional.of(
          new Invalidated(
              "start skew of %.1f ms%s is above the limit of %.1f ms"
                  .formatted(
                      skew / 1e6,
                      clockBoundNanos == 0
                          ? ""
                          : ", with clocks that may be %.3f ms apart,"
                              .formatted(clockBoundNanos / 1e6),
                      allowed / 1e6)));
    }
    return Optional.empty();
  }

  TrialOutcome outcome() {
    return new Completed(
        new Measurement(
            scoredNanos,
            Math.max(1, rounds.size()),
            threads,
            processes,
            verification(Measured::total),
            rounds,
            launchNanos,
            started,
            null,
            null,
            order.purpose() == Purpose.LOCK
                ? last.stream().flatMap(m -> m.ledgers().stream()).toList()
                : null,
            order.purpose() == Purpose.CALLS ? calls : null,
            clockBound == 0 ? null : Long.valueOf(clockBound)),
        List.of());
  }

  private Verification verification(Function<Measured, Verification> which) {
    List<Verification> parts = last.stream().map(which).toList();
    return new Verification(
        parts.stream().mapToLong(Verification::operations).sum(),
        order.incrementsOnly() ? sum(parts.stream().map(Verification::expectedUpdates)) : null,
        order.incrementsOnly() ? sum(parts.stream().map(Verification::observedUpdates)) : null,
        parts.stream().mapToLong(Verification::netError).sum(),
        parts.stream().mapToLong(Verification::prematureFrees).sum(),
        parts.stream().mapToLong(Verification::doubleFrees).sum(),
        parts.stream().mapToLong(Verification::usesAfterFree).sum(),
        parts.stream().mapToLong(Verification::leaks).sum(),
        parts.stream().allMatch(Verification::workExact));
  }

  private static long sum(Stream<Long> values) {
    return values.mapToLong(Objects::requireNonNull).sum();
  }

  /// Samples of two rounds of the same threads: amounts add up, the largest skew stays.
  private static List<ThreadSample> merged(List<ThreadSample> before, List<ThreadSample> now) {
    List<ThreadSample> merged = new ArrayList<>();
    for (int i = 0; i < now.size(); i++) {
      ThreadSample a = before.get(i);
      ThreadSample b = now.get(i);
      merged.add(
          new ThreadSample(
              b.slot(),
              b.thread(),
              a.operations() + b.operations(),
              a.edgeErrorOperations() + b.edgeErrorOperations(),
              Math.max(a.startSkewNanos(), b.startSkewNanos()),
              a.finishNanos() + b.finishNanos(),
              a.cpuNanos() + b.cpuNanos(),
              a.elapsedNanos() + b.elapsedNanos(),
              a.voluntarySwitches() + b.voluntarySwitches(),
              a.involuntarySwitches() + b.involuntarySwitches(),
              a.runQueueWaitNanos() + b.runQueueWaitNanos(),
              b.cpu(),
              sum(a.migrations(), b.migrations())));
    }
    return merged;
  }

  /// The last round's samples of the processes, with the surroundings of all rounds.
  private static List<ProcessSample> watched(List<ProcessSample> before, List<ProcessSample> now) {
    List<ProcessSample> watched = new ArrayList<>();
    for (int i = 0; i < now.size(); i++) {
      Surroundings earlier = before.get(i).surroundings();
      Surroundings later = now.get(i).surroundings();
      watched.add(
          now.get(i)
              .withSurroundings(earlier == null || later == null ? null : earlier.plus(later)));
    }
    return watched;
  }

  private static @Nullable Long sum(@Nullable Long a, @Nullable Long b) {
    return a == null || b == null ? null : Long.valueOf(a + b);
  }
}

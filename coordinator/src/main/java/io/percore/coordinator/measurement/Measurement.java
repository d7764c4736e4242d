package io.percore.coordinator.measurement;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Everything that a completed trial measured.
///
/// @param windowNanos scored time: the window (fixed time), or the sum over rounds of the time from
///   T0 to the end of the last thread (fixed work)
/// @param rounds scored rounds: one for fixed time
/// @param threads one sample for each thread of each process; summed over rounds for fixed work
/// @param processes one sample for each process
/// @param verification counts over every operation since the processes began
/// @param scoredRounds the rounds of fixed work, in order; empty for fixed time
/// @param launchNanos time from the launch of the first process to the READY of the last
/// @param windowStarted when the window, or the first round, began; null in runs from before that
///   was recorded
/// @param steadyState how its rate went over time; null where that was not asked
/// @param changepoints at which slices of its rate over time that changed, ascending, so that
///   nobody has to look for them again; null where that was not asked, and in runs from before it
///   was recorded
/// @param lockLedgers one for each thread of a watched trial; null for all others
/// @param calls one for each size of call of a trial that was made for them; null for all others
/// @param clockBoundNanos how far the clocks of its machines may have been from what was assumed;
///   null where all of its workers read the coordinator's clock
public record Measurement(
    long windowNanos,
    int rounds,
    List<ThreadSample> threads,
    List<ProcessSample> processes,
    Verification verification,
    List<RoundSample> scoredRounds,
    long launchNanos,
    @Nullable Instant windowStarted,
    @Nullable SteadyState steadyState,
    @Nullable List<Integer> changepoints,
    @Nullable List<LockLedger> lockLedgers,
    @Nullable List<CallSample> calls,
    @Nullable Long clockBoundNanos) {
  public Measurement {
    threads = List.copyOf(threads);
    processes = List.copyOf(processes);
    Objects.requireNonNull(verification);
    scoredRounds = List.copyOf(scoredRounds);
    changepoints = changepoints == null ? null : List.copyOf(changepoints);
    lockLedgers = lockLedgers == null ? null : List.copyOf(lockLedgers);
    calls = calls == null ? null : List.copyOf(calls);
    if (windowNanos <= 0) {
      throw new IllegalArgumentException("a window has a length");
    }
  }

  /// A measurement of workers that read the coordinator's clock.
  public Measurement(
      long windowNanos,
      int rounds,
      List<ThreadSample> threads,
      List<ProcessSample> processes,
      Verification verification,
      List<RoundSample> scoredRounds,
      long launchNanos,
      @Nullable Instant windowStarted,
      @Nullable SteadyState steadyState,
      @Nullable List<LockLedger> lockLedgers,
      @Nullable List<CallSample> calls) {
    this(
        windowNanos,
        rounds,
        threads,
        processes,
        verification,
        scoredRounds,
        launchNanos,
        windowStarted,
        steadyState,
        null,
        lockLedgers,
        calls,
        null);
  }

  /// A measurement of which nobody knows when it was made, or whether it was steady.
  public Measurement(
      long windowNanos,
      int rounds,
      List<ThreadSample> threads,
      List<ProcessSample> processes,
      Verification verification,
      List<RoundSample> scoredRounds,
      long launchNanos) {
    this(
        windowNanos,
        rounds,
        threads,
        processes,
        verification,
        scoredRounds,
        launchNanos,
        null,
        null,
        null,
        null);
  }

  /// The same with its class and the changepoints that it was told from.
  public Measurement withSteadyState(SteadyState state, List<Integer> changes) {
    return new Measurement(
        windowNanos,
        rounds,
        threads,
        processes,
        verification,
        scoredRounds,
        launchNanos,
        windowStarted,
        state,
        changes,
        lockLedgers,
        calls,
        clockBoundNanos);
  }

  /// How many slices its processes have, over all.
  long slices() {
    long slices = 0;
    for (ProcessSample process : processes) {
      slices += ProcessSlices.of(process).count();
    }
    return slices;
  }

  /// The same without the slices of its processes.
  Measurement withoutSlices() {
    return with(processes.stream().map(ProcessSample::withoutSlices).toList());
  }

  /// The same with the slices of its processes, in their order.
  Measurement withSlices(List<ProcessSlices> slices) {
    return with(
        IntStream.range(0, processes.size())
            .mapToObj(i -> processes.get(i).withSlices(slices.get(i)))
            .toList());
  }

  private Measurement with(List<ProcessSample> others) {
    return new Measurement(
        windowNanos,
        rounds,
        threads,
        others,
        verification,
        scoredRounds,
        launchNanos,
        windowStarted,
        steadyState,
        changepoints,
        lockLedgers,
        calls,
        clockBoundNanos);
  }

  /// One scored round of fixed work.
  ///
  /// @param nanos from T0 to the end of the last thread
  /// @param verification counts of this round alone
  public record RoundSample(long nanos, Verification verification) {}

  /// Scored operations of all threads.
  public double operations() {
    double sum = 0;
    for (ThreadSample thread : threads) {
      sum += thread.operations();
    }
    return sum;
  }

  /// Scored operations per second, over all threads.
  public double operationsPerSecond() {
    return operations() * 1e9 / windowNanos;
  }

  /// Thread-nanoseconds per operation: N x window / operations.
  public double nanosPerOperation() {
    return threads.size() * (double) windowNanos / operations();
  }
}

package io.percore.coordinator.session;

import io.percore.coordinator.plan.Cluster;
import io.percore.coordinator.plan.Cluster.Seat;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One attempt at a trial, in every detail that its workers are told.
///
/// @param trial the trial
/// @param attempt attempt at it, from 1
/// @param disciplineParameters of its discipline
/// @param workload id of the workload
/// @param incrementsOnly whether the workload counts lost updates
/// @param workloadParameters of the workload
/// @param operations fixed work over all threads, or 0 for fixed time
/// @param warmUp of each process
/// @param window scored time; for fixed work the least time to score, over rounds
/// @param cluster machines that its processes are spread over
/// @param placements processors of each machine in the order in which they are filled; empty when
///   nothing is pinned
/// @param seed for anything random in a workload
/// @param purpose what is asked of it beside its speed
public record TrialOrder(
    Trial trial,
    int attempt,
    Map<String, String> disciplineParameters,
    String workload,
    boolean incrementsOnly,
    Map<String, String> workloadParameters,
    long operations,
    Duration warmUp,
    Duration window,
    Cluster cluster,
    List<List<Integer>> placements,
    long seed,
    Purpose purpose) {
  public TrialOrder {
    disciplineParameters = Map.copyOf(disciplineParameters);
    workloadParameters = Map.copyOf(workloadParameters);
    placements = placements.stream().map(List::copyOf).toList();
  }

  /// Processors that workers may use, on all machines.
  int hardwareThreads() {
    return cluster.hardwareThreads();
  }

  /// What a trial is for.
  public enum Purpose {
    /// Its speed and nothing else.
    SPEED,
    /// Ledgers of its one lock, which make it slower.
    LOCK,
    /// Calls before its window, in which its processes are handed their work piece by piece.
    CALLS
  }

  /// Sizes of a thread's piece of work, each for about [#callTime].
  static final List<Long> CALL_SIZES =
      List.of(10L, 100L, 1_000L, 10_000L, 100_000L, 1_000_000L, 10_000_000L);

  private static final int CALL_TIME_DIVISOR = 10;
  private static final Duration LEAST_CALL_TIME = Duration.ofMillis(200);
  private static final Duration MOST_CALL_TIME = Duration.ofSeconds(1);

  /// How long calls of one size are made: a tenth of the window, within bounds.
  Duration callTime() {
    Duration time = window.dividedBy(CALL_TIME_DIVISOR);
    if (time.compareTo(LEAST_CALL_TIME) < 0) {
      return LEAST_CALL_TIME;
    }
    return time.compareTo(MOST_CALL_TIME) > 0 ? MOST_CALL_TIME : time;
  }

  Program program() {
    return trial.program();
  }

  boolean fixedWork() {
    return operations > 0;
  }

  /// Threads spin to their start only where each has a processor to spin on.
  boolean spinBeforeStart() {
    return cluster.fits(program().layout());
  }

  /// Where each process runs, by slot.
  List<Seat> seats() {
    return cluster.seats(program());
  }

  /// Processors of the threads of a process; empty when they are not pinned. More threads than
  /// processors share them in turn.
  ///
  /// @param seat where it runs
  List<Integer> cpus(Seat seat) {
    List<Integer> cpus = new ArrayList<>();
    List<Integer> placement = placements.isEmpty() ? List.of() : placements.get(seat.machine());
    if (program().pinned() && !placement.isEmpty()) {
      for (int thread = 0; thread < program().layout().threadsPerProcess(); thread++) {
        cpus.add(placement.get((seat.firstProcessor() + thread) % placement.size()));
      }
    }
    return cpus;
  }

  /// Operations of the threads of a slot for fixed work: an even split, the remainder to the first
  /// threads of the trial. Empty for fixed time.
  List<Long> operationsPerThread(int slot) {
    List<Long> shares = new ArrayList<>();
    if (fixedWork()) {
      int threads = program().layout().threadsPerProcess();
      int parallelism = program().parallelism();
      for (int thread = 0; thread < threads; thread++) {
        boolean extra = slot * threads + thread < operations % parallelism;
        shares.add(operations / parallelism + (extra ? 1 : 0));
      }
    }
    return shares;
  }
}

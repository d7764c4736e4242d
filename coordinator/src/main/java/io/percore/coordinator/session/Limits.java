package io.percore.coordinator.session;

import java.time.Duration;

/// The limits that decide about a trial, all declared before any of them is run.
///
/// @param joinBase time that workers have to join, whatever their number
/// @param joinPerWorkerAndCore further time for each worker that a processor must start
/// @param readySlack time beyond the warm-up until a worker must be ready
/// @param heartbeat interval of heartbeats outside windows
/// @param lease silence outside windows after which a worker counts as lost
/// @param startLead time from the start order to T0, doubled with each attempt
/// @param startLeadPerWorker further lead for each worker
/// @param runOut how long threads run on after the scored window, so that all of it is contended
/// @param resultLease time after T2 until a result must be there
/// @param coordinatorStall stall of the coordinator itself that spoils a trial
/// @param longestGap time without a reading from any thread of a process, beyond what waiting for a
///   processor explains, that spoils a trial
/// @param largestSkewShare start skew that spoils a trial, as a share of the window
/// @param fixedWorkPatience multiple of the predicted time after which fixed work has failed
/// @param largestRounds rounds of fixed work at most
/// @param exitPatience time that a worker has to exit by itself after its result was accepted
public record Limits(
    Duration joinBase,
    Duration joinPerWorkerAndCore,
    Duration readySlack,
    Duration heartbeat,
    Duration lease,
    Duration startLead,
    Duration startLeadPerWorker,
    Duration runOut,
    Duration resultLease,
    Duration coordinatorStall,
    Duration longestGap,
    double largestSkewShare,
    double fixedWorkPatience,
    int largestRounds,
    Duration exitPatience) {

  /// Rounds of fixed work whose start may come too late in one attempt; each doubles the lead.
  static final int MOST_MISSED_ROUNDS = 5;

  /// Times that a warm-up is run at most, while its rate still grows.
  static final int MOST_WARM_UPS = 4;

  /// Time for calls that are made so that later ones find loaded and compiled code.
  static final Duration CALL_WARM_UP = Duration.ofSeconds(3);

  /// Calls that would take longer are not made.
  static final Duration LONGEST_CALL = Duration.ofSeconds(1);

  /// Part of a window that may go into reading the clock.
  static final double LARGEST_CLOCK_SHARE = 0.05;

  private static final int WARM_LEAD_DIVISOR = 4;
  private static final Duration ANY = Duration.ofNanos(Long.MAX_VALUE);

  /// The limits of every run.
  public static Limits standard() {
    return new Limits(
        Duration.ofSeconds(10),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofMillis(50),
        Duration.ofMillis(5),
        Duration.ofMillis(50),
        Duration.ofSeconds(2),
        Duration.ofSeconds(1),
        Duration.ofMillis(50),
        0.05,
        10,
        1000,
        Duration.ofSeconds(2));
  }

  /// The limits of a trial of which no figure counts: only that it ends. A machine too busy for
  /// figures still shows that workers can run on it.
  ///
  /// @param exitPatience time that a worker has to exit by itself
  public static Limits rehearsal(Duration exitPatience) {
    Limits standard = standard();
    return new Limits(
        standard.joinBase,
        standard.joinPerWorkerAndCore,
        standard.readySlack,
        standard.heartbeat,
        standard.lease,
        standard.startLead,
        standard.startLeadPerWorker,
        standard.runOut,
        standard.resultLease,
        ANY,
        ANY,
        Double.POSITIVE_INFINITY,
        standard.fixedWorkPatience,
        standard.largestRounds,
        exitPatience);
  }

  /// Time that the workers of a trial have to join.
  Duration join(int workers, int hardwareThreads) {
    return joinBase.plus(
        joinPerWorkerAndCore.multipliedBy(-Math.floorDiv(-workers, hardwareThreads)));
  }

  /// Time from the start order to T0.
  Duration lead(int workers, int attempt, int round) {
    Duration first =
        startLead.plus(startLeadPerWorker.multipliedBy(workers)).multipliedBy(1L << (attempt - 1));
    // By the second round the workers' JVMs have loaded and run all that a start needs.
    return round == 1 ? first : first.dividedBy(WARM_LEAD_DIVISOR);
  }
}

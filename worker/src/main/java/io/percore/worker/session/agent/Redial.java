package io.percore.worker.session.agent;

import java.time.Duration;

/// How an agent whose connection was lost dials again. For how long it does so, the coordinator has
/// said when it let it in.
///
/// @param unansweredPatience for how long where the connection was lost before the coordinator has
///   said anything: it may have let the agent in
/// @param refusedPatience for how long at most while nothing listens at the coordinator's port,
///   which says that its process has ended
/// @param firstPause before the first time
/// @param longestPause that doubling it ends at
public record Redial(
    Duration unansweredPatience,
    Duration refusedPatience,
    Duration firstPause,
    Duration longestPause) {
  /// What every agent uses.
  public static final Redial STANDARD =
      new Redial(
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofMillis(100),
          Duration.ofSeconds(5));

  private static final int MOST_DOUBLINGS = 20;

  /// The pause before a dial: up to half shorter or longer by chance, so that agents that were lost
  /// together do not come back together.
  ///
  /// @param dials that were made before
  /// @param chance in [0, 1)
  Duration pause(int dials, double chance) {
    long doubled = firstPause.toNanos() << Math.min(dials, MOST_DOUBLINGS);
    return Duration.ofNanos((long) (Math.min(doubled, longestPause.toNanos()) * (0.5 + chance)));
  }
}

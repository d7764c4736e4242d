package io.percore.worker.session;

import java.time.Duration;

/// How long a session waits for what.
///
/// @param heartbeat interval of heartbeats outside of windows
/// @param lease silence of the coordinator after which it counts as gone; in a window it runs from
///   T2
/// @param joinPatience the same before its first message: the coordinator may have many workers to
///   let in
/// @param ownStall a delay of this process itself from which on silence is no longer held against
///   the coordinator
/// @param farewell wait for the coordinator to end the stream after the last message
public record SessionTimings(
    Duration heartbeat,
    Duration lease,
    Duration joinPatience,
    Duration ownStall,
    Duration farewell) {
  /// What every worker uses.
  public static final SessionTimings STANDARD =
      new SessionTimings(
          Duration.ofMillis(500),
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofMillis(500));
}

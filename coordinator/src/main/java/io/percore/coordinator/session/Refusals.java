package io.percore.coordinator.session;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the log of peers that were turned away: of the first ones with the reason, of all others
/// only how many they were, so that nobody can fill a disk by knocking. Thread-safe.
final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
  private static final long MOST_LINES = 20;

  /// Guarded by this monitor.
  private long number;

  /// @param who a worker or an agent
  /// @param reason in one line, without anything of the peer's that was not made printable
  synchronized void add(String who, String reason) {
    number++;
    if (number <= MOST_LINES) {
      LOG.warn("refused {}: {}", who, reason);
    }
    if (number == MOST_LINES) {
      LOG.warn("further refusals are only counted");
    }
  }

  /// How many there were.
  synchronized long number() {
    return number;
  }

  /// Says how many were only counted.
  void close() {
    long untold = number() - MOST_LINES;
    if (untold > 0) {
      LOG.warn("refused {} more peers", untold);
    }
  }
}

package io.percore.coordinator.session;

import java.util.Comparator;
import java.util.List;

/// How far the clock of another machine is ahead of the coordinator's, and how far that may be
/// wrong. Clocks are those of [System#nanoTime()]. Pure.
///
/// @param nanos what the other clock shows beyond the own one
/// @param boundNanos the true offset is within this much of `nanos`, not below 0
public record ClockOffset(long nanos, long boundNanos) {
  /// Two readers of one clock.
  static final ClockOffset NONE = new ClockOffset(0, 0);

  /// A question and its answer.
  ///
  /// @param sentNanos own clock when the question went out
  /// @param answeredNanos the other clock at some moment after that
  /// @param receivedNanos own clock when the answer had come in
  record RoundTrip(long sentNanos, long answeredNanos, long receivedNanos) {
    long nanos() {
      return receivedNanos - sentNanos;
    }

    /// The answer was given at some moment of the round trip: the middle of it is off by half of it
    /// at the most, however unlike the two ways are (Cristian, "Probabilistic clock
    /// synchronization", 1989).
    ClockOffset offset() {
      long half = nanos() - nanos() / 2;
      return new ClockOffset(answeredNanos - (sentNanos + nanos() / 2), half);
    }
  }

  /// From several round trips, of which the shortest says most.
  ///
  /// @throws IllegalArgumentException when there is none
  static ClockOffset of(List<RoundTrip> trips) {
    return trips.stream()
        .min(Comparator.comparingLong(RoundTrip::nanos))
        .orElseThrow(() -> new IllegalArgumentException("no round trip"))
        .offset();
  }

  /// Whether both can be true of one clock.
  boolean agreesWith(ClockOffset other) {
    return Math.abs(nanos - other.nanos) <= boundNanos + other.boundNanos;
  }

  /// What is known of a moment between two measurements when the first offset is used for it: both
  /// bounds, and what the clocks have drifted apart meanwhile.
  ///
  /// @param later the same clock, measured later
  ClockOffset until(ClockOffset later) {
    return new ClockOffset(nanos, boundNanos + later.boundNanos + Math.abs(later.nanos - nanos));
  }
}

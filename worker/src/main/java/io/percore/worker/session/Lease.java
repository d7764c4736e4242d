package io.percore.worker.session;

import java.time.Duration;

/// Until when the coordinator may be silent. Pure: the time is always given. Times are those of
/// [System#nanoTime()], compared by their difference.
public final class Lease {
  private final long leaseNanos;
  private final long ownStallNanos;
  private long lastHeard;
  private long deadline;

  /// @param timings of the session
  /// @param now when it began
  public Lease(SessionTimings timings, long now) {
    this.leaseNanos = timings.lease().toNanos();
    this.ownStallNanos = timings.ownStall().toNanos();
    this.lastHeard = now;
    this.deadline = now + timings.joinPatience().toNanos();
  }

  /// The coordinator spoke.
  ///
  /// @param silentUntil end of the silence that was agreed upon; in the past when there is none
  public void heard(long now, long silentUntil) {
    long base = silentUntil - now > 0 ? silentUntil : now;
    lastHeard = base;
    deadline = base + leaseNanos;
  }

  /// This process meant to look at `expected` and did so at `now`. When it was stopped or starved
  /// in between, the silence may be its own: the coordinator gets one lease more.
  public void woke(long expected, long now) {
    if (now - expected > ownStallNanos && now + leaseNanos - deadline > 0) {
      deadline = now + leaseNanos;
    }
  }

  /// How long the coordinator has been silent when it should have spoken.
  public Duration silence(long now) {
    return Duration.ofNanos(now - lastHeard);
  }

  /// Whether it has been silent for too long.
  public boolean expired(long now) {
    return remaining(now) <= 0;
  }

  /// Nanoseconds that are left; not positive when it has expired.
  public long remaining(long now) {
    return deadline - now;
  }
}

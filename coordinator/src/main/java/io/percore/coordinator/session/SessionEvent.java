package io.percore.coordinator.session;

import io.percore.coordinator.measurement.LockLedger;
import io.percore.coordinator.measurement.ProcessSample;
import io.percore.coordinator.measurement.ThreadSample;
import io.percore.coordinator.measurement.Verification;
import io.percore.coordinator.measurement.WarmUpSlices;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happened to one worker. Events are put into one queue by whoever sees them happen and
/// handled by the one thread that conducts the trial, so that no state of a trial is ever shared.
sealed interface SessionEvent {
  /// Which worker.
  SessionKey key();

  /// It dialled in with its secret.
  ///
  /// @param link how to answer it
  /// @param pid its process id
  /// @param clock identity of the clock that it reads
  record Joined(SessionKey key, WorkerLink link, long pid, ClockIdentity clock)
      implements SessionEvent {}

  /// It lives.
  record Alive(SessionKey key) implements SessionEvent {}

  /// Its threads are warm and parked.
  ///
  /// @param warmUp null when the worker does not say
  /// @param canaryPerSecond dependent additions per second before warm-up; 0 when it does not say
  /// @param tripNanos time of a cache line's way to and fro before warm-up; not above 0 when
  ///   unknown
  /// @param clockNanosPerReading what it costs to read the clock; 0 when it does not say
  record Ready(
      SessionKey key,
      long batchOperations,
      double predictedNanosPerOperation,
      double floorNanosPerOperation,
      boolean pinned,
      String notPinnedReason,
      @Nullable WarmUpSlices warmUp,
      double canaryPerSecond,
      double tripNanos,
      double clockNanosPerReading)
      implements SessionEvent {
    /// Part of a batch that the one reading of the clock takes; null when unknown.
    @Nullable Double clockShare() {
      double batch = batchOperations * predictedNanosPerOperation;
      return clockNanosPerReading > 0 && batch > 0 && Double.isFinite(batch)
          ? Double.valueOf(clockNanosPerReading / batch)
          : null;
    }
  }

  /// It did the work of a call.
  record CallDone(SessionKey key, long number) implements SessionEvent {}

  /// It accepted a start and is silent from now on.
  record Armed(SessionKey key, int round) implements SessionEvent {}

  /// The start came too late to be obeyed.
  record Missed(SessionKey key, int round, long lateNanos) implements SessionEvent {}

  /// What it measured in a round.
  record Measured(
      SessionKey key,
      int round,
      List<ThreadSample> threads,
      ProcessSample process,
      Verification total,
      Verification inRound,
      List<LockLedger> ledgers)
      implements SessionEvent {
    public Measured {
      threads = List.copyOf(threads);
      ledgers = List.copyOf(ledgers);
    }
  }

  /// It says that it cannot go on.
  record WorkerFailed(SessionKey key, String reason, String detail) implements SessionEvent {}

  /// Its stream ended.
  record StreamEnded(SessionKey key, String cause) implements SessionEvent {}

  /// Its process ended.
  record Exited(SessionKey key, WorkerHost.Exit exit) implements SessionEvent {}
}

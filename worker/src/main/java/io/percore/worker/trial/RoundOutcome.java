package io.percore.worker.trial;

import java.util.List;

/// How a round ended.
public sealed interface RoundOutcome {
  /// It was run to its end.
  ///
  /// @param threads one for each thread, in their order
  /// @param process what concerns the process as a whole
  /// @param total counts over every operation since the runner was made
  /// @param round counts over this round alone
  /// @param ledgers one for each thread where the trial's lock is watched; else none
  record Completed(
      List<ThreadSample> threads,
      ProcessSample process,
      Verification total,
      Verification round,
      List<LockLedger> ledgers)
      implements RoundOutcome {
    public Completed {
      threads = List.copyOf(threads);
      ledgers = List.copyOf(ledgers);
    }
  }

  /// T0 had passed when the order came; nothing was run.
  ///
  /// @param lateNanos by how much
  record Missed(long lateNanos) implements RoundOutcome {}

  /// Fixed work was not done by its time limit.
  ///
  /// @param reason in one line
  record TimedOut(String reason) implements RoundOutcome {}
}

package io.percore.worker.session;

import io.percore.proto.Prepare;
import io.percore.proto.Ready;
import io.percore.proto.Result;
import io.percore.proto.Start;

/// The work of one trial, as a session sees it. [#warmUp] and then [#call] and [#run] are called by
/// one thread, one after the other; [#close] by another, at any time.
public interface TrialExecution extends AutoCloseable {
  /// Makes the execution that an order describes.
  @FunctionalInterface
  interface Factory {
    /// Makes it; the caller closes it.
    ///
    /// @throws IllegalArgumentException in one line, when the order cannot be carried out
    TrialExecution create(Prepare order);
  }

  /// How a round ended.
  sealed interface RoundEnd {
    /// It was run to its end.
    ///
    /// @param result with everything but the number of the round
    record Scored(Result result) implements RoundEnd {}

    /// It could not begin in time and was not run.
    ///
    /// @param lateNanos how late it was
    record Missed(long lateNanos) implements RoundEnd {}

    /// It was not done by its time limit.
    ///
    /// @param reason in one line
    record TimedOut(String reason) implements RoundEnd {}
  }

  /// Warms up; returns when the threads wait for a start.
  Ready warmUp() throws InterruptedException;

  /// Does some work at once, after the warm-up and before the first round; returns when all threads
  /// are quiescent.
  ///
  /// @param operationsPerThread at least 1
  void call(long operationsPerThread) throws InterruptedException;

  /// Runs one round; returns when all threads are quiescent.
  RoundEnd run(Start order) throws InterruptedException;

  /// Stops the threads promptly, in any phase. Does nothing the second time.
  @Override
  void close();
}

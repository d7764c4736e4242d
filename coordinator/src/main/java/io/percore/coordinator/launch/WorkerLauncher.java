package io.percore.coordinator.launch;

import java.io.IOException;
import java.util.function.Consumer;

/// A way of starting worker processes.
///
/// A launcher starts processes and ends them; it never speaks the protocol. What it starts dials in
/// to the coordinator by itself.
public sealed interface WorkerLauncher permits LocalLauncher {

  /// Starts one worker process and returns at once.
  ///
  /// @param order what it shall join as, and how
  /// @param onExit told once, on a thread of the launcher, when the process has ended
  /// @throws IOException when the process cannot be started
  WorkerProcess launch(JoinOrder order, Consumer<Exit> onExit) throws IOException;

  /// What a worker is told so that it can join.
  ///
  /// @param address `host:port` of the coordinator
  /// @param run identity of the run
  /// @param trial index of the trial
  /// @param attempt attempt at it, from 1
  /// @param slot worker within the trial, from 0
  /// @param secret one-time secret in hex; goes over standard input, never on a command line
  record JoinOrder(String address, String run, int trial, int attempt, int slot, String secret) {
    /// Without the secret: this text may be logged.
    @Override
    public String toString() {
      return "worker " + slot + " of trial " + trial + " attempt " + attempt + " at " + address;
    }
  }

  /// How a worker process ended.
  ///
  /// @param slot the worker
  /// @param code exit code; 128 + signal when a signal ended it
  /// @param stderrTail the end of what it wrote to standard error
  record Exit(int slot, int code, String stderrTail) {}
}

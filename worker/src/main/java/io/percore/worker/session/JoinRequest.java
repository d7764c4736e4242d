package io.percore.worker.session;

import io.percore.proto.SessionId;

/// Where a worker dials in, who it is, and what lets it in.
///
/// @param coordinator where the coordinator listens
/// @param run identity of the run
/// @param trial index of the trial, from 0
/// @param attempt at that trial, from 1
/// @param slot of this worker among those of the trial, from 0
/// @param secret accepted once
public record JoinRequest(
    CoordinatorAddress coordinator, String run, int trial, int attempt, int slot, Secret secret) {
  public JoinRequest {
    if (run.isEmpty() || trial < 0 || attempt < 1 || slot < 0) {
      throw new IllegalArgumentException(
          "no such session: run '"
              + run
              + "' trial "
              + trial
              + " attempt "
              + attempt
              + " slot "
              + slot);
    }
  }

  SessionId sessionId() {
    return SessionId.newBuilder()
        .setRun(run)
        .setTrial(trial)
        .setAttempt(attempt)
        .setSlot(slot)
        .build();
  }
}

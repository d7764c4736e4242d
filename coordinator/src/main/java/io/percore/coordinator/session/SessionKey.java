package io.percore.coordinator.session;

/// Which session a message belongs to.
///
/// @param run identity of the run
/// @param trial index of the trial
/// @param attempt attempt at it, from 1
/// @param slot worker within the trial, from 0
public record SessionKey(String run, int trial, int attempt, int slot) {
  @Override
  public String toString() {
    return "worker " + slot + " of trial " + trial + ", attempt " + attempt;
  }
}

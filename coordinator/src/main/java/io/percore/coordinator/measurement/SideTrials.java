package io.percore.coordinator.measurement;

import java.util.List;

/// Attempts at trials that belong to no point of a run: they were made at its end for what the
/// timed trials cannot tell.
///
/// @param watched made to watch their lock, and slower for it
/// @param memory made with a heap that is not touched beforehand
public record SideTrials(List<TrialRecord> watched, List<TrialRecord> memory) {
  public static final SideTrials NONE = new SideTrials(List.of(), List.of());

  public SideTrials {
    watched = List.copyOf(watched);
    memory = List.copyOf(memory);
  }
}

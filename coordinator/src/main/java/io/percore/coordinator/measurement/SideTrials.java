package io.percore.coordinator.measurement;

import java.util.List;
import java.util.stream.Stream;

/// Attempts at trials that belong to no point of a run: they were made at its end for what the
/// timed trials cannot tell.
///
/// @param watched made to watch their lock, and slower for it
/// @param memory made with a heap that is not touched beforehand
/// @param called made to find out what it costs to hand work to processes piece by piece
/// @param logged made with a JVM that writes down what it compiles, and slower for it
public record SideTrials(
    List<TrialRecord> watched,
    List<TrialRecord> memory,
    List<TrialRecord> called,
    List<TrialRecord> logged) {
  public static final SideTrials NONE = new SideTrials(List.of(), List.of(), List.of(), List.of());

  public SideTrials {
    watched = List.copyOf(watched);
    memory = List.copyOf(memory);
    called = List.copyOf(called);
    logged = List.copyOf(logged);
  }

  /// All of them.
  public Stream<TrialRecord> stream() {
    return Stream.of(watched, memory, called, logged).flatMap(List::stream);
  }
}

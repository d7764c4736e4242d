package io.percore.coordinator.plan;

import java.util.Objects;

/// What a trial executes, down to the last thing that can change its speed. Two points with equal
/// programs share their trials.
///
/// @param discipline id of the discipline
/// @param sharing who shares an object; always {@link Sharing#PROCESS} with one thread in each
///   process, where the two are the same
/// @param layout processes and threads
/// @param pinned whether each thread is bound to one processor
public record Program(String discipline, Sharing sharing, Layout layout, boolean pinned) {
  public Program {
    Objects.requireNonNull(discipline);
    Objects.requireNonNull(layout);
    sharing = layout.threadsPerProcess() == 1 ? Sharing.PROCESS : Objects.requireNonNull(sharing);
  }

  /// Threads that do the work, over all processes.
  public int parallelism() {
    return layout.parallelism();
  }
}

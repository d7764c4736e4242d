package io.percore.coordinator.plan;

import java.util.Objects;

/// One point of one curve: a strategy at one parallelism.
///
/// @param strategy the curve
/// @param program what runs there; its parallelism is the point's
public record ScalePoint(Strategy strategy, Program program) {
  public ScalePoint {
    Objects.requireNonNull(strategy);
    Objects.requireNonNull(program);
  }

  /// Threads that do the work, over all processes.
  public int parallelism() {
    return program.parallelism();
  }
}

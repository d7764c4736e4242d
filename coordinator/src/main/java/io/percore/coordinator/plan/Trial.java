package io.percore.coordinator.plan;

import java.util.Objects;

/// One planned execution of a program in fresh JVMs: one fork.
///
/// @param index position in the planned order of the run, from 0
/// @param block randomised complete block that it belongs to, from 0
/// @param program what it executes
public record Trial(int index, int block, Program program) {
  public Trial {
    Objects.requireNonNull(program);
    if (index < 0 || block < 0) {
      throw new IllegalArgumentException("negative trial index or block");
    }
  }
}

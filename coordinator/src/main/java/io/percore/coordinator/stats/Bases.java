package io.percore.coordinator.stats;

import io.percore.coordinator.plan.Layout;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Sharing;
import io.percore.coordinator.plan.Strategy;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which program each point is compared with. With one thread in one process layout and sharing
/// make no difference, so the base of `unshared`, of `processes` and of `d@PxT` is the same program
/// as that of their discipline.
final class Bases {
  private static final Layout ALONE = new Layout(1, 1);

  private final Set<Program> programs;

  /// @param programs all programs of the run
  Bases(Set<Program> programs) {
    this.programs = Set.copyOf(programs);
  }

  /// The same discipline with one thread, under the same collector, pinned like `program` where
  /// there is such a program; null when the run has none.
  @Nullable Program own(Program program) {
    return alone(program.discipline(), program);
  }

  /// The plain sequential run under the same collector, pinned like `program` where there is such a
  /// one; null when the run has none.
  @Nullable Program sequential(Program program) {
    return alone(Strategy.PLAIN, program);
  }

  private @Nullable Program alone(String discipline, Program like) {
    return Stream.of(like.pinned(), !like.pinned())
        .map(p -> new Program(discipline, Sharing.PROCESS, ALONE, p, like.collector()))
        .filter(programs::contains)
        .findFirst()
        .orElse(null);
  }
}

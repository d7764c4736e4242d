package io.percore.coordinator.report.several;

import io.percore.coordinator.stats.RunComparison;
import io.percore.coordinator.stats.RunComparison.PointChange;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A run beside the first one.
///
/// @param run the run
/// @param differences what a rate depends on and what is not the same in both
/// @param withheld strategies that are something else in each, and have no ratio: name and reason
/// @param comparison ratios of its rates to those of the first, or null where the runs differ in
///   more than one factor and a ratio would not say what makes it
record Relation(
    NamedRun run,
    List<Difference> differences,
    List<Withheld> withheld,
    @Nullable RunComparison comparison) {

  /// Something that differs.
  ///
  /// @param factor what it is a part of
  /// @param what differs, in a word or two
  /// @param first how it is in the first run; of a list what this one lacks, perhaps nothing
  /// @param here how it is in this one, likewise
  record Difference(Factor factor, String what, String first, String here) {}

  /// A strategy without a ratio.
  record Withheld(String strategy, String reason) {}

  Relation {
    differences = List.copyOf(differences);
    withheld = List.copyOf(withheld);
  }

  /// The factors in which the runs differ.
  Set<Factor> factors() {
    Set<Factor> factors = EnumSet.noneOf(Factor.class);
    differences.forEach(difference -> factors.add(difference.factor()));
    return factors;
  }

  /// The change of a point, where there is a ratio.
  Optional<PointChange> change(String strategy, int parallelism) {
    return comparison == null
        ? Optional.empty()
        : comparison.points().stream()
            .filter(point -> point.strategy().equals(strategy))
            .filter(point -> point.parallelism() == parallelism)
            .findFirst();
  }

  /// The same with ratios.
  Relation with(RunComparison ratios) {
    return new Relation(run, differences, withheld, ratios);
  }
}

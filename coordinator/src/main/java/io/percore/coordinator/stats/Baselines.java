package io.percore.coordinator.stats;

import io.percore.coordinator.plan.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds pairs of strategies whose runs at N = 1 should agree and do not: then their speedups rest
/// on different ground and must not be compared.
final class Baselines {
  /// Difference that an interval must exclude before anybody is warned.
  private static final double TOLERANCE = 0.03;

  private Baselines() {}

  /// One line for each pair of points at N = 1 with the same discipline and collector and different
  /// programs.
  static List<String> warnings(List<PointSummary> points, Function<Program, Forks> forksOf) {
    List<PointSummary> bases = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (PointSummary point : points) {
      if (point.parallelism() != 1 || bases.stream().anyMatch(base -> sameProgram(base, point))) {
        continue;
      }
      for (PointSummary base : bases) {
        String warning = warning(point, base, forksOf);
        if (warning != null) {
          warnings.add(warning);
        }
      }
      bases.add(point);
    }
    return warnings;
  }

  /// Whether an interval of a ratio excludes that both are the same, but for a tolerance.
  static boolean differ(Interval ratio) {
    return ratio.low() > 1 + TOLERANCE || ratio.high() < 1 / (1 + TOLERANCE);
  }

  private static boolean sameProgram(PointSummary a, PointSummary b) {
    return a.point().program().equals(b.point().program());
  }

  private static @Nullable String warning(
      PointSummary point, PointSummary base, Function<Program, Forks> forksOf) {
    Program program = point.point().program();
    Program other = base.point().program();
    if (!program.discipline().equals(other.discipline())
        || program.collector() != other.collector()) {
      return null;
    }
    Estimate ratio = forksOf.apply(program).over(forksOf.apply(other));
    Interval interval = ratio == null ? null : ratio.interval();
    if (ratio == null || interval == null || !differ(interval)) {
      return null;
    }
    return String.format(
        Locale.ROOT,
        "at N = 1 %s%s does %.3gx [%.3g, %.3g] the work of %s%s, although both are one thread of"
            + " %s: their speedups rest on different bases",
        point.strategy(),
        binding(program),
        ratio.value(),
        interval.low(),
        interval.high(),
        base.strategy(),
        binding(other),
        program.discipline());
  }

  private static String binding(Program program) {
    return program.pinned() ? " (pinned)" : " (not pinned)";
  }
}

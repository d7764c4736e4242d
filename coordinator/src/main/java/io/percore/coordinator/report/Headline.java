package io.percore.coordinator.report;

import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Sharing;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.PointSummary;
import io.percore.coordinator.stats.ScalingSummary;
import io.percore.coordinator.stats.ScalingSummary.Comparison;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The one sentence that answers the question of the run.
///
/// Processes mostly win because they share nothing. So a gain over threads that share is attributed
/// to not sharing first, as far as threads that share nothing have it too, and only what is left to
/// processes.
final class Headline {
  private final ScalingSummary summary;

  Headline(ScalingSummary summary) {
    this.summary = summary;
  }

  String sentence() {
    return attribution().or(this::ranking).orElseGet(this::alone);
  }

  private Optional<String> attribution() {
    Set<String> disciplines =
        summary.contrasts().stream()
            .map(contrast -> program(contrast.strategy(), contrast.parallelism()).discipline())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return disciplines.stream()
        .map(this::contrasts)
        .max(Comparator.comparingInt(Contrasts::size))
        .flatMap(this::attribution);
  }

  private Optional<String> attribution(Contrasts contrasts) {
    Optional<String> notSharing = contrasts.unsharedToShared().map(this::notSharing);
    if (notSharing.isPresent()) {
      return Optional.of(
          notSharing.get() + contrasts.processesToUnshared().map(this::added).orElse("") + ".");
    }
    return contrasts
        .processesToShared()
        .map(c -> processes(c) + (standing(c) == Standing.MORE ? unattributed(c) : "") + ".")
        .or(() -> contrasts.processesToUnshared().map(c -> processes(c) + "."));
  }

  private String unattributed(Comparison c) {
    return "; what of that is not sharing and what is processes cannot be told without threads of "
        + program(c.strategy(), c.parallelism()).discipline()
        + " that share nothing";
  }

  private String notSharing(Comparison c) {
    return at(c)
        + switch (standing(c)) {
          case MORE -> "not sharing is what pays: " + does(c);
          case LESS -> "not sharing costs: " + does(c);
          case SAME -> "no gain from not sharing is seen: " + same(c);
          case UNKNOWN -> does(c);
          case UNSETTLED -> "the gain from not sharing is not settled: " + unsettled(c);
        };
  }

  private String added(Comparison c) {
    return switch (standing(c)) {
      case MORE -> "; separate processes add to that: " + does(c);
      case LESS -> "; separate processes fall behind that: " + does(c);
      case SAME -> "; separate processes show no difference: " + same(c);
      case UNKNOWN -> "; " + does(c);
      case UNSETTLED -> "; what separate processes add is not settled: " + unsettled(c);
    };
  }

  private String processes(Comparison c) {
    return at(c)
        + switch (standing(c)) {
          case MORE, LESS, UNKNOWN -> does(c);
          case SAME -> same(c);
          case UNSETTLED -> unsettled(c);
        };
  }

  /// The fastest, and what cannot be told from it.
  private Optional<String> ranking() {
    if (summary.comparisons().isEmpty()) {
      return Optional.empty();
    }
    Comparison best = summary.comparisons().getFirst();
    String rate =
        summary
            .point(best.reference(), best.parallelism())
            .map(PointSummary::throughputMedian)
            .map(median -> ", " + Quantities.rate(median) + " (median)")
            .orElse("");
    String among = " of the " + compared(summary.comparisons());
    List<Comparison> equals = with(Standing.SAME);
    if (!equals.isEmpty()) {
      return Optional.of(
          at(best) + equals.stream().map(Headline::same).collect(Collectors.joining("; ")) + ".");
    }
    return Optional.of(
        at(best)
            + best.reference()
            + summary.comparisons().stream()
                .filter(c -> standing(c) != Standing.LESS)
                .findFirst()
                .map(
                    c ->
                        " has the highest median"
                            + among
                            + rate
                            + ", but no order is settled: "
                            + undecided(c))
                .orElse(" does the most work" + among + rate + "; next, " + does(best))
            + ".");
  }

  /// `4 compared`: the negative control and the sequential base are none of them, and may do more.
  static String compared(List<Comparison> comparisons) {
    return comparisons.size() + 1 + " compared";
  }

  private static String undecided(Comparison c) {
    return c.ratio().interval() == null ? does(c) : unsettled(c);
  }

  private List<Comparison> with(Standing standing) {
    return summary.comparisons().stream().filter(c -> standing(c) == standing).toList();
  }

  /// For a run with nothing to compare: how the only strategy scales.
  private String alone() {
    Optional<PointSummary> last =
        summary.points().stream()
            .filter(point -> point.forks() > 0)
            .max(
                Comparator.comparingInt(PointSummary::parallelism)
                    .thenComparingInt(point -> point.exactRequired() ? 1 : 0));
    return last.map(Headline::scaling).orElse("No trial has a usable result.");
  }

  private static String scaling(PointSummary point) {
    Double median = point.throughputMedian();
    String rate = median == null ? "" : " " + Quantities.rate(median) + " (median)";
    Estimate speedup = point.speedup();
    if (point.parallelism() == 1 || speedup == null) {
      return point.strategy() + " does" + rate + " at N = " + point.parallelism() + ".";
    }
    return point.strategy()
        + " does"
        + rate
        + " at N = "
        + point.parallelism()
        + ": "
        + Quantities.ratio(speedup)
        + withoutInterval(speedup)
        + " its own N = 1.";
  }

  private Standing standing(Comparison comparison) {
    return Standing.of(comparison, summary);
  }

  private static String at(Comparison c) {
    return "At N = " + c.parallelism() + " ";
  }

  /// `unshared does 4.30x [4.21, 4.39] the work of global-lock`.
  static String does(Comparison c) {
    return c.strategy()
        + " does "
        + Quantities.ratio(c.ratio())
        + withoutInterval(c.ratio())
        + " the work of "
        + c.reference();
  }

  /// `processes and unshared are indistinguishable at ±1.3 %`.
  static String same(Comparison c) {
    Interval interval = c.ratio().interval();
    return c.strategy()
        + " and "
        + c.reference()
        + " are indistinguishable"
        + (interval == null ? "" : " at ±" + Quantities.reach(interval));
  }

  private static String unsettled(Comparison c) {
    return does(c) + " by the mean of the paired logarithms, and the medians say the opposite";
  }

  static String withoutInterval(Estimate ratio) {
    return ratio.interval() == null ? " (no interval)" : "";
  }

  private Program program(String strategy, int parallelism) {
    return summary.point(strategy, parallelism).orElseThrow().point().program();
  }

  /// The contrasts of one discipline between its three pure forms.
  private record Contrasts(
      Optional<Comparison> unsharedToShared,
      Optional<Comparison> processesToUnshared,
      Optional<Comparison> processesToShared) {
    int size() {
      return (int)
          List.of(unsharedToShared, processesToUnshared, processesToShared).stream()
              .filter(Optional::isPresent)
              .count();
    }
  }

  private Contrasts contrasts(String discipline) {
    Predicate<Program> processes = program -> program.layout().threadsPerProcess() == 1;
    Predicate<Program> unshared = program -> program.sharing() == Sharing.THREAD;
    Predicate<Program> shared =
        program ->
            program.layout().processes() == 1
                && program.layout().threadsPerProcess() > 1
                && program.sharing() == Sharing.PROCESS;
    return new Contrasts(
        contrast(discipline, unshared, shared),
        contrast(discipline, processes, unshared),
        contrast(discipline, processes, shared));
  }

  private Optional<Comparison> contrast(
      String discipline, Predicate<Program> less, Predicate<Program> more) {
    return summary.contrasts().stream()
        .filter(c -> program(c.strategy(), c.parallelism()).discipline().equals(discipline))
        .filter(c -> less.test(program(c.strategy(), c.parallelism())))
        .filter(c -> more.test(program(c.reference(), c.parallelism())))
        .findFirst();
  }
}

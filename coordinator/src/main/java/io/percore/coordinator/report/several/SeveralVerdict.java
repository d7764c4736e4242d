package io.percore.coordinator.report.several;

import io.percore.coordinator.plan.Strategy;
import io.percore.coordinator.report.Quantities;
import io.percore.coordinator.report.several.Relation.Difference;
import io.percore.coordinator.report.several.Relation.Withheld;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.PointSummary;
import io.percore.coordinator.stats.RunComparison;
import io.percore.coordinator.stats.RunComparison.Change;
import io.percore.coordinator.stats.RunComparison.PointChange;
import io.percore.coordinator.stats.ScalingSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What several runs say together, in words: generated from their figures and from nothing else. A
/// difference between runs is claimed only where an adjusted interval shows one, and a ratio never
/// where it would not say what makes it. Names are not escaped: each output escapes for itself.
final class SeveralVerdict {
  private static final int LISTED = 6;

  private final SideBySide runs;

  private SeveralVerdict(SideBySide runs) {
    this.runs = runs;
  }

  /// The sentences, the most important first; never empty.
  static List<String> sentences(SideBySide runs) {
    SeveralVerdict verdict = new SeveralVerdict(runs);
    return Stream.of(
            runs.relations().stream().flatMap(verdict::relation),
            verdict.leaders().stream(),
            verdict.unpaired().stream(),
            runs.runs().stream().flatMap(run -> trouble(run).stream()))
        .flatMap(sentences -> sentences)
        .toList();
  }

  /// The strategy with the highest median, and where.
  private record Lead(String strategy, int parallelism) {}

  /// Whether the same way leads everywhere: what one run alone cannot say. By the medians alone,
  /// since what can be told apart within a run is for that run to say.
  private Optional<String> leaders() {
    Map<Lead, List<NamedRun>> byLead = new LinkedHashMap<>();
    for (NamedRun run : runs.runs()) {
      lead(run.report().summary())
          .ifPresent(lead -> byLead.computeIfAbsent(lead, _ -> new ArrayList<>()).add(run));
    }
    if (byLead.isEmpty()) {
      return Optional.empty();
    }
    int named = byLead.values().stream().mapToInt(List::size).sum();
    return Optional.of(
        "Highest median among protected ways to go parallel: "
            + byLead.entrySet().stream()
                .map(
                    entry ->
                        "%s at N = %d in %s"
                            .formatted(
                                entry.getKey().strategy(),
                                entry.getKey().parallelism(),
                                entry.getValue().size() == runs.runs().size()
                                    ? "every run"
                                    : names(entry.getValue())))
                .collect(Collectors.joining("; "))
            + (named == runs.runs().size() ? "." : "; the other runs compare none."));
  }

  /// Of the strategies that a run compares, but for those that protect nothing because nothing is
  /// shared.
  private static Optional<Lead> lead(ScalingSummary summary) {
    return summary.comparisons().stream()
        .flatMap(
            comparison ->
                Stream.of(comparison.strategy(), comparison.reference())
                    .flatMap(
                        strategy -> summary.point(strategy, comparison.parallelism()).stream()))
        .filter(point -> !point.point().program().discipline().equals(Strategy.PLAIN))
        .filter(point -> point.throughputMedian() != null)
        .max(Comparator.comparingDouble(SeveralVerdict::median))
        .map(point -> new Lead(point.strategy(), point.parallelism()));
  }

  private static double median(PointSummary point) {
    return Objects.requireNonNull(point.throughputMedian());
  }

  private Stream<String> relation(Relation relation) {
    String first = runs.first().name();
    String here = relation.run().name();
    RunComparison comparison = relation.comparison();
    String differ =
        relation.differences().isEmpty()
            ? "%s repeats %s: nothing that a rate depends on differs".formatted(here, first)
            : "%s differs from %s in %s"
                .formatted(here, first, differences(relation.differences()));
    if (comparison == null) {
      return Stream.of(
          differ
              + ". No ratio of the two is given: "
              + list(relation.factors().stream().map(Factor::words).toList())
              + " changed at once, and what either does cannot be told.");
    }
    return Stream.concat(
        Stream.of(differ + ". " + change(comparison) + apart(comparison)),
        relation.withheld().stream().map(withheld -> withheld(here, withheld)));
  }

  private String withheld(String here, Withheld withheld) {
    return "%s is something else in %s than in %s, and has no ratio: %s."
        .formatted(withheld.strategy(), here, runs.first().name(), withheld.reason());
  }

  private static String differences(List<Difference> differences) {
    return differences.stream().map(SeveralVerdict::difference).collect(Collectors.joining(", "));
  }

  private static String difference(Difference d) {
    if (d.first().isEmpty()) {
      return "%s (%s)".formatted(d.what(), d.here());
    }
    return d.here().isEmpty()
        ? "%s (without %s)".formatted(d.what(), d.first())
        : "%s (%s, not %s)".formatted(d.what(), d.here(), d.first());
  }

  private static String change(RunComparison comparison) {
    List<PointChange> points = comparison.points();
    long known = points.stream().filter(point -> point.change() != Change.UNKNOWN).count();
    if (known == 0) {
      return points.isEmpty()
          ? "They have no point in common."
          : "No point has two sound forks in both, and so no ratio.";
    }
    long faster = count(points, Change.FASTER);
    long slower = count(points, Change.SLOWER);
    String of = Quantities.plural(known, "point");
    String missing =
        known == points.size()
            ? ""
            : " Nothing is known of %s."
                .formatted(Quantities.plural(points.size() - known, "more point"));
    if (faster + slower == 0) {
      return "Unpaired, no difference is seen at any of %s; the widest adjusted interval is that of %s."
              .formatted(of, widest(points))
          + missing;
    }
    return "Unpaired, of %s it is faster at %s and slower at %s; the largest change is %s."
            .formatted(of, Quantities.count(faster), Quantities.count(slower), largest(points))
        + missing;
  }

  private static String apart(RunComparison comparison) {
    int first = comparison.onlyInBase().size();
    int here = comparison.onlyInNew().size();
    return first + here == 0
        ? ""
        : " Only one of them has %s.".formatted(Quantities.plural(first + here, "other point"));
  }

  private static long count(List<PointChange> points, Change change) {
    return points.stream().filter(point -> point.change() == change).count();
  }

  private static String widest(List<PointChange> points) {
    return points.stream()
        .filter(point -> point.adjusted() != null)
        .max(Comparator.comparingDouble(SeveralVerdict::width))
        .map(SeveralVerdict::inWords)
        .orElseThrow();
  }

  private static double width(PointChange point) {
    Interval interval = Objects.requireNonNull(point.adjusted());
    return Math.log(interval.high() / interval.low());
  }

  private static String largest(List<PointChange> points) {
    return points.stream()
        .filter(point -> point.change() == Change.FASTER || point.change() == Change.SLOWER)
        .max(Comparator.comparingDouble(SeveralVerdict::size))
        .map(SeveralVerdict::inWords)
        .orElseThrow();
  }

  private static String inWords(PointChange point) {
    return "%s at N = %d, %s %s"
        .formatted(
            point.strategy(),
            point.parallelism(),
            Quantities.ratio(Objects.requireNonNull(point.ratio()).value()),
            Quantities.ends(Objects.requireNonNull(point.adjusted())));
  }

  private static double size(PointChange point) {
    return Math.abs(Math.log(Objects.requireNonNull(point.ratio()).value()));
  }

  private Optional<String> unpaired() {
    return runs.compares()
        ? Optional.of(
            "Ratios between runs are unpaired, and their intervals adjusted for all of them"
                + " together: what else changed from one run to another, such as the state of the"
                + " machine, is in none of these intervals.")
        : Optional.empty();
  }

  private static Optional<String> trouble(NamedRun run) {
    List<String> words = new ArrayList<>();
    if (!run.report().complete()) {
      words.add("some planned trials have no result");
    }
    words.addAll(State.troubles(run));
    return words.isEmpty()
        ? Optional.empty()
        : Optional.of("Careful with %s: %s.".formatted(run.name(), String.join(", ", words)));
  }

  private static String names(List<NamedRun> runs) {
    List<String> names = runs.stream().limit(LISTED).map(NamedRun::name).toList();
    int more = runs.size() - names.size();
    return more == 0
        ? list(names)
        : String.join(", ", names) + " and " + Quantities.plural(more, "more run");
  }

  /// `a`, `a and b`, `a, b and c`.
  private static String list(List<String> words) {
    return words.size() == 1
        ? words.getFirst()
        : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
  }
}

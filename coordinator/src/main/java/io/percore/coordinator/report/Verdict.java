package io.percore.coordinator.report;

import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Strategy;
import io.percore.coordinator.stats.PointSummary;
import io.percore.coordinator.stats.ScalingSummary;
import io.percore.coordinator.stats.ScalingSummary.Comparison;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a run says, in words: generated from its figures and from nothing else.
///
/// Every comparison carries its interval, and a difference is claimed only where the interval shows
/// one. Names are not escaped: each output escapes for itself.
public final class Verdict {
  /// Forks below which an interval rests on more than the data (Hoefler and Belli, SC'15, 4.2.2).
  static final int ENOUGH_FORKS = 6;

  private static final int LISTED = 6;

  private final ScalingSummary summary;
  private final Experiment experiment;
  private final Catalogue catalogue;

  private Verdict(ScalingSummary summary, Experiment experiment, Catalogue catalogue) {
    this.summary = summary;
    this.experiment = experiment;
    this.catalogue = catalogue;
  }

  /// The sentences, the most important first: wrong counts if there are any, else the answer of the
  /// run. Never empty.
  public static List<String> sentences(
      ScalingSummary summary, Experiment experiment, Catalogue catalogue) {
    return new Verdict(summary, experiment, catalogue).sentences();
  }

  private List<String> sentences() {
    return Stream.of(
            failures(),
            Stream.of(new Headline(summary).sentence()),
            ranking().stream(),
            ceiling().stream(),
            collectors().stream(),
            losses(),
            summary.baselineWarnings().stream().map(Verdict::asSentence),
            incomplete().stream(),
            repeated().stream(),
            disturbed().stream(),
            unbound().stream(),
            fewForks().stream())
        .flatMap(sentences -> sentences)
        .toList();
  }

  private Stream<String> failures() {
    return distinctPrograms()
        .filter(point -> !point.defects().isEmpty())
        .map(
            point ->
                "Verification failed: "
                    + name(point)
                    + ": "
                    + String.join("; ", point.defects())
                    + ". The figures of such a trial are not used.");
  }

  /// All contestants beside the fastest; left out when the headline has said it all.
  private Optional<String> ranking() {
    List<Comparison> comparisons = summary.comparisons();
    if (comparisons.isEmpty() || (comparisons.size() == 1 && summary.contrasts().isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        "Relative to "
            + comparisons.getFirst().reference()
            + ", which has the highest median of the "
            + Headline.compared(comparisons)
            + " at N = "
            + comparisons.getFirst().parallelism()
            + ": "
            + comparisons.stream().map(this::place).collect(Collectors.joining(", "))
            + ".");
  }

  private String place(Comparison c) {
    return c.strategy()
        + " "
        + Quantities.ratio(c.ratio())
        + switch (Standing.of(c, summary)) {
          case MORE, LESS -> "";
          case SAME -> " (indistinguishable)";
          case UNKNOWN -> " (no interval)";
          case UNSETTLED -> " (the medians say the opposite)";
        };
  }

  /// What the plain loop gains in processes that share nothing.
  private Optional<String> ceiling() {
    return summary.points().stream()
        .filter(point -> point.point().program().discipline().equals(Strategy.PLAIN))
        .filter(point -> point.parallelism() > 1 && point.parallelism() <= compared())
        .max(Comparator.comparingInt(PointSummary::parallelism))
        .flatMap(
            point ->
                Optional.ofNullable(point.speedup())
                    .map(
                        speedup ->
                            "With nothing shared and nothing protected, "
                                + name(point)
                                + " does "
                                + Quantities.ratio(speedup)
                                + Headline.withoutInterval(speedup)
                                + " its own N = 1: the yardstick for this machine."));
  }

  /// What another collector makes of each strategy, since this workload stores references.
  private Optional<String> collectors() {
    List<Comparison> comparisons = summary.collectors();
    return comparisons.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Under another collector, over the same under "
                + experiment.collectors().getFirst().id()
                + " at N = "
                + comparisons.getFirst().parallelism()
                + ": "
                + comparisons.stream().map(this::place).collect(Collectors.joining(", "))
                + ".");
  }

  /// What the disciplines that need not be exact have lost.
  private Stream<String> losses() {
    return summary.points().stream()
        .filter(point -> !point.exactRequired() && hasCounts(point))
        .collect(
            Collectors.groupingBy(PointSummary::strategy, LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(this::loss);
  }

  /// The N that strategies are compared at; no limit where nothing is compared.
  private int compared() {
    return summary.comparisons().stream()
        .mapToInt(Comparison::parallelism)
        .findFirst()
        .orElse(Integer.MAX_VALUE);
  }

  private String loss(List<PointSummary> curve) {
    List<PointSummary> wrong = curve.stream().filter(point -> !error(point).isEmpty()).toList();
    PointSummary last = largestCompared(wrong.isEmpty() ? curve : wrong);
    String error = error(last);
    if (error.isEmpty()) {
      return name(last)
          + " counted exactly"
          + (last.exactByConstruction()
              ? "."
              : ", although it need not: this run does not show the race.");
    }
    String alone =
        curve.stream()
            .filter(point -> point.parallelism() == 1 && last.parallelism() > 1)
            .findFirst()
            .map(point -> error(point).isEmpty() ? "; at N = 1 none" : "; at N = 1 too")
            .orElse("");
    return name(last)
        + error
        + alone
        + ". Its throughput is not the speed of a correct count"
        + contract(last)
        + ".";
  }

  /// The point with the largest N that strategies are compared at, or else the largest of all.
  private PointSummary largestCompared(List<PointSummary> curve) {
    return curve.stream()
        .filter(point -> point.parallelism() <= compared())
        .reduce((_, later) -> later)
        .orElse(curve.getLast());
  }

  private String contract(PointSummary point) {
    return catalogue
        .discipline(point.point().program().discipline())
        .map(discipline -> " (contract: " + discipline.contract() + ")")
        .orElse("");
  }

  private static boolean hasCounts(PointSummary point) {
    return point.lostUpdates() != null || point.netError() != null;
  }

  private static String error(PointSummary point) {
    Long lost = point.lostUpdates();
    Long expected = point.expectedUpdates();
    if (lost != null && expected != null) {
      if (lost == 0) {
        return "";
      }
      return lost > 0
          ? " lost "
              + Quantities.percent((double) lost / expected)
              + " of its updates ("
              + Quantities.count(lost)
              + " of "
              + Quantities.count(expected)
              + ")"
          : " counted " + Quantities.count(-lost) + " more updates than it made";
    }
    Long net = point.netError();
    boolean exact = (net == null || net == 0) && !point.freedWrongly();
    return exact
        ? ""
        : " ended with a net error of "
            + Quantities.count(net == null ? 0 : net)
            + ", "
            + faults(point);
  }

  /// `3 premature frees and 1 double free`; what did not occur is named only for these two.
  private static String faults(PointSummary point) {
    List<String> faults = new ArrayList<>();
    faults.add(Quantities.plural(point.prematureFrees(), "premature free"));
    faults.add(Quantities.plural(point.doubleFrees(), "double free"));
    if (point.usesAfterFree() > 0) {
      faults.add(Quantities.plural(point.usesAfterFree(), "use") + " after a free");
    }
    if (point.leaks() > 0) {
      faults.add(Quantities.plural(point.leaks(), "leak"));
    }
    return String.join(", ", faults.subList(0, faults.size() - 1)) + " and " + faults.getLast();
  }

  private Optional<String> incomplete() {
    List<PointSummary> incomplete =
        summary.points().stream().filter(point -> point.missing() > 0).toList();
    if (incomplete.isEmpty()) {
      return Optional.empty();
    }
    List<String> listed = new ArrayList<>();
    incomplete.stream().limit(LISTED).forEach(point -> listed.add(completed(point)));
    int more = incomplete.size() - listed.size();
    if (more > 0) {
      listed.add(Quantities.plural(more, "more point"));
    }
    return Optional.of(
        "Incomplete: "
            + String.join("; ", listed)
            + (incomplete.size() == 1 ? ". It rests" : ". They rest")
            + " on fewer forks than planned, or on none.");
  }

  private String completed(PointSummary point) {
    int planned = experiment.forks();
    return name(point)
        + " has "
        + Math.max(0, planned - point.missing())
        + " of "
        + Quantities.plural(planned, "fork");
  }

  private Optional<String> repeated() {
    int invalidated = distinctPrograms().mapToInt(PointSummary::invalidated).sum();
    int failed = distinctPrograms().mapToInt(PointSummary::failed).sum();
    List<String> attempts = new ArrayList<>();
    if (invalidated > 0) {
      attempts.add(
          Quantities.plural(invalidated, "attempt")
              + (invalidated == 1 ? " was" : " were")
              + " invalidated");
    }
    if (failed > 0) {
      attempts.add(Quantities.plural(failed, "attempt") + " failed");
    }
    return attempts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.join(", and ", attempts) + "; nothing of such an attempt is in the figures.");
  }

  private Optional<String> disturbed() {
    int disturbed = distinctPrograms().mapToInt(PointSummary::disturbed).sum();
    return disturbed == 0
        ? Optional.empty()
        : Optional.of(
            Quantities.plural(disturbed, "trial")
                + (disturbed == 1 ? " was" : " were")
                + " disturbed beyond the limit in each attempt; the last one is in the figures."
                + " This machine is too busy for them.");
  }

  /// Says so when the headline's threads were free to move.
  private Optional<String> unbound() {
    int parallelism =
        summary.comparisons().stream().mapToInt(Comparison::parallelism).findFirst().orElse(0);
    List<PointSummary> compared =
        summary.points().stream()
            .filter(point -> point.parallelism() == parallelism && point.forks() > 0)
            .toList();
    if (compared.isEmpty() || compared.stream().anyMatch(PointSummary::pinned)) {
      return Optional.empty();
    }
    // Threads that are bound where there is a processor for each are planned to be free beyond.
    boolean oversubscribed =
        experiment.pinning() == Experiment.Pinning.AUTO
            && compared.stream().noneMatch(point -> point.point().program().pinned())
            && summary.points().stream().anyMatch(point -> point.point().program().pinned());
    return Optional.of(
        oversubscribed
            ? "At N = "
                + parallelism
                + " there are more threads than processors, and none is bound to one: the scheduler"
                + " is measured, too."
            : "At N = " + parallelism + " no thread was bound to a processor.");
  }

  private Optional<String> fewForks() {
    int forks = forks(summary, experiment);
    if (forks >= ENOUGH_FORKS) {
      return Optional.empty();
    }
    return Optional.of(
        forks == 1
            ? "1 fork for each point: there is no interval, and so no difference is established."
            : Quantities.plural(forks, "fork")
                + " for each point: below "
                + ENOUGH_FORKS
                + " an interval rests on the assumption that forks scatter log-normally.");
  }

  /// Forks of each point: as many as were planned, or more where blocks were added until the
  /// intervals were narrow enough.
  static int forks(ScalingSummary summary, Experiment experiment) {
    return Math.max(
        experiment.forks(),
        summary.points().stream().mapToInt(PointSummary::forks).max().orElse(0));
  }

  /// One point for each program: points that share their trials share their mishaps, too.
  private Stream<PointSummary> distinctPrograms() {
    Map<Program, PointSummary> first = new LinkedHashMap<>();
    summary.points().forEach(point -> first.putIfAbsent(point.point().program(), point));
    return first.values().stream();
  }

  private static String name(PointSummary point) {
    return point.strategy() + " at N = " + point.parallelism();
  }

  private static String asSentence(String line) {
    return Character.toUpperCase(line.charAt(0)) + line.substring(1) + ".";
  }
}

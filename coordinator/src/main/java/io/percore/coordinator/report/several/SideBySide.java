package io.percore.coordinator.report.several;

import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Scaling;
import io.percore.coordinator.report.several.Relation.Difference;
import io.percore.coordinator.report.several.Relation.Withheld;
import io.percore.coordinator.stats.PointSummary;
import io.percore.coordinator.stats.RunComparison;
import io.percore.coordinator.stats.RunComparison.Pair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Several runs of one workload, and how each of the others stands to the first.
///
/// A ratio between two runs answers a question only when one thing was changed. So there is one
/// where the runs differ in at most one {@link Factor}, and elsewhere it is withheld, with what
/// differs. The runs have no blocks in common: the ratios are not paired, and their intervals are
/// adjusted for the number of all of them.
///
/// @param runs at least two, in the order in which they were named
/// @param relations of each but the first to the first, in that order
public record SideBySide(List<NamedRun> runs, List<Relation> relations) {
  /// No point regresses below a bound here: it is asked only whether the runs differ.
  private static final double BOUND = 1;

  public SideBySide {
    runs = List.copyOf(runs);
    relations = List.copyOf(relations);
  }

  /// Holds each run against the first.
  ///
  /// @throws IllegalArgumentException with one line for the user when two are the same run, or did
  ///   different work
  public static SideBySide of(List<NamedRun> runs) {
    if (runs.size() < 2) {
      throw new IllegalArgumentException("to stand side by side takes two runs");
    }
    requireDistinct(runs);
    NamedRun first = runs.getFirst();
    runs.forEach(run -> requireSameWork(first, run));
    List<Relation> bare = runs.stream().skip(1).map(run -> bare(first, run)).toList();
    Iterator<RunComparison> comparisons =
        RunComparison.family(
                bare.stream()
                    .filter(relation -> relation.factors().size() <= 1)
                    .map(relation -> pair(first, relation))
                    .toList(),
                BOUND)
            .iterator();
    return new SideBySide(
        runs,
        bare.stream()
            .map(
                relation ->
                    relation.factors().size() <= 1 ? relation.with(comparisons.next()) : relation)
            .toList());
  }

  /// The run that the others are held against.
  NamedRun first() {
    return runs.getFirst();
  }

  /// Whether any ratio between runs is given.
  boolean compares() {
    return relations.stream().anyMatch(relation -> relation.comparison() != null);
  }

  private static void requireDistinct(List<NamedRun> runs) {
    Map<String, NamedRun> seen = new HashMap<>();
    for (NamedRun run : runs) {
      NamedRun before = seen.putIfAbsent(run.report().runId(), run);
      if (before != null) {
        throw new IllegalArgumentException(
            before.name().equals(run.name())
                ? run.name() + " is named twice: name each run once"
                : "%s and %s are the same run: name it once".formatted(before.name(), run.name()));
      }
    }
  }

  /// Rates of different work have no axis in common.
  private static void requireSameWork(NamedRun first, NamedRun other) {
    Experiment one = first.report().experiment();
    Experiment two = other.report().experiment();
    require("workload", first, one.workload(), other, two.workload());
    require(
        "workload's parameters",
        first,
        words(one.workloadParameters()),
        other,
        words(two.workloadParameters()));
    require("kind of scaling", first, words(one.scaling()), other, words(two.scaling()));
  }

  private static void require(String what, NamedRun first, Object one, NamedRun other, Object two) {
    if (!Objects.equals(one, two)) {
      throw new IllegalArgumentException(
          "the %s of %s and %s differs: %s and %s; draw them one by one"
              .formatted(what, first.name(), other.name(), one, two));
    }
  }

  private static Relation bare(NamedRun first, NamedRun run) {
    return new Relation(run, differences(first, run), withheld(first, run), null);
  }

  private static List<Difference> differences(NamedRun first, NamedRun run) {
    List<Difference> differences = new ArrayList<>();
    for (Fact fact : Fact.values()) {
      fact.factor()
          .filter(_ -> !fact.same(List.of(first, run)))
          .map(factor -> difference(factor, fact, first, run))
          .ifPresent(differences::add);
    }
    boolean machineNamed = differences.stream().anyMatch(d -> d.factor() == Factor.MACHINE);
    if (!machineNamed && !first.sameMachine(run)) {
      Environment here = run.report().environment();
      differences.addFirst(
          new Difference(
              Factor.MACHINE, "host", first.report().environment().hostName(), here.hostName()));
    }
    return differences;
  }

  /// Of a list only what the other one lacks.
  private static Difference difference(Factor factor, Fact fact, NamedRun first, NamedRun run) {
    return new Difference(
        factor,
        fact.title(),
        lacking(fact.of(first), fact.of(run)),
        lacking(fact.of(run), fact.of(first)));
  }

  private static String lacking(List<String> list, List<String> other) {
    Set<String> there = new HashSet<>(other);
    return list.stream().filter(part -> !there.contains(part)).collect(Collectors.joining(" "));
  }

  private static List<Withheld> withheld(NamedRun first, NamedRun run) {
    return first.report().experiment().strategies().stream()
        .filter(
            strategy ->
                run.report().experiment().strategies().stream()
                    .anyMatch(other -> other.name().equals(strategy.name())))
        .filter(
            strategy ->
                !parameters(first, strategy.discipline())
                    .equals(parameters(run, strategy.discipline())))
        .map(
            strategy -> {
              List<String> one = parameters(first, strategy.discipline());
              List<String> two = parameters(run, strategy.discipline());
              return new Withheld(
                  strategy.name(), lacking(two, one) + ", not " + lacking(one, two));
            })
        .toList();
  }

  private static List<String> parameters(NamedRun run, String discipline) {
    return words(
        run.report().experiment().disciplineParameters().getOrDefault(discipline, Map.of()));
  }

  private static List<String> words(Map<String, String> parameters) {
    return new TreeMap<>(parameters)
        .entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()).toList();
  }

  private static String words(Scaling scaling) {
    return switch (scaling) {
      case Scaling.FixedTime() -> "fixed time";
      case Scaling.Strong(long operations) -> operations + " operations in all";
      case Scaling.Weak(long operations) -> operations + " operations of each thread";
    };
  }

  private static Pair pair(NamedRun first, Relation relation) {
    Set<String> without =
        new HashSet<>(relation.withheld().stream().map(Withheld::strategy).toList());
    return new Pair(points(first, without), points(relation.run(), without));
  }

  private static List<PointSummary> points(NamedRun run, Set<String> without) {
    return run.report().summary().points().stream()
        .filter(point -> !without.contains(point.strategy()))
        .toList();
  }

  /// Names of all strategies, in the order in which the runs name them first.
  List<String> strategies() {
    return runs.stream()
        .flatMap(run -> run.report().summary().points().stream())
        .map(PointSummary::strategy)
        .distinct()
        .toList();
  }

  /// The title of the report, plain text that is not escaped.
  String title() {
    int machines = NamedRun.machines(runs);
    String workload =
        first()
            .report()
            .catalogue()
            .workload(first().report().experiment().workload())
            .map(w -> w.title())
            .orElse(first().report().experiment().workload());
    String subject =
        machines == runs.size()
            ? machines + " machines"
            : runs.size() + " runs on " + (machines == 1 ? "one machine" : machines + " machines");
    return subject + ": " + workload;
  }
}

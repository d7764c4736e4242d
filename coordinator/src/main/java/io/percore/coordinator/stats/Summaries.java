package io.percore.coordinator.stats;

import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.ScalePoint;
import io.percore.coordinator.plan.Strategy;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Turns the raw trials of a run into its figures.
///
/// The fork is the unit of replication. Of each planned trial the last completed attempt counts,
/// and its figures only when its counts are verified; outliers stay in. Points with equal programs
/// share their trials. Every ratio is paired by block.
public final class Summaries {
  private Summaries() {}

  /// The figures of a run, or of as much of it as has been run.
  ///
  /// @param experiment the design; its `forks` is the number of planned trials of each program
  /// @param catalogue what the workers offered: it says which counts must be exact
  /// @param processors how many threads can run at once; strategies are compared at no larger N if
  ///   there is one
  /// @param points the points of all curves
  /// @param trials every attempt, in any order
  public static ScalingSummary summarize(
      Experiment experiment,
      Catalogue catalogue,
      int processors,
      List<ScalePoint> points,
      List<TrialRecord> trials) {
    Map<Program, Forks> forks = byProgram(experiment, catalogue, trials);
    Function<Program, Forks> forksOf = program -> forks.getOrDefault(program, Forks.NONE);
    Set<Program> programs = new HashSet<>(forks.keySet());
    points.forEach(point -> programs.add(point.program()));

    PointSummaries summaries =
        new PointSummaries(experiment, catalogue, forksOf, new Bases(programs));
    List<PointSummary> summarized =
        inOrder(points).parallelStream().map(summaries::summarize).toList();
    Contest contest = new Contest(summarized, forksOf, processors);
    return new ScalingSummary(
        summarized,
        contest.againstFastest(),
        contest.contrasts(),
        contest.collectors(),
        Baselines.warnings(summarized, forksOf),
        ceiling(trials, processors));
  }

  /// A process on each machine has the canaries of several machines.
  private static CanaryCeiling ceiling(List<TrialRecord> trials, int processors) {
    return CanaryCeiling.of(
        trials.stream()
            .filter(trial -> !trial.trial().program().onEachMachine())
            .map(TrialRecord::outcome)
            .flatMap(
                outcome ->
                    outcome instanceof Completed completed
                        ? Stream.of(completed.measurement())
                        : Stream.empty()),
        processors);
  }

  /// What became of the trials of each program.
  static Map<Program, Forks> byProgram(
      Experiment experiment, Catalogue catalogue, List<TrialRecord> trials) {
    Floors floors = Floors.of(trials);
    Map<Program, List<TrialRecord>> attempts =
        trials.parallelStream()
            .collect(Collectors.groupingBy(attempt -> attempt.trial().program()));
    return attempts.entrySet().parallelStream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                e -> forks(experiment, catalogue, floors, e.getKey(), e.getValue())));
  }

  /// What became of the trials of one program.
  ///
  /// @param attempts all of its attempts
  static Forks forks(
      Experiment experiment,
      Catalogue catalogue,
      Floors floors,
      Program program,
      List<TrialRecord> attempts) {
    return Forks.of(
        attempts,
        Exactness.required(experiment, catalogue, program),
        (trial, measurement) ->
            catalogue
                .discipline(program.discipline())
                .flatMap(d -> floors.defect(trial, measurement, d)));
  }

  /// By strategy as the plan has them, then by parallelism.
  private static List<ScalePoint> inOrder(List<ScalePoint> points) {
    List<Strategy> planned = points.stream().map(ScalePoint::strategy).distinct().toList();
    return points.stream()
        .sorted(
            Comparator.comparingInt((ScalePoint point) -> planned.indexOf(point.strategy()))
                .thenComparingInt(ScalePoint::parallelism))
        .toList();
  }
}

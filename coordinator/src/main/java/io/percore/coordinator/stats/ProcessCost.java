package io.percore.coordinator.stats;

import io.percore.coordinator.measurement.CallSample;
import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// What it costs to give work to processes instead of threads: the way of each piece of work to a
/// process and back, against threads that find their work where they are.
///
/// @param strategy of several processes
/// @param parallelism of it, and of all that it is compared with
/// @param pieces by size, ascending
public record ProcessCost(String strategy, int parallelism, List<Piece> pieces) {
  public ProcessCost {
    pieces = List.copyOf(pieces);
  }

  /// Work in pieces of one size.
  ///
  /// @param operations of a process in one call
  /// @param forks trials behind the figures
  /// @param callNanos time of a call, the work included, median over forks
  /// @param rate operations per second, over all processes, median over forks
  /// @param against the rate over that of each strategy of threads in its window that counts
  ///   exactly, by name; Welch's interval, since the trials have no blocks in common
  public record Piece(
      long operations, int forks, double callNanos, double rate, Map<String, Estimate> against) {
    public Piece {
      against = new LinkedHashMap<>(against);
    }
  }

  /// Works the costs out; none for strategies without a completed trial of calls.
  ///
  /// @param called attempts at trials that were made for calls
  /// @param summary of the run that they belong to
  public static List<ProcessCost> of(List<TrialRecord> called, ScalingSummary summary) {
    List<ProcessCost> costs = new ArrayList<>();
    forks(called, summary).forEach((point, forks) -> costs.add(cost(point, forks, summary)));
    return List.copyOf(costs);
  }

  /// Sound trials of calls, by the point whose program they ran, in the order of the trials.
  static Map<PointSummary, List<Measurement>> forks(
      List<TrialRecord> called, ScalingSummary summary) {
    Map<Program, PointSummary> points = new HashMap<>();
    summary.points().forEach(point -> points.putIfAbsent(point.point().program(), point));
    Map<PointSummary, List<Measurement>> forks = new LinkedHashMap<>();
    for (TrialRecord trial : called) {
      PointSummary point = points.get(trial.trial().program());
      if (point != null
          && trial.outcome() instanceof Completed completed
          && completed.defects().isEmpty()
          && completed.measurement().calls() != null) {
        forks.computeIfAbsent(point, _ -> new ArrayList<>()).add(completed.measurement());
      }
    }
    return forks;
  }

  /// The points of threads that several processes are compared with: as many, in one process,
  /// counting exactly.
  static List<PointSummary> threads(PointSummary processes, ScalingSummary summary) {
    return summary.points().stream()
        .filter(p -> p.parallelism() == processes.parallelism() && p.referenceCount())
        .filter(p -> p.point().program().layout().processes() == 1)
        .filter(p -> p.exactRequired() || p.exactByConstruction())
        .filter(p -> !p.forkThroughputs().isEmpty())
        .toList();
  }

  /// Rates over those of each strategy of threads, by its name.
  static Map<String, Estimate> against(List<PointSummary> threads, double[] rates) {
    Map<String, Estimate> against = new LinkedHashMap<>();
    for (PointSummary point : threads) {
      ratio(rates, point.forkThroughputs().stream().mapToDouble(d -> d).toArray())
          .ifPresent(ratio -> against.put(point.strategy(), ratio));
    }
    return against;
  }

  private static ProcessCost cost(
      PointSummary point, List<Measurement> forks, ScalingSummary summary) {
    Map<Long, List<CallSample>> bySize = new TreeMap<>();
    forks.stream()
        .flatMap(fork -> Optional.ofNullable(fork.calls()).stream().flatMap(List::stream))
        .forEach(
            sample ->
                bySize
                    .computeIfAbsent(sample.operationsPerCall(), _ -> new ArrayList<>())
                    .add(sample));
    int processes = point.point().program().layout().processes();
    List<PointSummary> threads = threads(point, summary);
    List<Piece> pieces = new ArrayList<>();
    bySize.forEach((size, samples) -> pieces.add(piece(size, samples, processes, threads)));
    return new ProcessCost(point.strategy(), point.parallelism(), pieces);
  }

  private static Piece piece(
      long size, List<CallSample> samples, int processes, List<PointSummary> threads) {
    double[] rates = samples.stream().mapToDouble(CallSample::operationsPerSecond).toArray();
    double[] nanos =
        samples.stream()
            .mapToDouble(sample -> (double) sample.nanos() * processes / sample.calls())
            .toArray();
    return new Piece(
        size, rates.length, Median.of(nanos), Median.of(rates), against(threads, rates));
  }

  private static Optional<Estimate> ratio(double[] rates, double[] others) {
    if (DoubleStream.concat(Arrays.stream(rates), Arrays.stream(others))
        .anyMatch(rate -> !(rate > 0 && rate < Double.POSITIVE_INFINITY))) {
      return Optional.empty();
    }
    if (rates.length < 2 || others.length < 2) {
      return Optional.of(new Estimate(Median.of(rates) / Median.of(others), null));
    }
    WelchRatio ratio = WelchRatio.of(rates, others);
    return Optional.of(new Estimate(ratio.ratio(), ratio.interval(0.05)));
  }

  /// From which size on processes do more than a strategy of threads.
  ///
  /// @param strategy of threads; empty when it is not compared at every size
  public Optional<BreakEven> breakEven(String strategy) {
    List<Double> ratios =
        pieces.stream()
            .flatMap(piece -> Stream.ofNullable(piece.against().get(strategy)))
            .map(Estimate::value)
            .toList();
    return pieces.isEmpty() || ratios.size() < pieces.size()
        ? Optional.empty()
        : Optional.of(
            BreakEven.of(
                pieces.stream().map(piece -> (double) piece.operations()).toList(), ratios));
  }
}

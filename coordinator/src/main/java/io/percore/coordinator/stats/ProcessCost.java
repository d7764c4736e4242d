package io.percore.coordinator.stats;

import io.percore.coordinator.measurement.CallSample;
import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

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

  /// From which size of a piece on processes beat a strategy of threads.
  public sealed interface BreakEven {
    /// Even the smallest pieces pay.
    record Always() implements BreakEven {}

    /// Not even the largest piece pays.
    ///
    /// @param largest operations of the largest piece
    record NotUpTo(long largest) implements BreakEven {}

    /// Between two sizes that were measured.
    ///
    /// @param operations where the line between the two crosses 1, both axes logarithmic
    /// @param above largest size that does not pay
    /// @param upTo smallest size that does
    record Between(double operations, long above, long upTo) implements BreakEven {}
  }

  /// Works the costs out; none for strategies without a completed trial of calls.
  ///
  /// @param called attempts at trials that were made for calls
  /// @param summary of the run that they belong to
  public static List<ProcessCost> of(List<TrialRecord> called, ScalingSummary summary) {
    Map<Program, List<Measurement>> measured = new LinkedHashMap<>();
    for (TrialRecord trial : called) {
      if (trial.outcome() instanceof Completed completed
          && completed.defects().isEmpty()
          && completed.measurement().calls() != null) {
        measured
            .computeIfAbsent(trial.trial().program(), _ -> new ArrayList<>())
            .add(completed.measurement());
      }
    }
    List<ProcessCost> costs = new ArrayList<>();
    measured.forEach(
        (program, forks) ->
            summary.points().stream()
                .filter(point -> point.point().program().equals(program))
                .findFirst()
                .ifPresent(point -> costs.add(cost(point, forks, summary))));
    return List.copyOf(costs);
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
    List<PointSummary> threads =
        summary.points().stream()
            .filter(p -> p.parallelism() == point.parallelism() && p.referenceCount())
            .filter(p -> p.point().program().layout().processes() == 1)
            .filter(p -> p.exactRequired() || p.exactByConstruction())
            .filter(p -> !p.forkThroughputs().isEmpty())
            .toList();
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
    Map<String, Estimate> against = new LinkedHashMap<>();
    for (PointSummary point : threads) {
      ratio(rates, point.forkThroughputs().stream().mapToDouble(d -> d).toArray())
          .ifPresent(ratio -> against.put(point.strategy(), ratio));
    }
    return new Piece(size, rates.length, Median.of(nanos), Median.of(rates), against);
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

  /// From which size on processes do more than a strategy of threads, by the ratios themselves;
  /// their intervals tell how sure that is. With several crossings it is the last one: beyond it
  /// they pay for good.
  ///
  /// @param strategy of threads; empty when it is not compared at every size
  public Optional<BreakEven> breakEven(String strategy) {
    List<OptionalDouble> ratios =
        pieces.stream()
            .map(piece -> Optional.ofNullable(piece.against().get(strategy)))
            .map(e -> e.map(x -> OptionalDouble.of(x.value())).orElse(OptionalDouble.empty()))
            .toList();
    if (ratios.isEmpty() || ratios.stream().anyMatch(OptionalDouble::isEmpty)) {
      return Optional.empty();
    }
    int last = ratios.size() - 1;
    while (last >= 0 && ratios.get(last).orElseThrow() > 1) {
      last--;
    }
    if (last < 0) {
      return Optional.of(new BreakEven.Always());
    }
    if (last == ratios.size() - 1) {
      return Optional.of(new BreakEven.NotUpTo(pieces.getLast().operations()));
    }
    long above = pieces.get(last).operations();
    long upTo = pieces.get(last + 1).operations();
    double low = Math.log(ratios.get(last).orElseThrow());
    double high = Math.log(ratios.get(last + 1).orElseThrow());
    double share = -low / (high - low);
    return Optional.of(
        new BreakEven.Between(above * Math.pow((double) upTo / above, share), above, upTo));
  }
}

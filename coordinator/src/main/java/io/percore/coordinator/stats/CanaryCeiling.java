package io.percore.coordinator.stats;

import io.percore.coordinator.measurement.Canary;
import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.ProcessSample;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.statistics.descriptive.Median;

/// How much faster N canaries at once are than one alone: what the processors allow any work that
/// shares nothing (Hoefler and Belli, SC'15, rule 11). Below N when the clock drops with more cores
/// at work, or siblings share a core. Pure.
///
/// The canaries after the run-out count, which all threads of a trial do at the same time. The
/// slowest thread of each process stands for its others.
///
/// @param speedups of N canaries over one, by N; empty when none ran alone
public record CanaryCeiling(NavigableMap<Integer, Double> speedups) {
  public CanaryCeiling {
    speedups = Collections.unmodifiableNavigableMap(speedups);
  }

  /// Medians over the trials of each size.
  ///
  /// @param trials of one run; those without canaries are left out
  /// @param processors that the trials had: more threads share them, and have no canaries of their
  ///   own
  public static CanaryCeiling of(Stream<Measurement> trials, int processors) {
    NavigableMap<Integer, Double> rates =
        trials
            .filter(trial -> trial.threads().size() <= processors)
            .filter(
                trial -> trial.processes().stream().allMatch(process -> process.canary() != null))
            .collect(
                Collectors.groupingBy(
                    trial -> trial.threads().size(),
                    TreeMap::new,
                    Collectors.collectingAndThen(
                        Collectors.toList(),
                        same ->
                            Median.withDefaults()
                                .evaluate(
                                    same.stream().mapToDouble(CanaryCeiling::rate).toArray()))));
    Double one = rates.get(1);
    NavigableMap<Integer, Double> speedups = new TreeMap<>();
    if (one != null) {
      rates.forEach((size, rate) -> speedups.put(size, rate / one));
    }
    return new CanaryCeiling(speedups);
  }

  private static double rate(Measurement trial) {
    double rate = 0;
    for (ProcessSample process : trial.processes()) {
      long threads =
          trial.threads().stream().filter(thread -> thread.slot() == process.slot()).count();
      Canary canary = Objects.requireNonNull(process.canary());
      rate += threads * canary.afterPerSecond();
    }
    return rate;
  }

  /// Speed of each of N canaries as a share of that of one alone, by N; empty when none ran alone.
  public NavigableMap<Integer, Double> shares() {
    NavigableMap<Integer, Double> shares = new TreeMap<>();
    speedups.forEach((size, speedup) -> shares.put(size, speedup / size));
    return shares;
  }
}

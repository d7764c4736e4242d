package io.percore.coordinator.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The whole design of a run: enough to plan its trials again, in the same order.
///
/// @param strategies curves in the order in which they are shown; the sequential base is among them
/// @param parallelisms values of N, ascending, starting with 1
/// @param workload id of the workload
/// @param workloadParameters parameters of the workload, defaults filled in
/// @param disciplineParameters parameters by discipline id, defaults filled in
/// @param scaling fixed time or fixed work
/// @param forks blocks to run, at least 1
/// @param warmUp warm-up in each measured process
/// @param window scored time of a trial (fixed time), or the least time to score (fixed work)
/// @param pinning when threads are bound to processors
/// @param place which processors bound threads fill first
/// @param seed seed of the order of trials
/// @param collectors of the workers, each of which everything runs under; strategies keep their
///   names under the first. Empty where it is that of the run's JVM arguments
public record Experiment(
    List<Strategy> strategies,
    List<Integer> parallelisms,
    String workload,
    Map<String, String> workloadParameters,
    Map<String, Map<String, String>> disciplineParameters,
    Scaling scaling,
    int forks,
    Duration warmUp,
    Duration window,
    Pinning pinning,
    Place place,
    long seed,
    List<Collector> collectors) {

  /// When threads are bound to processors.
  public enum Pinning {
    /// Where there are as many processors as threads.
    AUTO,
    /// Always, several threads to a processor where they must.
    ON,
    /// Never.
    OFF,
    /// As AUTO, and oversubscribed and `gil` points once more the other way.
    BOTH
  }

  /// Which processors bound threads fill first. In both, one hardware thread of each physical core
  /// comes before any second one, and performance cores come before efficiency cores.
  public enum Place {
    /// The cores of one NUMA node after the other.
    PACK,
    /// One core of each NUMA node in turn.
    SPREAD
  }

  public Experiment {
    strategies = List.copyOf(strategies);
    parallelisms = List.copyOf(parallelisms);
    Objects.requireNonNull(workload);
    workloadParameters = Map.copyOf(workloadParameters);
    disciplineParameters = Map.copyOf(disciplineParameters);
    Objects.requireNonNull(scaling);
    Objects.requireNonNull(warmUp);
    Objects.requireNonNull(window);
    Objects.requireNonNull(pinning);
    // Runs from before there was a choice do not say them.
    place = Objects.requireNonNullElse(place, Place.PACK);
    collectors = collectors == null ? List.of() : List.copyOf(collectors);
    if (forks < 1) {
      throw new IllegalArgumentException("a run needs at least one fork");
    }
  }

  /// An experiment that fills one NUMA node after the other, under the collector of the run's JVM
  /// arguments.
  public Experiment(
      List<Strategy> strategies,
      List<Integer> parallelisms,
      String workload,
      Map<String, String> workloadParameters,
      Map<String, Map<String, String>> disciplineParameters,
      Scaling scaling,
      int forks,
      Duration warmUp,
      Duration window,
      Pinning pinning,
      long seed) {
    this(
        strategies,
        parallelisms,
        workload,
        workloadParameters,
        disciplineParameters,
        scaling,
        forks,
        warmUp,
        window,
        pinning,
        Place.PACK,
        seed,
        List.of());
  }

  /// The same under other collectors.
  public Experiment under(List<Collector> others) {
    return new Experiment(
        strategies,
        parallelisms,
        workload,
        workloadParameters,
        disciplineParameters,
        scaling,
        forks,
        warmUp,
        window,
        pinning,
        place,
        seed,
        others);
  }
}

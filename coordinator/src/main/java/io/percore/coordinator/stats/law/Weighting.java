package io.percore.coordinator.stats.law;

import java.util.List;
import java.util.Locale;

/// How much each size counts in a fit. Weights that were given with the data come before either.
public enum Weighting {
  /// The inverse variance of the mean, pooled over the forks of all sizes as a share of the rate,
  /// where every size has forks that differ; else the inverse rate.
  INVERSE,
  /// All the same.
  NONE;

  /// One weight for each observation, positive.
  public double[] weights(List<Observation> observations) {
    if (observations.stream().allMatch(o -> o.weight() != null)) {
      return observations.stream().mapToDouble(o -> given(o)).toArray();
    }
    return switch (this) {
      case NONE -> observations.stream().mapToDouble(_ -> 1).toArray();
      case INVERSE -> inverse(observations);
    };
  }

  /// The name on the command line.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static double given(Observation observation) {
    Double weight = observation.weight();
    return weight == null ? 1 : weight;
  }

  /// The variance of one size from a few forks is itself uncertain, and its inverse far more so: a
  /// size whose forks happen to agree would draw the whole curve to itself, and intervals would
  /// hold the true value in 88 to 94 of 100 cases only. So the forks of all sizes are pooled as
  /// shares of their rates. What scatters more than others is accounted for in the intervals.
  private static double[] inverse(List<Observation> observations) {
    boolean known = observations.stream().allMatch(o -> o.relativeVariance() > 0);
    if (!known) {
      return observations.stream().mapToDouble(o -> 1 / o.rate()).toArray();
    }
    double squares =
        observations.stream()
            .mapToDouble(o -> o.relativeVariance() * o.forks() * (o.forks() - 1))
            .sum();
    double pooled = squares / observations.stream().mapToDouble(o -> o.forks() - 1.0).sum();
    return observations.stream()
        .mapToDouble(o -> o.forks() / (o.rate() * o.rate() * pooled))
        .toArray();
  }
}

package io.percore.coordinator.stats.law;

import java.util.List;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Variance;
import org.jspecify.annotations.Nullable;

/// What was measured at one size.
///
/// @param size threads, processes, users, at least 1
/// @param rate throughput there, positive and finite; the mean where there are several forks
/// @param variance of this mean, from its forks; null when unknown
/// @param forks measurements that the rate is the mean of
/// @param weight given with the data, positive; null when none was given
public record Observation(
    double size, double rate, @Nullable Double variance, int forks, @Nullable Double weight) {
  public Observation {
    if (!(size >= 1 && size < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a size is at least 1 and finite, got " + size);
    }
    if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a rate is positive and finite, got " + rate);
    }
    if (weight != null && !(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a weight is positive and finite, got " + weight);
    }
  }

  /// A single measurement.
  public static Observation of(double size, double rate) {
    return new Observation(size, rate, null, 1, null);
  }

  /// The forks of one size.
  ///
  /// @param rates of the forks, positive, at least one
  public static Observation ofForks(double size, List<Double> rates) {
    double[] values = rates.stream().mapToDouble(rate -> rate).toArray();
    return ofForks(size, Mean.of(values).getAsDouble(), rates);
  }

  /// The forks of one size, with another mean than the arithmetic one.
  ///
  /// @param mean of the rates, positive
  /// @param rates of the forks, positive, at least one
  public static Observation ofForks(double size, double mean, List<Double> rates) {
    double[] values = rates.stream().mapToDouble(rate -> rate).toArray();
    Double variance =
        values.length < 2
            ? null
            : Double.valueOf(Variance.of(values).getAsDouble() / values.length);
    return new Observation(size, mean, variance, values.length, null);
  }

  /// The same with all rates divided by a share.
  ///
  /// @param share positive
  Observation dividedBy(double share) {
    Double scaled = variance == null ? null : Double.valueOf(variance / (share * share));
    return new Observation(size, rate / share, scaled, forks, weight);
  }

  /// The variance of the mean as a share of its square; 0 when unknown.
  double relativeVariance() {
    return variance == null ? 0 : variance / (rate * rate);
  }
}

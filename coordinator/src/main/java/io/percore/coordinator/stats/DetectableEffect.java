package io.percore.coordinator.stats;

import java.util.Arrays;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.apache.commons.statistics.distribution.TDistribution;

/// What a comparison of one thing with itself says: how far apart equal things look on a machine,
/// and how different two things must be to be told apart there.
///
/// @param ratio of one half of the trials to the other, paired; its interval should hold 1
/// @param smallest effect that a comparison with as many pairs detects in four cases of five at the
///   5 % level, as a factor above 1
public record DetectableEffect(Estimate ratio, double smallest) {
  private static final double POWER = 0.8;

  /// Works it out from the rates of one program, one from each block: each block is compared with
  /// the next one. The smallest effect is (t(0.975) + t(0.8)) s / sqrt(n) on the logarithm, with n
  /// - 1 degrees of freedom and s the standard deviation of the n log ratios: the usual
  ///   approximation of the noncentral t distribution (Chow, Shao and Wang, "Sample Size
  ///   Calculations in Clinical Research", 3.1), a little low for few pairs.
  ///
  /// @param rates positive, in the order of their blocks, at least four; an odd one out is left
  /// @throws IllegalArgumentException when there are fewer
  public static DetectableEffect of(double[] rates) {
    int pairs = rates.length / 2;
    if (pairs < 2) {
      throw new IllegalArgumentException("four rates are needed, got " + rates.length);
    }
    double[] first = new double[pairs];
    double[] second = new double[pairs];
    double[] logs = new double[pairs];
    // The two change places, so that a drift of the machine does not look like an effect.
    Arrays.setAll(first, i -> rates[2 * i + i % 2]);
    Arrays.setAll(second, i -> rates[2 * i + 1 - i % 2]);
    Arrays.setAll(logs, i -> Math.log(first[i] / second[i]));
    double quantiles =
        StudentT.quantile(pairs)
            + TDistribution.of(pairs - 1.0).inverseCumulativeProbability(POWER);
    double spread = StandardDeviation.of(logs).getAsDouble();
    return new DetectableEffect(
        LogRatio.paired(first, second), Math.exp(quantiles * spread / Math.sqrt(pairs)));
  }

  /// Whether equal things were told apart, which happens to one comparison in twenty on a machine
  /// that is fit for comparing.
  public boolean toldApart() {
    Interval interval = ratio.interval();
    return interval != null && (interval.low() > 1 || interval.high() < 1);
  }
}

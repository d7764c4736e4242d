package io.percore.coordinator.stats;

import java.util.Arrays;
import org.apache.commons.statistics.descriptive.Mean;

/// The ratio of two rates that were measured in pairs, one pair for each block.
///
/// Estimate and interval are one estimand: exp of the mean of the log ratios, and exp of the ends
/// of its t interval. Ratios are never averaged: the mean of x and 1/x would not be 1 (Hoefler and
/// Belli, SC'15, rules 3 and 4). Pairing removes what a block's two trials have in common, such as
/// a slow phase of the machine.
public final class LogRatio {
  private LogRatio() {}

  /// The ratio of `numerators` to `denominators`, element by element.
  ///
  /// @param numerators rates, positive and finite, at least one
  /// @param denominators as many rates, positive and finite, in the same order of blocks
  /// @return the ratio; its interval is null for a single pair
  /// @throws IllegalArgumentException when the lengths differ or are 0, or a rate is not positive
  public static Estimate paired(double[] numerators, double[] denominators) {
    if (numerators.length != denominators.length || numerators.length == 0) {
      throw new IllegalArgumentException(
          "pairs need equally many rates, at least one; got "
              + numerators.length
              + " and "
              + denominators.length);
    }
    double[] logs = new double[numerators.length];
    Arrays.setAll(logs, i -> log(numerators[i]) - log(denominators[i]));
    Interval interval = StudentT.interval(logs);
    return new Estimate(
        Math.exp(Mean.of(logs).getAsDouble()),
        interval == null
            ? null
            : new Interval(Math.exp(interval.low()), Math.exp(interval.high())));
  }

  private static double log(double rate) {
    if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a rate is positive and finite, got " + rate);
    }
    return Math.log(rate);
  }
}

package io.percore.coordinator.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/// What a comparison of one thing with itself says: how far apart equal things look on a machine,
/// and how different two things must be to be told apart there.
///
/// @param pairs of trials that were compared
/// @param ratio of one half of the trials to the other, paired; its interval should hold 1
/// @param smallest effect that a comparison with as many pairs detects in four cases of five at the
///   5 % level, as a factor above 1, with its interval
public record DetectableEffect(int pairs, Estimate ratio, Estimate smallest) {
  /// Fewest pairs that scatter.
  public static final int FEWEST_PAIRS = 2;

  private static final double POWER = 0.8;
  private static final double TAIL = 0.025;

  /// Works it out from the rates of one program: block 0 is compared with block 1, block 2 with
  /// block 3, and so on. The smallest effect is d s / sqrt(n) on the logarithm, where s is the
  /// standard deviation of the n log ratios and d the noncentrality at which the t test with n - 1
  /// degrees of freedom has a power of 80 % ([NoncentralT]). Its interval is that of s, s sqrt((n -
  /// 1) / q) for the quantiles q of the chi-square distribution (G. W. Snedecor and W. G. Cochran,
  ///    Statistical Methods, chapter 5), through the same function: with few pairs it is wide.
  ///
  /// @param rates positive, by block; a block whose partner is missing is left out
  /// @throws IllegalArgumentException when there are fewer than two pairs
  public static DetectableEffect of(NavigableMap<Integer, Double> rates) {
    List<Double> over = new ArrayList<>();
    List<Double> under = new ArrayList<>();
    rates.forEach(
        (block, rate) -> {
          Double next = rates.get(block + 1);
          if (block % 2 == 0 && next != null) {
            // The two change places, so that a drift of the machine does not look like an effect.
            boolean swapped = block / 2 % 2 == 1;
            over.add(swapped ? next : rate);
            under.add(swapped ? rate : next);
          }
        });
    return of(array(over), array(under));
  }

  /// How many pairs there are among the rates of one program.
  public static long pairs(NavigableMap<Integer, Double> rates) {
    return rates.keySet().stream()
        .filter(block -> block % 2 == 0 && rates.containsKey(block + 1))
        .count();
  }

  private static DetectableEffect of(double[] over, double[] under) {
    int pairs = over.length;
    if (pairs < FEWEST_PAIRS) {
      throw new IllegalArgumentException("two pairs of blocks are needed, got " + pairs);
    }
    double[] logs = new double[pairs];
    for (int i = 0; i < pairs; i++) {
      logs[i] = Math.log(over[i] / under[i]);
    }
    double freedom = pairs - 1.0;
    double spread = StandardDeviation.of(logs).getAsDouble();
    double perSpread = NoncentralT.detectable(freedom, POWER) / Math.sqrt(pairs);
    ChiSquaredDistribution squares = ChiSquaredDistribution.of(freedom);
    double low = spread * Math.sqrt(freedom / squares.inverseSurvivalProbability(TAIL));
    double high = spread * Math.sqrt(freedom / squares.inverseCumulativeProbability(TAIL));
    return new DetectableEffect(
        pairs,
        LogRatio.paired(over, under),
        new Estimate(
            Math.exp(perSpread * spread),
            new Interval(Math.exp(perSpread * low), Math.exp(perSpread * high))));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(value -> value).toArray();
  }

  /// Whether equal things were told apart, which happens to one comparison in twenty on a machine
  /// that is fit for comparing.
  public boolean toldApart() {
    Interval interval = ratio.interval();
    return interval != null && (interval.low() > 1 || interval.high() < 1);
  }
}

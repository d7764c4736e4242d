package io.percore.coordinator.verify;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.TDistribution;
import org.jspecify.annotations.Nullable;

/// Statistics in decimal arithmetic of 34 digits, so that no order of summation and no rounding is
/// shared with binary sums. Pure functions.
final class LongHand {
  private static final MathContext DIGITS = MathContext.DECIMAL128;

  private LongHand() {}

  /// An estimate with the ends of its 95 % interval, which are null where it has none.
  record Range(double value, @Nullable Double low, @Nullable Double high) {
    static Range without(double value) {
      return new Range(value, null, null);
    }

    /// Value and both ends through a function that rises.
    Range map(DoubleUnaryOperator rising) {
      return new Range(rising.applyAsDouble(value), map(low, rising), map(high, rising));
    }

    private static @Nullable Double map(@Nullable Double end, DoubleUnaryOperator rising) {
      return end == null ? null : Double.valueOf(rising.applyAsDouble(end));
    }
  }

  static BigDecimal sum(List<Double> values) {
    return values.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /// @param values at least one
  static BigDecimal mean(List<Double> values) {
    return sum(values).divide(BigDecimal.valueOf(values.size()), DIGITS);
  }

  /// @param values at least one
  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
    int above = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[above] : (sorted[above - 1] + sorted[above]) / 2;
  }

  /// Arithmetic mean with its t interval.
  ///
  /// @param values at least one; a single one has no interval
  static Range arithmetic(List<Double> values) {
    double mean = mean(values).doubleValue();
    if (values.size() < 2) {
      return Range.without(mean);
    }
    double half = quantile(values.size()) * Math.sqrt(meanVariance(values, values).doubleValue());
    return new Range(mean, mean - half, mean + half);
  }

  /// Harmonic mean; its interval is that of the mean of the inverses, inverted.
  ///
  /// @param rates positive, at least one
  static Range harmonic(List<Double> rates) {
    Range times = arithmetic(rates.stream().map(rate -> 1 / rate).toList());
    return times.low() == null || times.high() == null || times.low() <= 0
        ? Range.without(1 / times.value())
        : new Range(1 / times.value(), 1 / times.high(), 1 / times.low());
  }

  /// exp of the mean log ratio and of the ends of its t interval.
  ///
  /// @param over rates, positive, at least one
  /// @param under as many, in the same order
  static Range logRatio(List<Double> over, List<Double> under) {
    List<Double> logs = new ArrayList<>();
    for (int i = 0; i < over.size(); i++) {
      logs.add(Math.log(over.get(i) / under.get(i)));
    }
    return arithmetic(logs).map(Math::exp);
  }

  /// exp of the difference of the mean logs of two samples that have nothing in common, and of the
  /// ends of Welch's interval (Biometrika 34, 1947).
  ///
  /// @param over rates, positive, at least one
  /// @param under likewise; where one side has a single rate, it is the ratio of the medians
  static Range welch(List<Double> over, List<Double> under) {
    if (over.size() < 2 || under.size() < 2) {
      return Range.without(median(over) / median(under));
    }
    List<Double> above = over.stream().map(Math::log).toList();
    List<Double> below = under.stream().map(Math::log).toList();
    double difference = mean(above).subtract(mean(below)).doubleValue();
    double a = meanVariance(above, above).doubleValue();
    double b = meanVariance(below, below).doubleValue();
    double freedom =
        a + b == 0
            ? over.size() + under.size() - 2.0
            : Math.pow(a + b, 2) / (a * a / (over.size() - 1) + b * b / (under.size() - 1));
    double half = Math.sqrt(a + b) * new TDistribution(freedom).inverseCumulativeProbability(0.975);
    return new Range(difference, difference - half, difference + half).map(Math::exp);
  }

  /// Fieller's interval of the ratio of means (J. R. Stat. Soc. B 16, 1954), in its closed form
  /// with g, the squared relative half-width of the denominator's interval.
  static Range fieller(List<Double> over, List<Double> under) {
    double b = mean(under).doubleValue();
    double ratio = mean(over).doubleValue() / b;
    if (over.size() < 2) {
      return Range.without(ratio);
    }
    double t = quantile(over.size());
    double saa = meanVariance(over, over).doubleValue();
    double sab = meanVariance(over, under).doubleValue();
    double sbb = meanVariance(under, under).doubleValue();
    double g = t * t * sbb / (b * b);
    double inner = saa - 2 * ratio * sab + ratio * ratio * sbb - g * (saa - sab * sab / sbb);
    if (sbb == 0) {
      inner = saa;
    }
    if (g >= 1 || inner < 0) {
      return Range.without(ratio);
    }
    double centre = sbb == 0 ? ratio : ratio - g * sab / sbb;
    double half = t / b * Math.sqrt(inner);
    return new Range(ratio, (centre - half) / (1 - g), (centre + half) / (1 - g));
  }

  /// Jain's index of fairness.
  static double fairness(List<Double> shares) {
    BigDecimal sum = sum(shares);
    BigDecimal squares =
        shares.stream()
            .map(BigDecimal::new)
            .map(share -> share.multiply(share))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return sum.multiply(sum)
        .divide(squares.multiply(BigDecimal.valueOf(shares.size())), DIGITS)
        .doubleValue();
  }

  /// Groups of at least two rates, each at most 15 % above the one before; at least 1.
  static int modes(List<Double> rates) {
    double[] sorted = rates.stream().mapToDouble(v -> v).sorted().toArray();
    int[] starts =
        IntStream.rangeClosed(0, sorted.length)
            .filter(i -> i == 0 || i == sorted.length || sorted[i] > 1.15 * sorted[i - 1])
            .toArray();
    long groups =
        IntStream.range(1, starts.length).filter(i -> starts[i] - starts[i - 1] >= 2).count();
    return (int) Math.max(1, groups);
  }

  /// Covariance of the two means.
  static BigDecimal meanVariance(List<Double> x, List<Double> y) {
    BigDecimal meanX = mean(x);
    BigDecimal meanY = mean(y);
    BigDecimal[] products = new BigDecimal[x.size()];
    Arrays.setAll(
        products,
        i ->
            new BigDecimal(x.get(i))
                .subtract(meanX)
                .multiply(new BigDecimal(y.get(i)).subtract(meanY)));
    BigDecimal sum = Arrays.stream(products).reduce(BigDecimal.ZERO, BigDecimal::add);
    return sum.divide(BigDecimal.valueOf((long) x.size() * (x.size() - 1)), DIGITS);
  }

  private static double quantile(int n) {
    return new TDistribution(n - 1.0).inverseCumulativeProbability(0.975);
  }
}

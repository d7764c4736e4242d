package io.percore.coordinator.report;

import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Numbers for people: three significant digits and a unit that keeps them short. The same in every
/// output, so that no two of them disagree.
public final class Quantities {
  private static final int DIGITS = 3;
  private static final MathContext ROUNDED = new MathContext(DIGITS, RoundingMode.HALF_EVEN);
  private static final List<String> THOUSANDS = List.of("", " k", " M", " G", " T", " P");
  private static final List<String> NANOS = List.of(" ns", " us", " ms", " s");
  private static final List<String> BYTES = List.of(" B", " KiB", " MiB", " GiB", " TiB");

  /// The least whole number of three digits, and the largest.
  private static final int LEAST = 100;

  private static final int MOST = 999;
  private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5};

  private Quantities() {}

  /// The number as it is shown, with three significant digits; infinities and NaN stay what they
  /// are.
  public static double rounded(double value) {
    return Double.isFinite(value) ? new BigDecimal(value).round(ROUNDED).doubleValue() : value;
  }

  /// Three significant digits without exponent or unit: `0.0123`, `1.97`, `123`, `4560`.
  public static String number(double value) {
    if (Double.isNaN(value)) {
      return "unknown";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    String usual = usual(value);
    return usual == null ? exact(value, ROUNDED) : usual;
  }

  /// Numbers between a thousandth and a thousand, nearly all that are shown, without arithmetic of
  /// many digits.
  ///
  /// @return null for others, and where doubles cannot tell which of two is nearer
  private static @Nullable String usual(double value) {
    double size = Math.abs(value);
    int decimals = 0;
    while (decimals < POWERS.length - 1 && size * POWERS[decimals] < LEAST) {
      decimals++;
    }
    double parts = size * POWERS[decimals];
    double beyond = parts - Math.floor(parts);
    if (parts < LEAST || parts >= MOST || Math.abs(beyond - 0.5) < 1e-6) {
      return null;
    }
    StringBuilder digits = new StringBuilder(Long.toString(Math.round(parts)));
    if (decimals > 0) {
      while (digits.length() <= decimals) {
        digits.insert(0, '0');
      }
      digits.insert(digits.length() - decimals, '.');
    }
    return value < 0 ? "-" + digits : digits.toString();
  }

  private static String exact(double value, MathContext precision) {
    BigDecimal digits = new BigDecimal(value).round(precision);
    if (digits.signum() == 0) {
      return "0";
    }
    int exponent = digits.precision() - digits.scale() - 1;
    return digits
        .setScale(Math.max(0, precision.getPrecision() - 1 - exponent), RoundingMode.UNNECESSARY)
        .toPlainString();
  }

  /// A count: `12`, `4.56 k`, `245 M`. Whole numbers below a thousand keep no decimals.
  public static String count(double value) {
    return Math.abs(value) < 1000 && value == Math.rint(value)
        ? Long.toString((long) value)
        : scaled(value, 1000, THOUSANDS);
  }

  /// As {@link #count(double)}, rounded like any other.
  public static String count(long value) {
    return count((double) value);
  }

  /// A whole number in groups of three digits: `12,345`.
  static String grouped(long number) {
    StringBuilder digits = new StringBuilder(Long.toString(number));
    for (int i = digits.length() - 3; i > (number < 0 ? 1 : 0); i -= 3) {
      digits.insert(i, ',');
    }
    return digits.toString();
  }

  /// Operations per second with their unit: `245 M ops/s`.
  public static String rate(double operationsPerSecond) {
    return scaled(operationsPerSecond, 1000, THOUSANDS) + " ops/s";
  }

  /// A time: `12.3 ns`, `4.56 us`, `7.89 ms`, `2.00 s`.
  public static String nanos(double nanos) {
    return scaled(nanos, 1000, NANOS);
  }

  /// A time, as {@link #nanos}.
  public static String duration(Duration duration) {
    return nanos((double) duration.toNanos());
  }

  /// An amount of memory: `68.0 MiB`.
  public static String bytes(double bytes) {
    return scaled(bytes, 1024, BYTES);
  }

  /// A share as a percentage: `41.2 %` for 0.412.
  public static String percent(double share) {
    return number(100 * share) + " %";
  }

  /// A ratio: `1.97x`.
  public static String ratio(double ratio) {
    return number(ratio) + "x";
  }

  /// A ratio with its interval: `1.97x [1.95, 1.99]`, or `1.97x` without one.
  public static String ratio(Estimate ratio) {
    Interval interval = ratio.interval();
    return interval == null ? ratio(ratio.value()) : ratio(ratio.value()) + " " + ends(interval);
  }

  /// The ends of an interval without unit: `[1.95, 1.99]`.
  public static String ends(Interval interval) {
    return "[" + number(interval.low()) + ", " + number(interval.high()) + "]";
  }

  /// The ends of an interval of rates or counts: `[241 M, 249 M]`.
  public static String countEnds(Interval interval) {
    return "["
        + scaled(interval.low(), 1000, THOUSANDS)
        + ", "
        + scaled(interval.high(), 1000, THOUSANDS)
        + "]";
  }

  /// How far a ratio's interval reaches from 1, as a percentage that is rounded up, so that it
  /// never promises too much: `1.3 %`.
  public static String reach(Interval ratio) {
    double reach = Math.max(Math.abs(ratio.high() - 1), Math.abs(1 - ratio.low()));
    String percent =
        Double.isFinite(reach)
            ? exact(100 * reach, new MathContext(2, RoundingMode.UP))
            : number(reach);
    return percent + " %";
  }

  /// `1 fork`, `2 forks`, `23.3 M double frees`.
  public static String plural(long count, String noun) {
    return count(count) + " " + noun + (count == 1 ? "" : "s");
  }

  private static String scaled(double value, double step, List<String> units) {
    if (!Double.isFinite(value)) {
      return number(value);
    }
    double scaled = value;
    int unit = 0;
    while (unit < units.size() - 1 && reaches(scaled, step)) {
      scaled /= step;
      unit++;
    }
    return number(scaled) + units.get(unit);
  }

  /// Whether it is as large as a step of units once it is rounded: 999.6 is 1.00 k, not 1000.
  private static boolean reaches(double value, double step) {
    double size = Math.abs(value);
    // Rounding, which takes long, changes no value by as much as a hundredth of it.
    return size >= step * 1.01 || (size > step * 0.99 && Math.abs(rounded(value)) >= step);
  }
}

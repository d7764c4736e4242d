package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.stats.Interval;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads printed figures back, by other code than wrote them, and holds them against the truth.
final class Shown {
  private static final Pattern FIGURE = Pattern.compile("(-?\\d+(?:\\.\\d+)?)(?: ?(\\D.*))?");
  private static final Pattern ENDS = Pattern.compile("\\[(.+), (.+)]");
  private static final List<String> THOUSANDS = List.of("", "k", "M", "G", "T", "P");

  /// A printed figure stands for all that is rounded to it: three digits at least.
  private static final double HALF = 0.5 * (1 + 1e-9);

  private Shown() {}

  /// The figure as printed.
  static double value(String text) {
    return Double.parseDouble(figure(text).group(1)) * unit(text);
  }

  private static Matcher figure(String text) {
    Matcher figure = FIGURE.matcher(text);
    assertThat(figure.matches()).as("'%s' is a figure", text).isTrue();
    return figure;
  }

  private static double unit(String text) {
    String unit = figure(text).group(2);
    return switch (unit == null ? "" : unit) {
      case "", "x", "ops/s", "s" -> 1;
      case "%" -> 0.01;
      case "ns" -> 1e-9;
      case "us" -> 1e-6;
      case "ms" -> 1e-3;
      case "B" -> 1;
      case "KiB" -> 0x1p10;
      case "MiB" -> 0x1p20;
      case "GiB" -> 0x1p30;
      case "TiB" -> 0x1p40;
      default -> {
        int power = THOUSANDS.indexOf(unit.replace(" ops/s", ""));
        assertThat(power).as("unit of '%s'", text).isPositive();
        yield Math.pow(1000, power);
      }
    };
  }

  /// A ratio, rate, count, share or time is what it should be, to the digits that are shown, and
  /// these are enough.
  static void is(String text, double truth) {
    Matcher figure = figure(text);
    String digits = figure.group(1).replace("-", "");
    int point = digits.indexOf('.');
    double last = point < 0 ? 1 : Math.pow(10, point + 1.0 - digits.length());
    if (point < 0 && digits.length() > 3) {
      last = Math.pow(10, digits.length() - 3.0);
    }
    double step = last * unit(text);
    assertThat(Math.abs(value(text) - truth))
        .as("'%s' stands for %s", text, truth)
        .isLessThanOrEqualTo(HALF * step + 1e-12 * Math.abs(truth));
    if (truth != Math.rint(truth)) {
      assertThat(step)
          .as("digits of '%s' for %s", text, truth)
          .isLessThanOrEqualTo(0.0101 * Math.abs(truth));
    }
    scaled(text, Math.abs(Double.parseDouble(digits)));
  }

  /// The same of a number of things.
  static void is(String text, long truth) {
    is(text, (double) truth);
  }

  /// A unit is chosen so that at most three digits stand before the point.
  private static void scaled(String text, double number) {
    String unit = figure(text).group(2);
    if (unit != null && unit.matches("[kMGT]( ops/s)?|[nµu]s|ms")) {
      assertThat(number).as("unit of '%s'", text).isLessThan(1000);
    }
    if (unit != null && unit.matches("([KMG]i)?B")) {
      assertThat(number).as("unit of '%s'", text).isLessThan(1024);
    }
    if (unit != null && unit.matches("[kMGTP]( ops/s)?|us|ms|s|[KMGT]iB")) {
      assertThat(number).as("unit of '%s'", text).isGreaterThanOrEqualTo(1);
    }
  }

  /// `[a, b]` is an interval, and nothing or "(no interval)" stands where there is none.
  static void ends(@Nullable String text, @Nullable Interval interval) {
    String shown = text == null ? "" : text.strip();
    if (interval == null) {
      assertThat(shown).isIn("", "(no interval)");
      return;
    }
    Matcher ends = ENDS.matcher(shown);
    assertThat(ends.matches()).as("'%s' is the interval %s", shown, interval).isTrue();
    is(ends.group(1), interval.low());
    is(ends.group(2), interval.high());
  }

  /// Lower end as printed.
  static double low(String ends) {
    Matcher matcher = ENDS.matcher(ends.strip());
    assertThat(matcher.matches()).as(ends).isTrue();
    return value(matcher.group(1));
  }

  /// Upper end as printed.
  static double high(String ends) {
    Matcher matcher = ENDS.matcher(ends.strip());
    assertThat(matcher.matches()).as(ends).isTrue();
    return value(matcher.group(2));
  }
}

package io.percore.coordinator.report;

import java.util.Arrays;
import java.util.stream.Collectors;

/// A curve in one line of text.
final class Sparkline {
  private static final String BARS = "▁▂▃▄▅▆▇█";
  private static final String GAP = "·";

  private Sparkline() {}

  /// One bar for each value, from 0 at the bottom to the largest value at the top.
  ///
  /// @param values not negative; NaN where there is none, which gives a dot
  static String of(double... values) {
    double top = Arrays.stream(values).filter(v -> v > 0).max().orElse(0);
    return Arrays.stream(values).mapToObj(v -> bar(v, top)).collect(Collectors.joining());
  }

  private static String bar(double value, double top) {
    if (Double.isNaN(value) || top == 0) {
      return GAP;
    }
    int level = (int) Math.round(value / top * (BARS.length() - 1));
    return BARS.substring(level, level + 1);
  }
}

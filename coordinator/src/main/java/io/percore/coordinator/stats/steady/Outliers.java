package io.percore.coordinator.stats.steady;

import java.util.Arrays;

/// Takes single odd values, and short bursts of them, out of a series before changepoints are
/// looked for: a pause of some milliseconds is no change of state. Only the search is without them;
/// no figure is.
///
/// A value is odd that lies further from the median of its surroundings than three times the
/// distance of their tenth and ninetieth percentiles, as Barrett et al. (OOPSLA'17) have it; these
/// are 200 values. In place of it stands that median.
final class Outliers {
  static final int SURROUNDINGS = 200;
  private static final double FENCE = 3;

  private Outliers() {}

  /// The series with odd values replaced.
  static double[] replaced(double[] series) {
    double[] replaced = series.clone();
    int width = Math.min(SURROUNDINGS, series.length);
    double[] around = Arrays.copyOf(series, width);
    Arrays.sort(around);
    int begin = 0;
    for (int i = 0; i < series.length; i++) {
      int from = Math.clamp(i - width / 2, 0, series.length - width);
      if (from > begin) {
        exchange(around, series[begin], series[begin + width]);
        begin = from;
      }
      double median = around[width / 2];
      double spread = around[width * 9 / 10] - around[width / 10];
      if (Math.abs(series[i] - median) > FENCE * spread) {
        replaced[i] = median;
      }
    }
    return replaced;
  }

  /// Takes one of its values out of a sorted array and puts another in, which is many times faster
  /// than to sort it again.
  private static void exchange(double[] sorted, double leaving, double entering) {
    int gap = Arrays.binarySearch(sorted, leaving);
    int found = Arrays.binarySearch(sorted, entering);
    int place = found < 0 ? -found - 1 : found;
    if (place > gap) {
      place--;
      System.arraycopy(sorted, gap + 1, sorted, gap, place - gap);
    } else {
      System.arraycopy(sorted, place, sorted, place + 1, gap - place);
    }
    sorted[place] = entering;
  }
}

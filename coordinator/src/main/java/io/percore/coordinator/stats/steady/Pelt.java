package io.percore.coordinator.stats.steady;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Changepoints in mean and variance: the segmentation of a series with the least sum of costs
/// ([NormalCost]) and penalties, one for each changepoint. Exact, by the method PELT (Killick,
/// Fearnhead and Eckley, "Optimal detection of changepoints with a linear computational cost", JASA
/// 107, 2012): optimal partitioning that drops a start of the last segment once it cannot become
/// the best again.
///
/// Segments have a least length, and so a start that is beaten at time t (their equation 4, with K
/// = 0) is dropped only that much later: until then no segment could begin at t and take its place.
///
/// Takes time linear in the length when changes are spread over the series, quadratic when there
/// are none: 1,000 values take some milliseconds.
public final class Pelt {
  private static final double PENALTY_FACTOR = 15;

  private Pelt() {}

  /// 15 ln n, the penalty of Barrett et al. (OOPSLA'17).
  ///
  /// @param length n, of the series, at least 1
  public static double penalty(int length) {
    return PENALTY_FACTOR * Math.log(length);
  }

  /// Indices at which a new segment begins, ascending; never 0. None when the series is shorter
  /// than two segments.
  ///
  /// @param series finite values, equally far apart in time
  /// @param penalty for each changepoint, positive
  /// @param minimumLength of a segment, at least 2
  /// @throws IllegalArgumentException when the penalty or the length is out of range
  public static List<Integer> changepoints(double[] series, double penalty, int minimumLength) {
    if (!(penalty > 0) || minimumLength < 2) {
      throw new IllegalArgumentException(
          "penalty " + penalty + ", least length " + minimumLength + ": too small");
    }
    return starts(lastStarts(new NormalCost(series), penalty, minimumLength));
  }

  /// For each end of a prefix, where the last segment of its best segmentation begins.
  private static int[] lastStarts(NormalCost cost, double penalty, int minimumLength) {
    int n = cost.length();
    double[] best = new double[n + 1];
    best[0] = -penalty;
    int[] start = new int[n + 1];
    int[] beatenAt = new int[n + 1];
    Arrays.fill(beatenAt, n);
    int[] candidates = new int[n + 1];
    double[] totals = new double[n + 1];
    int size = 0;
    for (int end = minimumLength; end <= n; end++) {
      int entering = end - minimumLength;
      if (entering == 0 || entering >= minimumLength) {
        candidates[size++] = entering;
      }
      size = withoutBeaten(candidates, size, beatenAt, entering);
      best[end] = Double.POSITIVE_INFINITY;
      cost.fill(totals, candidates, size, end);
      for (int i = 0; i < size; i++) {
        totals[i] += best[candidates[i]];
        if (totals[i] + penalty < best[end]) {
          best[end] = totals[i] + penalty;
          start[end] = candidates[i];
        }
      }
      for (int i = 0; i < size; i++) {
        if (beatenAt[candidates[i]] == n && totals[i] >= best[end]) {
          beatenAt[candidates[i]] = end;
        }
      }
    }
    return start;
  }

  /// Drops the candidates that were beaten by `latest`.
  ///
  /// @return how many are left
  private static int withoutBeaten(int[] candidates, int size, int[] beatenAt, int latest) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (beatenAt[candidates[i]] > latest) {
        candidates[kept++] = candidates[i];
      }
    }
    return kept;
  }

  private static List<Integer> starts(int[] lastStarts) {
    List<Integer> starts = new ArrayList<>();
    for (int at = lastStarts[lastStarts.length - 1]; at > 0; at = lastStarts[at]) {
      starts.addFirst(at);
    }
    return starts;
  }
}

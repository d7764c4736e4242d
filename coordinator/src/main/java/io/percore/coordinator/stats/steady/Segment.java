package io.percore.coordinator.stats.steady;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Part of a series between two changepoints.
///
/// @param from index of its first value
/// @param to index after its last
/// @param mean of its values
/// @param deviation their standard deviation
public record Segment(int from, int to, double mean, double deviation) {
  /// The segments between these changepoints, in order.
  ///
  /// @param changepoints ascending, within the series
  static List<Segment> between(double[] series, List<Integer> changepoints) {
    List<Segment> segments = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= changepoints.size(); i++) {
      int to = i < changepoints.size() ? changepoints.get(i) : series.length;
      segments.add(of(series, from, to));
      from = to;
    }
    return segments;
  }

  private static Segment of(double[] series, int from, int to) {
    double mean = Arrays.stream(series, from, to).average().orElse(0);
    double variance =
        Arrays.stream(series, from, to).map(x -> (x - mean) * (x - mean)).average().orElse(0);
    return new Segment(from, to, mean, Math.sqrt(variance));
  }
}

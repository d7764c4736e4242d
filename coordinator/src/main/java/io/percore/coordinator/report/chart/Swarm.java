package io.percore.coordinator.report.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Places dots at given positions along a line so that none hides another: a dot moves across the
/// line, never along it, and never by chance.
///
/// From left to right, each dot takes the lane nearest to the line in which the dot before it is a
/// diameter away. Where all lanes are taken it overlaps in the one that is nearest to free.
final class Swarm {
  private Swarm() {}

  /// A dot.
  ///
  /// @param at position along the line
  /// @param lane 0 on the line, then 1, -1, 2, -2 to both sides of it
  record Dot(double at, int lane) {}

  /// Dots by ascending position.
  ///
  /// @param positions along the line, in any order
  /// @param diameter of a dot
  /// @param lanes at most so many, at least 1
  static List<Dot> of(double[] positions, double diameter, int lanes) {
    double[] sorted = positions.clone();
    Arrays.sort(sorted);
    double[] last = new double[lanes];
    Arrays.fill(last, Double.NEGATIVE_INFINITY);
    List<Dot> dots = new ArrayList<>(sorted.length);
    for (double at : sorted) {
      int chosen = 0;
      for (int lane = 0; lane < lanes; lane++) {
        if (at - last[lane] >= diameter) {
          chosen = lane;
          break;
        }
        if (last[lane] < last[chosen]) {
          chosen = lane;
        }
      }
      last[chosen] = at;
      dots.add(new Dot(at, chosen % 2 == 1 ? (chosen + 1) / 2 : -chosen / 2));
    }
    return dots;
  }
}

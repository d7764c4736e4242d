package io.percore.coordinator.report.chart;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/// Places labels one below the other, each as near to its wish as the others allow.
///
/// With the labels in order of their wishes and `i * step` taken off the i-th, "at least a step
/// apart" becomes "not descending". The nearest such sequence in the sense of least squares is the
/// isotonic regression, which pooling adjacent violators finds in linear time (Ayer et al., 1955).
/// Clamping an isotonic solution to the ends keeps it optimal.
final class LabelColumn {
  private LabelColumn() {}

  private record Pool(double sum, int size) {
    double mean() {
      return sum / size;
    }

    Pool with(Pool other) {
      return new Pool(sum + other.sum, size + other.size);
    }
  }

  /// Centres of the labels, in the order of `wishes`; equal wishes keep that order.
  ///
  /// @param step least distance of two centres
  /// @param top least centre
  /// @param bottom largest centre; when there is no room for all, the last ones go below it
  static double[] place(List<Double> wishes, double step, double top, double bottom) {
    List<Integer> order =
        IntStream.range(0, wishes.size())
            .boxed()
            .sorted(Comparator.comparingDouble(wishes::get))
            .toList();
    Deque<Pool> pools = new ArrayDeque<>();
    for (int rank = 0; rank < order.size(); rank++) {
      Pool pool = new Pool(wishes.get(order.get(rank)) - rank * step, 1);
      while (!pools.isEmpty() && pools.getLast().mean() >= pool.mean()) {
        pool = pools.removeLast().with(pool);
      }
      pools.addLast(pool);
    }
    double end = Math.max(top, bottom - (order.size() - 1) * step);
    double[] ascending =
        pools.stream()
            .flatMapToDouble(
                pool -> {
                  double[] equal = new double[pool.size()];
                  Arrays.fill(equal, Math.clamp(pool.mean(), top, end));
                  return Arrays.stream(equal);
                })
            .toArray();
    double[] placed = new double[order.size()];
    for (int rank = 0; rank < placed.length; rank++) {
      placed[order.get(rank)] = ascending[rank] + rank * step;
    }
    return placed;
  }
}

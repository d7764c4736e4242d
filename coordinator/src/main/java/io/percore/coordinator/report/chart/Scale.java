package io.percore.coordinator.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// Maps values to positions along an axis.
public sealed interface Scale {
  /// Value at the beginning of the axis.
  double min();

  /// Value at its end, above `min`.
  double max();

  /// Where a value lies: 0 at `min`, 1 at `max`, beyond them outside.
  double fraction(double value);

  /// Round values inside the axis, ascending, at most `atMost` of them (at least 2).
  List<Double> ticks(int atMost);

  /// Equal steps are equal distances.
  record Linear(double min, double max) implements Scale {
    public Linear {
      requireAscending(min, max);
    }

    @Override
    public double fraction(double value) {
      return (value - min) / (max - min);
    }

    @Override
    public List<Double> ticks(int atMost) {
      return roundSteps(min, max, atMost);
    }
  }

  /// Equal ratios are equal distances. `min` is above 0; a value of 0 or below lies at negative
  /// infinity.
  record Logarithmic(double min, double max) implements Scale {
    private static final List<List<Integer>> MANTISSAS =
        List.of(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9), List.of(1, 2, 5), List.of(1));

    /// Below this ratio even every mantissa gives too few ticks to read the axis by.
    private static final double NARROW = 2.5;

    public Logarithmic {
      requireAscending(min, max);
      if (min <= 0) {
        throw new IllegalArgumentException("a logarithmic scale begins above 0, got " + min);
      }
    }

    @Override
    public double fraction(double value) {
      return value <= 0 ? Double.NEGATIVE_INFINITY : Math.log(value / min) / Math.log(max / min);
    }

    @Override
    public List<Double> ticks(int atMost) {
      if (max / min < NARROW) {
        return roundSteps(min, max, atMost);
      }
      for (List<Integer> mantissas : MANTISSAS) {
        List<Double> ticks = decades(mantissas, 1);
        if (ticks.size() <= atMost) {
          return ticks;
        }
      }
      int step = 2;
      while (decades(List.of(1), step).size() > atMost) {
        step++;
      }
      return decades(List.of(1), step);
    }

    private List<Double> decades(List<Integer> mantissas, int step) {
      List<Double> ticks = new ArrayList<>();
      int last = (int) Math.floor(Math.log10(max));
      for (int decade = (int) Math.floor(Math.log10(min)); decade <= last; decade++) {
        if (Math.floorMod(decade, step) == 0) {
          double unit = Math.pow(10, decade);
          mantissas.stream().map(m -> m * unit).filter(this::inside).forEach(ticks::add);
        }
      }
      return ticks;
    }

    private boolean inside(double value) {
      return min <= value && value <= max;
    }
  }

  private static void requireAscending(double min, double max) {
    if (!(min < max) || !Double.isFinite(max - min)) {
      throw new IllegalArgumentException("an axis from " + min + " to " + max);
    }
  }

  /// Multiples of the smallest 1, 2 or 5 times a power of ten of which no more than `atMost` fit.
  private static List<Double> roundSteps(double min, double max, int atMost) {
    int decade = (int) Math.floor(Math.log10((max - min) / atMost));
    while (true) {
      for (int mantissa : new int[] {1, 2, 5}) {
        double step = mantissa * Math.pow(10, decade);
        // A tick on the very end counts as inside, whatever its last bit says.
        long first = (long) Math.ceil(min / step - 1e-9);
        long last = (long) Math.floor(max / step + 1e-9);
        if (last - first < atMost) {
          return LongStream.rangeClosed(first, last).mapToObj(i -> i * step).toList();
        }
      }
      decade++;
    }
  }
}

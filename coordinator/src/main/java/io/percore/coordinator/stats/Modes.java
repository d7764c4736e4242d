package io.percore.coordinator.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Groups of forks whose rates lie apart. Contended lines settle in one of several ways,
/// differently from fork to fork, and the mean of two of them is the rate of neither.
public final class Modes {
  /// A group ends where the next rate is larger by more than this factor.
  static final double GAP = 1.15;

  /// Fewer forks than this are outliers, not a mode.
  public static final int SMALLEST = 2;

  private Modes() {}

  /// Forks whose rates lie close to each other.
  ///
  /// @param forks how many they are, at least 1
  /// @param median of their rates
  public record Mode(int forks, double median) {}

  /// The groups that the rates fall into, also those of a single fork, by ascending rate.
  ///
  /// @param rates positive, one for each fork, in any order
  public static List<Mode> of(List<Double> rates) {
    double[] sorted = rates.stream().mapToDouble(rate -> rate).sorted().toArray();
    List<Mode> modes = new ArrayList<>();
    int from = 0;
    for (int size : sizes(sorted)) {
      modes.add(new Mode(size, Median.of(Arrays.copyOfRange(sorted, from, from + size))));
      from += size;
    }
    return modes;
  }

  /// How many modes the rates show; at least 1, also for no rates.
  ///
  /// @param rates positive, one for each fork, in any order
  public static int count(double[] rates) {
    return Math.max(1, (int) sizes(rates).stream().filter(size -> size >= SMALLEST).count());
  }

  /// Whether some fork lies apart from the others, be it alone: it may belong to a mode that more
  /// forks would show.
  ///
  /// @param rates positive, one for each fork, in any order
  public static boolean possible(double[] rates) {
    return sizes(rates).size() > 1;
  }

  private static List<Integer> sizes(double[] rates) {
    double[] sorted = rates.clone();
    Arrays.sort(sorted);
    List<Integer> sizes = new ArrayList<>();
    int size = 0;
    for (int i = 0; i < sorted.length; i++) {
      size++;
      if (i + 1 == sorted.length || sorted[i + 1] > GAP * sorted[i]) {
        sizes.add(size);
        size = 0;
      }
    }
    return sizes;
  }
}

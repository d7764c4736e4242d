package io.percore.coordinator.stats;

import java.util.Arrays;

/// Groups of forks whose rates lie apart. Contended lines settle in one of several ways,
/// differently from fork to fork, and the mean of two of them is the rate of neither.
public final class Modes {
  /// A group ends where the next rate is larger by more than this factor.
  static final double GAP = 1.15;

  /// Fewer forks than this are outliers, not a mode.
  static final int SMALLEST = 2;

  private Modes() {}

  /// How many modes the rates show; at least 1, also for no rates.
  ///
  /// @param rates positive, one for each fork, in any order
  public static int count(double[] rates) {
    double[] sorted = rates.clone();
    Arrays.sort(sorted);
    int modes = 0;
    int size = 0;
    for (int i = 0; i < sorted.length; i++) {
      size++;
      if (i + 1 == sorted.length || sorted[i + 1] > GAP * sorted[i]) {
        modes += size >= SMALLEST ? 1 : 0;
        size = 0;
      }
    }
    return Math.max(1, modes);
  }
}

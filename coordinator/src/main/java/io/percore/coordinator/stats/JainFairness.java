package io.percore.coordinator.stats;

import java.util.Arrays;

/// Jain's index of fairness: (sum x)^2 / (n sum x^2) (Jain, Chiu and Hawe, DEC TR-301, 1984).
public final class JainFairness {
  private JainFairness() {}

  /// The index of these shares: 1 when all are equal, 1/n when one thread got everything.
  ///
  /// @param shares operations of each thread, not negative and not all 0
  /// @throws IllegalArgumentException when nobody got anything, or a share is negative
  public static double index(double... shares) {
    double largest = Arrays.stream(shares).max().orElse(0);
    if (!(largest > 0) || Arrays.stream(shares).anyMatch(share -> !(share >= 0))) {
      throw new IllegalArgumentException("shares are not negative, and one of them is positive");
    }
    // Divided by the largest share first, so that squares neither overflow nor vanish.
    double sum = Arrays.stream(shares).map(share -> share / largest).sum();
    double squares = Arrays.stream(shares).map(share -> share / largest).map(x -> x * x).sum();
    return Math.min(1, sum * sum / (shares.length * squares));
  }
}

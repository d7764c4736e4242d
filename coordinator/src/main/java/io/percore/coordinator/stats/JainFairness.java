package io.percore.coordinator.stats;

/// Jain's index of fairness: (sum x)^2 / (n sum x^2) (Jain, Chiu and Hawe, DEC TR-301, 1984).
public final class JainFairness {
  private JainFairness() {}

  /// The index of these shares: 1 when all are equal, 1/n when one thread got everything.
  ///
  /// @param shares operations of each thread, not negative and not all 0
  /// @throws IllegalArgumentException when nobody got anything, or a share is negative
  public static double index(double... shares) {
    double largest = 0;
    boolean sound = true;
    for (double share : shares) {
      sound &= share >= 0;
      largest = Math.max(largest, share);
    }
    if (!sound || largest <= 0) {
      throw new IllegalArgumentException("shares are not negative, and one of them is positive");
    }
    // Divided by the largest share first, so that squares neither overflow nor vanish.
    double sum = 0;
    double squares = 0;
    for (double share : shares) {
      double x = share / largest;
      sum += x;
      squares += x * x;
    }
    return Math.min(1, sum * sum / (shares.length * squares));
  }
}

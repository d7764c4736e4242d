package io.percore.coordinator.stats.law;

import org.jspecify.annotations.Nullable;

/// The Universal Scalability Law, X(N) = lambda N / (1 + sigma (N - 1) + kappa N (N - 1)) (N. J.
/// Gunther, Guerrilla Capacity Planning, Springer 2007, chapter 4). With kappa = 0 it is Amdahl's
/// law.
///
/// @param sigma contention: the share of the work that is done by one at a time
/// @param kappa coherency: what each pair of participants costs
/// @param lambda throughput at N = 1, in the unit of the rates
public record Usl(double sigma, double kappa, double lambda) {
  /// Throughput at a size.
  ///
  /// @param size N, at least 1
  public double throughput(double size) {
    return lambda * size / slowdown(size);
  }

  /// How much less than ideal is done at a size: N X(1) / X(N).
  double slowdown(double size) {
    return 1 + sigma * (size - 1) + kappa * size * (size - 1);
  }

  /// Derivatives of the throughput at a size by sigma, kappa and lambda, in this order.
  double[] gradient(double size) {
    double slowdown = slowdown(size);
    double bySigma = -lambda * size * (size - 1) / (slowdown * slowdown);
    return new double[] {bySigma, bySigma * size, size / slowdown};
  }

  /// The size with the highest throughput, sqrt((1 - sigma) / kappa), and 1 where every further
  /// participant slows the others down by more than it adds.
  ///
  /// @return null when kappa is not positive: throughput then only rises
  public @Nullable Double peak() {
    return kappa > 0 ? Math.sqrt(Math.max(1, (1 - sigma) / kappa)) : null;
  }

  /// The largest speedup that Amdahl's law admits, 1 / sigma.
  ///
  /// @return null when sigma is not positive: there is then no bound
  public @Nullable Double amdahlBound() {
    return sigma > 0 ? 1 / sigma : null;
  }
}

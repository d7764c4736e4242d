package io.percore.coordinator.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// What a scaling law is fitted to.
///
/// @param sizes values of N
/// @param rates mean rates there
/// @param forks how many each is the mean of
/// @param variances of the means; not a number where a size has a single fork
/// @param weights of the sizes in the sum of squares
record Curve(
    List<Double> sizes,
    List<Double> rates,
    List<Integer> forks,
    List<Double> variances,
    List<Double> weights) {

  /// Takes the inverse variance of each mean for its weight, pooled over the forks of all sizes as
  /// a share of the rate; the inverse rate where some size has forks that do not differ.
  ///
  /// @param sizes values of N
  /// @param arms the trials there, each with a sound one
  /// @param clock what the rates are divided by, one for each size
  static Curve of(List<Long> sizes, List<Arm> arms, List<Double> clock, boolean fixedWork) {
    List<Double> rates = new ArrayList<>();
    List<Integer> forks = new ArrayList<>();
    List<Double> variances = new ArrayList<>();
    double squares = 0;
    double freedom = 0;
    for (int i = 0; i < arms.size(); i++) {
      double share = clock.get(i);
      List<Double> each = arms.get(i).rates().stream().map(measured -> measured / share).toList();
      LongHand.Range mean = arms.get(i).mean(fixedWork);
      double rate = mean == null ? Double.NaN : mean.value() / share;
      rates.add(rate);
      forks.add(each.size());
      double variance =
          each.size() > 1 ? LongHand.meanVariance(each, each).doubleValue() : Double.NaN;
      variances.add(variance);
      squares += variance / (rate * rate) * each.size() * (each.size() - 1);
      freedom += each.size() - 1;
    }
    boolean known = variances.stream().allMatch(variance -> variance > 0);
    double pooled = squares / freedom;
    List<Double> weights =
        IntStream.range(0, rates.size())
            .mapToObj(
                i ->
                    known
                        ? forks.get(i) / (rates.get(i) * rates.get(i) * pooled)
                        : 1 / rates.get(i))
            .toList();
    return new Curve(
        sizes.stream().map(size -> (double) size).toList(), rates, forks, variances, weights);
  }

  Curve {
    sizes = List.copyOf(sizes);
    rates = List.copyOf(rates);
    forks = List.copyOf(forks);
    variances = List.copyOf(variances);
    weights = List.copyOf(weights);
  }

  int length() {
    return sizes.size();
  }

  double largest() {
    return sizes.stream().mapToDouble(n -> n).max().orElse(1);
  }

  /// Weighted sum of the squared residuals of a law.
  double squares(Law law) {
    double sum = 0;
    for (int i = 0; i < length(); i++) {
      double residual = rates.get(i) - law.rate(sizes.get(i));
      sum += weights.get(i) * residual * residual;
    }
    return sum;
  }

  /// The law with this sigma and kappa that fits best: it is linear in lambda.
  Law best(double sigma, double kappa) {
    Law one = new Law(sigma, kappa, 1);
    double products = 0;
    double squares = 0;
    for (int i = 0; i < length(); i++) {
      double rate = one.rate(sizes.get(i));
      products += weights.get(i) * rate * rates.get(i);
      squares += weights.get(i) * rate * rate;
    }
    return new Law(sigma, kappa, products / squares);
  }

  /// The universal scalability law.
  record Law(double sigma, double kappa, double lambda) {
    double slowdown(double n) {
      return 1 + (n - 1) * (sigma + kappa * n);
    }

    double rate(double n) {
      return lambda * n / slowdown(n);
    }
  }
}

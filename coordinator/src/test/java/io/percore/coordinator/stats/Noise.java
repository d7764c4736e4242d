package io.percore.coordinator.stats;

import java.util.Random;
import java.util.stream.DoubleStream;

/// Unimodal noise of mean 0 and variance 1, for simulations.
public enum Noise {
  /// Symmetric, light tails.
  NORMAL {
    @Override
    public double next(Random random) {
      return random.nextGaussian();
    }
  },
  /// Symmetric, heavy tails: Laplace's distribution, kurtosis 6.
  HEAVY {
    @Override
    public double next(Random random) {
      double above = exponential(random);
      return (above - exponential(random)) / Math.sqrt(2);
    }
  },
  /// A tail of slow forks: a gamma distribution of shape 4, upside down, skewness -1.
  SKEWED {
    @Override
    public double next(Random random) {
      double sum = DoubleStream.generate(() -> exponential(random)).limit(4).sum();
      return (4 - sum) / 2;
    }
  };

  /// The next value.
  public abstract double next(Random random);

  private static double exponential(Random random) {
    return -Math.log1p(-random.nextDouble());
  }
}

package io.percore.coordinator.stats.law;

import java.util.List;
import java.util.Optional;

/// What the scaling laws make of a curve.
public sealed interface ScalingLaws {
  /// Fewest sizes that a fit rests on.
  int LEAST_SIZES = 6;

  /// The laws, fitted to the same observations with the same weights.
  ///
  /// @param usl with sigma and kappa between 0 and 1
  /// @param unconstrained with any sigma and kappa; a negative one means superlinear scaling or a
  ///   bad base; empty when the search for it ran away
  /// @param amdahl with kappa 0
  record Fitted(LawFit usl, Optional<LawFit> unconstrained, LawFit amdahl) implements ScalingLaws {}

  /// None is fitted.
  sealed interface Refused extends ScalingLaws {
    /// Why, in words, without a full stop.
    String reason();
  }

  /// There are fewer sizes than [#LEAST_SIZES].
  ///
  /// @param sizes that there are
  record TooFewSizes(long sizes) implements Refused {
    @Override
    public String reason() {
      return "a scaling law needs at least "
          + LEAST_SIZES
          + " sizes, and there "
          + (sizes == 1 ? "is 1" : "are " + sizes);
    }
  }

  /// No law comes near to the rates.
  record NoneFits() implements Refused {
    @Override
    public String reason() {
      return "no law was found that fits the rates";
    }
  }

  /// Fits the laws.
  ///
  /// @param observations in any order; those of equal size count as one size
  static ScalingLaws of(List<Observation> observations, Weighting weighting) {
    long sizes = observations.stream().mapToDouble(Observation::size).distinct().count();
    if (sizes < LEAST_SIZES) {
      return new TooFewSizes(sizes);
    }
    LawFitter fitter = new LawFitter(observations, weighting.weights(observations));
    Optional<LawFit> usl = fitter.fit(Box.USL);
    Optional<LawFit> amdahl = fitter.fit(Box.AMDAHL);
    return usl.isEmpty() || amdahl.isEmpty()
        ? new NoneFits()
        : new Fitted(usl.get(), fitter.fit(Box.UNCONSTRAINED), amdahl.get());
  }
}

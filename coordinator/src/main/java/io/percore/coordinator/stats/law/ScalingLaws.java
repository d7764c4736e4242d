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

  /// There is nothing to fit.
  ///
  /// @param reason in words, without a full stop
  record Refused(String reason) implements ScalingLaws {}

  /// Fits the laws.
  ///
  /// @param observations in any order; those of equal size count as one size
  static ScalingLaws of(List<Observation> observations, Weighting weighting) {
    long sizes = observations.stream().mapToDouble(Observation::size).distinct().count();
    if (sizes < LEAST_SIZES) {
      return new Refused(
          "a scaling law needs at least "
              + LEAST_SIZES
              + " sizes, and there "
              + (sizes == 1 ? "is 1" : "are " + sizes));
    }
    LawFitter fitter = new LawFitter(observations, weighting.weights(observations));
    Optional<LawFit> usl = fitter.fit(Box.USL);
    Optional<LawFit> amdahl = fitter.fit(Box.AMDAHL);
    return usl.isEmpty() || amdahl.isEmpty()
        ? new Refused("no law was found that fits the rates")
        : new Fitted(usl.get(), fitter.fit(Box.UNCONSTRAINED), amdahl.get());
  }
}

package io.percore.coordinator.stats.law;

import io.percore.coordinator.stats.Interval;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A law as fitted to a curve.
///
/// @param law its parameters
/// @param sigma interval of sigma; null when the model fixes it
/// @param kappa interval of kappa; null when the model fixes it
/// @param lambda interval of lambda
/// @param standardErrors of sigma, kappa and lambda by the Jacobian, 0 for what the model fixes
/// @param activeBounds parameters, by name, that lie at the end of their range; the intervals are
///   then those of the profile likelihood
/// @param residualSquares weighted residual sum of squares
/// @param freedom sizes less fitted parameters
/// @param lackOfFit against the forks' variance
/// @param largestSize that was measured: what lies beyond is extrapolated
public record LawFit(
    Usl law,
    @Nullable Interval sigma,
    @Nullable Interval kappa,
    Interval lambda,
    List<Double> standardErrors,
    Set<String> activeBounds,
    double residualSquares,
    int freedom,
    LackOfFit lackOfFit,
    double largestSize) {
  public LawFit {
    standardErrors = List.copyOf(standardErrors);
    activeBounds = Set.copyOf(activeBounds);
  }

  /// Whether the peak lies beyond the largest size that was measured.
  public boolean peakExtrapolated() {
    Double peak = law.peak();
    return peak != null && peak > largestSize;
  }
}

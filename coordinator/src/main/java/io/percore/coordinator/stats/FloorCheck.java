package io.percore.coordinator.stats;

import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.plan.Catalogue;
import java.util.Locale;
import java.util.Optional;

/// Checks that the compiler has not removed the work: no discipline that loads and stores its count
/// can be faster than one independent load and store.
public final class FloorCheck {
  /// An operation that takes less than this share of the floor is impossible. Below 1, since the
  /// floor itself is measured, on a machine whose clock moves.
  public static final double LEAST_SHARE = 0.7;

  private FloorCheck() {}

  /// What is wrong with a trial's speed, or empty when it is possible.
  ///
  /// @param measurement the trial
  /// @param blockFloorMedianNanos median of the floors that the trials of the same block measured,
  ///   in nanoseconds for each load and store
  /// @param discipline the discipline; one that declares no load or no store is not checked
  public static Optional<String> defect(
      Measurement measurement, double blockFloorMedianNanos, Catalogue.Discipline discipline) {
    if (discipline.loadsPerOperation() < 1 || discipline.storesPerOperation() < 1) {
      return Optional.empty();
    }
    if (!(blockFloorMedianNanos > 0 && blockFloorMedianNanos < Double.POSITIVE_INFINITY)) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "cannot be checked against a load and a store: their floor was measured as %s ns",
              blockFloorMedianNanos));
    }
    double nanos = measurement.nanosPerOperation();
    if (nanos >= LEAST_SHARE * blockFloorMedianNanos) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "too fast to be true: %.3f ns/op, under %.1f x the %.3f ns that a load and a store"
                + " take; the compiler has removed work",
            nanos,
            LEAST_SHARE,
            blockFloorMedianNanos));
  }
}

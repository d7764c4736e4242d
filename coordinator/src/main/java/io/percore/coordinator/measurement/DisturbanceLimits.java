package io.percore.coordinator.measurement;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// What may disturb a trial before its figures do not count, fixed before the first trial. A
/// counter that is unknown is not held against a trial. Pure.
///
/// Work that others did counts twice: exactly, by how long measured threads waited for a processor,
/// where each has one; else roughly, by how busy the processors were beyond what the workers used.
///
/// @param taken time that others took from measured threads, as a share of one processor
/// @param takenOfAll the same as a share of all their processors: on a large machine something runs
///   somewhere at all times. The larger of the two is the limit
/// @param takenNanos time that is allowed however short the window is
/// @param foreign what others ran on the processors as a share of them, where there are more
///   threads than processors
/// @param steal what the hypervisor took from a processor, as a share of it
/// @param throttled for how long a quota held the workers back, as a share of the window
/// @param tickNanos what the last three are allowed beyond, since the kernel counts in such steps
/// @param canary what must be left of the processors' speed after a trial, as a share of that
///   before it, and as a share of the usual; null in runs from before there was such a limit
public record DisturbanceLimits(
    double taken,
    double takenOfAll,
    long takenNanos,
    double foreign,
    double steal,
    double throttled,
    long tickNanos,
    @Nullable Double canary) {

  /// The limits of every run that has any.
  public static DisturbanceLimits standard() {
    return new DisturbanceLimits(0.0175, 0.005, 10_000_000, 0.05, 0.02, 0.01, 20_000_000, 0.85);
  }

  /// All of them, in words.
  public String inWords() {
    return "others take %s of a processor (or %s of all, %s ms), or run on %s of them where threads outnumber them"
            .formatted(
                percent(taken), percent(takenOfAll), takenNanos / 1_000_000, percent(foreign))
        + "; the hypervisor takes %s; a quota holds back for %s of the window"
            .formatted(percent(steal), percent(throttled))
        + (canary == null
            ? ""
            : "; less than %s of the processors' speed is left, or of the usual"
                .formatted(percent(canary)));
  }

  private static String percent(double share) {
    return new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT))
            .format(100 * share)
        + " %";
  }

  /// Which limit this trial went beyond, in words with both figures; empty when it is sound.
  public Optional<String> exceeded(Measurement measurement) {
    Disturbance disturbance = Disturbance.of(measurement);
    double window = measurement.windowNanos();
    int threads = measurement.threads().size();
    double tick = tickNanos / window;
    double ofOne = Math.max(Math.max(taken, takenOfAll * threads), takenNanos / window);
    return beyond("others took %s of a processor from it", disturbance.takenShare(), ofOne)
        .or(
            () ->
                disturbance.takenShare() == null
                    ? beyond(
                        "others ran on %s of its processors",
                        lesser(disturbance.foreignShare(), disturbance.waitedShare()),
                        foreign + tick)
                    : Optional.empty())
        .or(
            () ->
                beyond(
                    "the hypervisor took %s of a processor from it",
                    disturbance.stealShare(), steal + tick))
        .or(
            () ->
                beyond(
                    "its quota held it back for %s of the window",
                    throttledShare(disturbance, window), throttled))
        .or(() -> slower(disturbance.canaryRatio()));
  }

  /// Whether the processors were slower than after other trials, in words with both figures.
  ///
  /// @param share of their usual speed after a trial
  public Optional<String> slowerThanUsual(OptionalDouble share) {
    return canary == null || share.isEmpty() || share.getAsDouble() >= canary
        ? Optional.empty()
        : Optional.of(
            "its processors had %.2f %% of their usual speed after it, and the limit is %.2f %%"
                .formatted(100 * share.getAsDouble(), 100 * canary));
  }

  private static @Nullable Double lesser(@Nullable Double a, @Nullable Double b) {
    return a == null || b == null ? a : Double.valueOf(Math.min(a, b));
  }

  private Optional<String> slower(@Nullable Double ratio) {
    return canary == null || ratio == null || ratio >= canary
        ? Optional.empty()
        : Optional.of(
            "its processors had %.2f %% of their speed left after it, and the limit is %.2f %%"
                .formatted(100 * ratio, 100 * canary));
  }

  private static @Nullable Double throttledShare(Disturbance disturbance, double windowNanos) {
    Long nanos = disturbance.throttledNanos();
    return nanos == null ? null : Double.valueOf(nanos / windowNanos);
  }

  private static Optional<String> beyond(String what, @Nullable Double share, double limit) {
    return share == null || share <= limit
        ? Optional.empty()
        : Optional.of(
            what.formatted("%.2f %%".formatted(100 * share))
                + ", and the limit is %.2f %%".formatted(100 * limit));
  }
}

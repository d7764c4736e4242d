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
  /// What a trial may go beyond.
  public enum Limit {
    /// [DisturbanceLimits#taken] and what belongs to it.
    TAKEN("others took"),
    /// [DisturbanceLimits#foreign].
    FOREIGN("others ran on"),
    /// [DisturbanceLimits#steal].
    STEAL("the hypervisor took"),
    /// [DisturbanceLimits#throttled].
    QUOTA("its quota held it back for"),
    /// [DisturbanceLimits#canary].
    SPEED("its processors had");

    private final String phrase;

    Limit(String phrase) {
      this.phrase = phrase;
    }

    /// Whether a reason that was written down for a trial is that it went beyond this.
    public boolean isWhy(String reason) {
      return reason.startsWith(phrase + " ");
    }
  }

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

  /// One of them, in words; empty when there is none.
  public String of(Limit limit) {
    return switch (limit) {
      case TAKEN ->
          "%s of a processor, %s of all, or %d ms"
              .formatted(percent(taken), percent(takenOfAll), takenNanos / 1_000_000);
      case FOREIGN -> percent(foreign);
      case STEAL -> percent(steal);
      case QUOTA -> percent(throttled) + " of the window";
      case SPEED -> canary == null ? "" : "less than " + percent(canary) + ", also of the usual";
    };
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
    return beyond(Limit.TAKEN, "%s of a processor from it", disturbance.takenShare(), ofOne)
        .or(
            () ->
                disturbance.takenShare() == null
                    ? beyond(
                        Limit.FOREIGN,
                        "%s of its processors",
                        lesser(disturbance.foreignShare(), disturbance.waitedShare()),
                        foreign + tick)
                    : Optional.empty())
        .or(
            () ->
                beyond(
                    Limit.STEAL,
                    "%s of a processor from it",
                    disturbance.stealShare(),
                    steal + tick))
        .or(
            () ->
                beyond(
                    Limit.QUOTA,
                    "%s of the window",
                    throttledShare(disturbance, window),
                    throttled))
        .or(() -> slower(disturbance.canaryRatio()));
  }

  /// Whether the processors were slower than after other trials, in words with both figures.
  ///
  /// @param share of their usual speed after a trial
  public Optional<String> slowerThanUsual(OptionalDouble share) {
    return canary == null || share.isEmpty() || share.getAsDouble() >= canary
        ? Optional.empty()
        : Optional.of(
            (Limit.SPEED.phrase
                    + " %.2f %% of their usual speed after it, and the limit is %.2f %%")
                .formatted(100 * share.getAsDouble(), 100 * canary));
  }

  private static @Nullable Double lesser(@Nullable Double a, @Nullable Double b) {
    return a == null || b == null ? a : Double.valueOf(Math.min(a, b));
  }

  private Optional<String> slower(@Nullable Double ratio) {
    return canary == null || ratio == null || ratio >= canary
        ? Optional.empty()
        : Optional.of(
            (Limit.SPEED.phrase + " %.2f %% of their speed left after it, and the limit is %.2f %%")
                .formatted(100 * ratio, 100 * canary));
  }

  private static @Nullable Double throttledShare(Disturbance disturbance, double windowNanos) {
    Long nanos = disturbance.throttledNanos();
    return nanos == null ? null : Double.valueOf(nanos / windowNanos);
  }

  private static Optional<String> beyond(
      Limit which, String what, @Nullable Double share, double limit) {
    return share == null || share <= limit
        ? Optional.empty()
        : Optional.of(
            (which.phrase + " " + what).formatted("%.2f %%".formatted(100 * share))
                + ", and the limit is %.2f %%".formatted(100 * limit));
  }
}

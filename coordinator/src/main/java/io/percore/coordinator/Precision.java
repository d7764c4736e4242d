package io.percore.coordinator;

import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.Modes;
import io.percore.coordinator.stats.PointSummary;
import io.percore.coordinator.stats.ScalingSummary;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How narrow the intervals have to be before a run may end.
///
/// @param halfWidth largest half width of a speedup's interval, as a share of the speedup; infinite
///   when nothing was asked for
record Precision(double halfWidth) {
  /// With modes the interval of a few forks covers far less often than it says: 41 % of the time at
  /// n = 5, 90 % at n = 30, for a mode of half the speed in one fork of ten.
  private static final int FORKS_WITH_MODES = 30;

  /// Reads a percentage such as `2%`.
  ///
  /// @param text null when nothing was asked for
  /// @throws UserError when it is none
  static Precision parse(@Nullable String text) {
    if (text == null) {
      return new Precision(Double.POSITIVE_INFINITY);
    }
    String number = text.endsWith("%") ? text.substring(0, text.length() - 1) : text;
    if (number.matches("[0-9]{1,2}(\\.[0-9]{1,6})?") && Double.parseDouble(number) > 0) {
      return new Precision(Double.parseDouble(number) / 100);
    }
    throw new UserError(
        ExitCode.USAGE, "--adaptive '" + text + "' is not a percentage between 0 and 100");
  }

  /// What a run was begun with.
  ///
  /// @param wanted as [#wanted] gave it
  static Precision of(@Nullable Double wanted) {
    return new Precision(wanted == null ? Double.POSITIVE_INFINITY : wanted);
  }

  /// The half width that was asked for; null when nothing was.
  @Nullable Double wanted() {
    return any() ? null : halfWidth;
  }

  /// Whether nothing was asked for.
  boolean any() {
    return halfWidth == Double.POSITIVE_INFINITY;
  }

  /// Whether every speedup is known so well. One that has no interval yet is not, unless it needs
  /// none: a base is exactly 1, and a point that cannot be measured will not be known better for
  /// waiting.
  boolean reached(ScalingSummary summary) {
    return any() || summary.points().stream().filter(p -> p.forks() > 0).allMatch(this::reached);
  }

  /// Half width of the widest of the intervals that [#reached] looks at, as a share of its speedup;
  /// nothing while there is none.
  static OptionalDouble widest(ScalingSummary summary) {
    return summary.points().stream()
        .filter(point -> point.parallelism() > 1)
        .map(PointSummary::speedup)
        .flatMap(Stream::ofNullable)
        .flatMapToDouble(Precision::relativeHalfWidth)
        .max();
  }

  private static DoubleStream relativeHalfWidth(Estimate estimate) {
    Interval interval = estimate.interval();
    return interval == null
        ? DoubleStream.empty()
        : DoubleStream.of((interval.high() - interval.low()) / 2 / estimate.value());
  }

  private static double[] rates(PointSummary point) {
    return point.forkThroughputs().stream().mapToDouble(Double::doubleValue).toArray();
  }

  private boolean reached(PointSummary point) {
    Estimate speedup = point.speedup();
    if (speedup == null || point.parallelism() == 1) {
      return true;
    }
    return (point.forks() >= FORKS_WITH_MODES || !Modes.possible(rates(point)))
        && relativeHalfWidth(speedup).max().orElse(Double.POSITIVE_INFINITY) <= halfWidth;
  }
}

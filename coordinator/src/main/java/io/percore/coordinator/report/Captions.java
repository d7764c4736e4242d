package io.percore.coordinator.report;

import io.percore.coordinator.report.chart.Chart.Datum;
import io.percore.coordinator.report.chart.Chart.Series;
import io.percore.coordinator.report.chart.Chart.Trend;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.PointSummary;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What stands beside a chart: what its marks mean, what it shows, and the figures of each point.
public final class Captions {
  /// Of a chart in which an interval does not end within the frame.
  public static final String CUT_OFF = "A bar without a cap goes on beyond the frame.";

  private Captions() {}

  /// What the marks of a chart mean.
  ///
  /// @param cutOff whether an interval does not end within the frame
  static String of(ChartKind kind, RunReport report, List<Series> series, boolean cutOff) {
    List<String> parts = new ArrayList<>();
    parts.add(points(kind, report));
    parts.add(intervals(kind, series));
    parts.add(cutOff ? CUT_OFF : "");
    parts.add(lines(kind, report));
    parts.add(trends(series));
    return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining(" "));
  }

  /// The same figures in words, for those who do not see the chart.
  public static String description(ChartKind kind, List<Series> series) {
    return series.stream()
        .map(
            s -> {
              Datum first = s.data().getFirst();
              Datum last = s.data().getLast();
              String begin = s.name() + ": " + at(first) + first.reading();
              return s.data().size() == 1 ? begin : begin + "; " + at(last) + last.reading();
            })
        .collect(Collectors.joining(". ", kind.title() + ". ", "."));
  }

  /// The figure of a point with its interval.
  static String reading(ChartKind kind, Estimate figure, PointSummary point) {
    Interval interval = figure.interval();
    return Typography.of(
        kind.reading(figure.value())
            + (interval == null ? "" : " " + ends(kind, interval))
            + ", "
            + Quantities.plural(point.forks(), "fork"));
  }

  private static String ends(ChartKind kind, Interval interval) {
    return kind == ChartKind.THROUGHPUT
        ? Quantities.countEnds(interval)
        : "[" + kind.reading(interval.low()) + ", " + kind.reading(interval.high()) + "]";
  }

  private static String at(Datum datum) {
    return "at N = " + (int) datum.x() + " ";
  }

  private static String points(ChartKind kind, RunReport report) {
    IntSummaryStatistics forks =
        report.summary().points().stream()
            .filter(p -> p.forks() > 0)
            .mapToInt(PointSummary::forks)
            .summaryStatistics();
    String number =
        forks.getMin() == forks.getMax()
            ? Quantities.plural(forks.getMax(), "fork")
            : forks.getMin() + " to " + forks.getMax() + " forks";
    return switch (kind) {
      case THROUGHPUT, TIME_PER_OPERATION ->
          forks.getMax() == 1 ? "Points: one fork." : "Points: median of " + number + ".";
      case SPEEDUP, EFFICIENCY ->
          forks.getMax() == 1
              ? "Points: one fork."
              : "Points: mean ratio of " + number + ", paired by block.";
      case LOST_UPDATES -> "Points: all forks together, warm-up included.";
    };
  }

  private static String intervals(ChartKind kind, List<Series> series) {
    if (kind == ChartKind.LOST_UPDATES) {
      return "";
    }
    List<Interval> intervals =
        series.stream()
            .flatMap(s -> s.data().stream())
            .map(Datum::interval)
            .flatMap(Stream::ofNullable)
            .toList();
    if (intervals.isEmpty()) {
      return "No intervals: each needs two forks, in the same blocks as those of its base.";
    }
    return switch (kind) {
      case THROUGHPUT, TIME_PER_OPERATION -> "Bars and bands: 95 % interval of the mean.";
      case SPEEDUP, EFFICIENCY, LOST_UPDATES -> "Bars and bands: 95 % interval.";
    };
  }

  private static String lines(ChartKind kind, RunReport report) {
    boolean lines = report.summary().points().stream().anyMatch(p -> p.parallelism() > 1);
    int processors = report.environment().hardwareThreads();
    String upTo = "up to the " + Quantities.plural(processors, "processor") + " at hand.";
    return switch (kind) {
      case THROUGHPUT ->
          lines && Curve.sequentialRate(report.summary()).isPresent()
              ? "Grey, dashed: ideal, N times the sequential rate, " + upTo
              : "";
      case SPEEDUP -> lines ? "Grey, dashed: ideal, N, " + upTo : "";
      case EFFICIENCY -> "Over each strategy's own N = 1.";
      case TIME_PER_OPERATION -> "Thread time: N times the elapsed time, over the operations.";
      case LOST_UPDATES -> "Strategies whose counts may be wrong.";
    };
  }

  private static String trends(List<Series> series) {
    List<Trend> trends = series.stream().map(Series::trend).filter(Objects::nonNull).toList();
    if (trends.isEmpty()) {
      return "";
    }
    return "Thin: fitted Universal Scalability Law"
        + (trends.stream().allMatch(trend -> trend.beyond().isEmpty())
            ? ""
            : ", dashed beyond the sizes fitted")
        + (trends.stream().allMatch(trend -> trend.peak() == null)
            ? "."
            : "; a triangle marks its peak.")
        + (trends.stream().allMatch(trend -> trend.other().isEmpty())
            ? ""
            : " Dotted: Amdahl's law, fitted likewise.");
  }

  /// Whether the run has intervals, but too few forks for some that assume little.
  static boolean fewForks(RunReport report) {
    int forks = Verdict.forks(report.summary(), report.experiment());
    return forks > 1 && forks < Verdict.ENOUGH_FORKS;
  }
}

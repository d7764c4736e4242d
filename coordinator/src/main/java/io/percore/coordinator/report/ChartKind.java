package io.percore.coordinator.report;

import io.percore.coordinator.report.Axes.Form;
import io.percore.coordinator.report.chart.Chart.Datum;
import io.percore.coordinator.report.chart.Chart.Series;
import io.percore.coordinator.report.chart.Chart.Trend;
import io.percore.coordinator.report.chart.Scale;
import io.percore.coordinator.report.chart.Style;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.PointSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What can be plotted against parallelism.
public enum ChartKind {
  /// Operations per second.
  THROUGHPUT("throughput", "Throughput against parallelism", "operations / s"),
  /// Throughput over that of the plain sequential run.
  SPEEDUP("speedup", "Speedup over the sequential base", "speedup"),
  /// Speedup over the own N = 1, as a share of N.
  EFFICIENCY("efficiency", "Parallel efficiency", "efficiency X(N) / (N X(1))"),
  /// Thread time that one operation takes.
  TIME_PER_OPERATION("time-per-operation", "Time per operation", "time per operation"),
  /// Share of the updates that went missing.
  LOST_UPDATES("lost-updates", "Lost updates", "share of updates lost");

  private final String id;
  private final String title;
  private final String axis;

  ChartKind(String id, String title, String axis) {
    this.id = id;
    this.title = title;
    this.axis = axis;
  }

  /// Name of its panel.
  public String id() {
    return id;
  }

  /// For people.
  public String title() {
    return title;
  }

  /// Title of the vertical axis.
  String axis() {
    return axis;
  }

  /// The figure that it shows of a point, or null when that was not measured.
  @Nullable Estimate of(PointSummary point) {
    return switch (this) {
      case THROUGHPUT -> throughput(point);
      case SPEEDUP -> point.speedupOverSequential();
      case EFFICIENCY -> point.efficiency();
      case TIME_PER_OPERATION -> timePerOperation(point);
      case LOST_UPDATES -> lostShare(point);
    };
  }

  /// A curve as a line of this chart; nothing when none of its points has such a figure.
  ///
  /// @param name at its end
  /// @param trend the law that was fitted to it, or null
  /// @param form of the axes
  public Optional<Series> series(
      Curve curve, String name, Style style, @Nullable Trend trend, Form form) {
    boolean positiveOnly = Axes.logarithmic(this, form);
    List<Datum> data = new ArrayList<>();
    boolean connected = false;
    for (PointSummary point : curve.points()) {
      Estimate figure = of(point);
      boolean shown = figure != null && (!positiveOnly || figure.value() > 0);
      if (figure != null && shown) {
        data.add(
            new Datum(
                point.parallelism(),
                figure.value(),
                figure.interval(),
                connected,
                Captions.reading(this, figure, point)));
      }
      connected = shown;
    }
    return data.isEmpty()
        ? Optional.empty()
        : Optional.of(new Series(PlainText.printable(name), style, data, trend));
  }

  /// Whether it is drawn on a logarithmic scale where nothing else was asked for.
  boolean logarithmic() {
    return switch (this) {
      case THROUGHPUT, SPEEDUP, TIME_PER_OPERATION -> true;
      case EFFICIENCY, LOST_UPDATES -> false;
    };
  }

  /// Whether a curve belongs into the chart: where a figure is 1 by definition, or 0 since nothing
  /// is shared, a line would say nothing.
  public boolean shows(Curve curve) {
    return switch (this) {
      case THROUGHPUT, TIME_PER_OPERATION -> true;
      case SPEEDUP -> !curve.isSequentialBase();
      case EFFICIENCY -> curve.points().stream().anyMatch(p -> p.parallelism() > 1);
      case LOST_UPDATES -> curve.points().stream().anyMatch(ChartKind::canLose);
    };
  }

  /// A value as the chart's read-outs give it.
  String reading(double value) {
    return switch (this) {
      case THROUGHPUT -> Quantities.rate(value);
      case SPEEDUP -> Quantities.ratio(value);
      case EFFICIENCY, LOST_UPDATES -> Quantities.percent(value);
      case TIME_PER_OPERATION -> Quantities.nanos(value);
    };
  }

  /// A round value as the axis gives it.
  String tick(double value) {
    String text =
        switch (this) {
          case THROUGHPUT -> Quantities.count(value);
          case SPEEDUP, EFFICIENCY, LOST_UPDATES, TIME_PER_OPERATION -> reading(value);
        };
    return Typography.of(Typography.withoutTrailingZeros(text));
  }

  /// The least range of values that makes a readable axis.
  Scale.Linear leastRange() {
    return switch (this) {
      case EFFICIENCY -> new Scale.Linear(0, 1);
      case LOST_UPDATES -> new Scale.Linear(0, 0.01);
      case THROUGHPUT, SPEEDUP, TIME_PER_OPERATION -> new Scale.Linear(0, Double.MIN_NORMAL);
    };
  }

  private static boolean canLose(PointSummary point) {
    Long lost = point.lostUpdates();
    return lost != null && (lost != 0 || !(point.exactRequired() || point.exactByConstruction()));
  }

  private static @Nullable Estimate throughput(PointSummary point) {
    Double median = point.throughputMedian();
    Estimate mean = point.throughputMean();
    return median == null ? null : new Estimate(median, mean == null ? null : mean.interval());
  }

  private static @Nullable Estimate timePerOperation(PointSummary point) {
    Double nanos = point.nanosPerOperation();
    Estimate mean = point.throughputMean();
    return nanos == null
        ? null
        : new Estimate(nanos, mean == null ? null : nanos(mean.interval(), point.parallelism()));
  }

  /// A rate that may be zero bounds the time from below only: that is no interval.
  private static @Nullable Interval nanos(@Nullable Interval rate, int n) {
    return rate == null || rate.low() <= 0
        ? null
        : new Interval(n * 1e9 / rate.high(), n * 1e9 / rate.low());
  }

  private static @Nullable Estimate lostShare(PointSummary point) {
    Long lost = point.lostUpdates();
    Long expected = point.expectedUpdates();
    return lost == null || expected == null || expected == 0
        ? null
        : new Estimate((double) lost / expected, null);
  }
}

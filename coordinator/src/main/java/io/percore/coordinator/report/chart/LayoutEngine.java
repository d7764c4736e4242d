package io.percore.coordinator.report.chart;

import io.percore.coordinator.report.chart.Chart.Axis;
import io.percore.coordinator.report.chart.Chart.Datum;
import io.percore.coordinator.report.chart.Chart.Reference;
import io.percore.coordinator.report.chart.Chart.Series;
import io.percore.coordinator.report.chart.Chart.Tick;
import io.percore.coordinator.report.chart.Chart.Trend;
import io.percore.coordinator.report.chart.Chart.Vertex;
import io.percore.coordinator.report.chart.Chart.Zone;
import io.percore.coordinator.report.chart.ChartLayout.Label;
import io.percore.coordinator.report.chart.ChartLayout.PlacedPoint;
import io.percore.coordinator.report.chart.ChartLayout.PlacedReference;
import io.percore.coordinator.report.chart.ChartLayout.PlacedSeries;
import io.percore.coordinator.report.chart.ChartLayout.PlacedTick;
import io.percore.coordinator.report.chart.ChartLayout.PlacedTrend;
import io.percore.coordinator.report.chart.ChartLayout.PlacedZone;
import io.percore.coordinator.report.chart.ChartLayout.Position;
import io.percore.coordinator.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Gives everything in one chart its position.
final class LayoutEngine {
  private static final double MARGIN = 12;
  private static final double AXIS_TITLE = 18;
  private static final double LABEL_STEP = 16;
  private static final double LABEL_GAP = 14;
  private static final double WIDEST_LABEL = 0.3;
  private static final double ZONE_ROW = 16;

  /// Keeps the outermost markers off the frame.
  private static final double INSET = 12;

  private final Chart chart;
  private final double width;
  private final Box plot;

  private LayoutEngine(Chart chart) {
    this.chart = chart;
    this.width = chart.size().width();
    double left = MARGIN + AXIS_TITLE + widest(chart.y()) + 8;
    double right = width - MARGIN - labelWidth() - LABEL_GAP;
    double top = chart.zones().isEmpty() ? 8 : ZONE_ROW + 4;
    int labels = chart.series().size() + chart.references().size();
    double height = Math.max(chart.size().plotHeight(), labels * LABEL_STEP);
    this.plot = new Box(left, top, right - left, height);
  }

  /// The layout of a chart.
  static ChartLayout layout(Chart chart) {
    return new LayoutEngine(chart).layout();
  }

  private ChartLayout layout() {
    List<List<Position>> lines =
        chart.references().stream()
            .map(reference -> clipped(reference.vertices()))
            .filter(line -> line.size() > 1)
            .toList();
    List<Reference> shown =
        chart.references().stream().filter(line -> clipped(line.vertices()).size() > 1).toList();
    List<List<PlacedPoint>> curves =
        chart.series().stream()
            .map(series -> series.data().stream().map(this::placed).toList())
            .toList();
    List<String> names =
        Stream.concat(
                chart.series().stream().map(Series::name), shown.stream().map(Reference::label))
            .toList();
    List<Position> anchors =
        Stream.concat(
                curves.stream()
                    .map(points -> new Position(points.getLast().x(), points.getLast().y())),
                lines.stream().map(List::getLast))
            .toList();
    List<Label> labels = labels(names, anchors);
    List<PlacedSeries> series = new ArrayList<>();
    for (int i = 0; i < curves.size(); i++) {
      Series curve = chart.series().get(i);
      series.add(new PlacedSeries(curve, curves.get(i), placed(curve.trend()), labels.get(i)));
    }
    List<PlacedReference> references = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      references.add(new PlacedReference(lines.get(i), labels.get(curves.size() + i)));
    }
    return new ChartLayout(
        chart,
        width,
        plot.bottom() + 20 + AXIS_TITLE + 6,
        plot,
        xTicks(),
        yTicks(),
        chart.zones().stream().map(this::placed).toList(),
        references,
        series);
  }

  private double labelWidth() {
    double widest =
        Stream.concat(
                chart.series().stream().map(Series::name),
                chart.references().stream().map(Reference::label))
            .mapToDouble(name -> TextWidth.of(name, ChartLayout.FONT, true))
            .max()
            .orElse(0);
    return ChartLayout.LABEL_MARKER + Math.min(widest, WIDEST_LABEL * width);
  }

  private static double widest(Axis axis) {
    return axis.ticks().stream()
        .mapToDouble(tick -> TextWidth.of(tick.label(), ChartLayout.FONT, false))
        .max()
        .orElse(0);
  }

  private double x(double value) {
    double inner = plot.width() - 2 * INSET;
    return plot.x() + INSET + inner * Math.clamp(chart.x().scale().fraction(value), 0, 1);
  }

  /// Below the plot for what is too small, above it for what is too large.
  private double unclampedY(double value) {
    return plot.bottom() - plot.height() * Math.clamp(chart.y().scale().fraction(value), -9, 9);
  }

  private double y(double value) {
    return Math.clamp(unclampedY(value), plot.y(), plot.bottom());
  }

  private PlacedPoint placed(Datum datum) {
    double y = y(datum.y());
    Interval interval = datum.interval();
    return new PlacedPoint(
        x(datum.x()),
        y,
        interval == null ? y : y(interval.low()),
        interval == null ? y : y(interval.high()),
        datum);
  }

  private @Nullable PlacedTrend placed(@Nullable Trend trend) {
    if (trend == null) {
      return null;
    }
    Vertex peak = trend.peak();
    double height = peak == null ? 0 : unclampedY(peak.y());
    return new PlacedTrend(
        clipped(trend.within()),
        clipped(trend.beyond()),
        clipped(trend.other()),
        peak == null || height < plot.y() || height > plot.bottom()
            ? null
            : new Position(x(peak.x()), height));
  }

  private PlacedZone placed(Zone zone) {
    Scale scale = chart.x().scale();
    double from = zone.from() <= scale.min() ? plot.x() : x(zone.from());
    double to = zone.to() >= scale.max() ? plot.right() : x(zone.to());
    String label =
        zone.labels().stream()
            .filter(l -> TextWidth.of(l, ChartLayout.SMALL_FONT, false) <= to - from)
            .findFirst()
            .orElse("");
    return new PlacedZone(from, to, label);
  }

  private List<PlacedTick> xTicks() {
    List<PlacedTick> placed = new ArrayList<>();
    List<Box> taken = new ArrayList<>();
    for (Tick tick : chart.x().ticks()) {
      double at = x(tick.value());
      double half = TextWidth.of(tick.label(), ChartLayout.FONT, false) / 2 + 3;
      Box box = new Box(at - half, plot.bottom(), 2 * half, 20);
      boolean fits = box.x() >= 0 && taken.stream().noneMatch(box::overlaps);
      if (fits) {
        taken.add(box);
      }
      placed.add(new PlacedTick(at, fits ? tick.label() : ""));
    }
    return placed;
  }

  private List<PlacedTick> yTicks() {
    return chart.y().ticks().stream()
        .map(tick -> new PlacedTick(unclampedY(tick.value()), tick.label()))
        .toList();
  }

  private List<Label> labels(List<String> names, List<Position> anchors) {
    double[] centres =
        LabelColumn.place(
            anchors.stream().map(Position::y).toList(),
            LABEL_STEP,
            plot.y() + LABEL_STEP / 2,
            plot.bottom() - LABEL_STEP / 2);
    double left = plot.right() + LABEL_GAP;
    double room = labelWidth() - ChartLayout.LABEL_MARKER;
    List<Label> labels = new ArrayList<>();
    for (int i = 0; i < centres.length; i++) {
      String text = TextWidth.fitted(names.get(i), ChartLayout.FONT, true, room);
      double textWidth = TextWidth.of(text, ChartLayout.FONT, true);
      Box box =
          new Box(
              left, centres[i] - LABEL_STEP / 2, ChartLayout.LABEL_MARKER + textWidth, LABEL_STEP);
      labels.add(new Label(text, box, anchors.get(i)));
    }
    return labels;
  }

  /// The part of a line within the plot. Reference lines rise or run level, and laws have one peak
  /// at most and run where the data are, so that the part is one piece.
  private List<Position> clipped(List<Vertex> vertices) {
    List<Position> line = new ArrayList<>();
    Position before = null;
    for (Vertex vertex : vertices) {
      Position here = new Position(x(vertex.x()), unclampedY(vertex.y()));
      if (before != null) {
        addClipped(line, before, here);
      }
      before = here;
    }
    return line;
  }

  private void addClipped(List<Position> line, Position from, Position to) {
    double enter = 0;
    double leave = 1;
    double rise = to.y() - from.y();
    if (rise == 0) {
      if (from.y() < plot.y() || from.y() > plot.bottom()) {
        return;
      }
    } else {
      double top = (plot.y() - from.y()) / rise;
      double bottom = (plot.bottom() - from.y()) / rise;
      enter = Math.max(enter, Math.min(top, bottom));
      leave = Math.min(leave, Math.max(top, bottom));
    }
    if (enter < leave) {
      if (line.isEmpty()) {
        line.add(between(from, to, enter));
      }
      line.add(between(from, to, leave));
    }
  }

  private static Position between(Position from, Position to, double share) {
    return new Position(
        from.x() + share * (to.x() - from.x()), from.y() + share * (to.y() - from.y()));
  }
}

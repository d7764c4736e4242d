package io.percore.coordinator.report.chart;

import io.percore.coordinator.report.chart.ChartLayout.Label;
import io.percore.coordinator.report.chart.ChartLayout.PlacedPoint;
import io.percore.coordinator.report.chart.ChartLayout.PlacedReference;
import io.percore.coordinator.report.chart.ChartLayout.PlacedSeries;
import io.percore.coordinator.report.chart.ChartLayout.PlacedZone;
import io.percore.coordinator.report.chart.ChartLayout.Position;
import java.util.ArrayList;
import java.util.List;

/// Draws line charts.
final class SvgChart {
  private static final double MARKER_RADIUS = 3.8;
  private static final double CAP = 3;

  private final ChartLayout layout;
  private final boolean tooltips;
  private final Markup out = new Markup();

  private SvgChart(ChartLayout layout, boolean tooltips) {
    this.layout = layout;
    this.tooltips = tooltips;
  }

  static Drawing draw(Chart chart, boolean tooltips) {
    ChartLayout layout = LayoutEngine.layout(chart);
    SvgChart svg = new SvgChart(layout, tooltips);
    svg.picture();
    return new Drawing(layout.width(), layout.height(), svg.out.toString(), svg.stops());
  }

  private void picture() {
    layout.zones().forEach(this::zone);
    AxisMarkup.write(
        out,
        layout.plot(),
        layout.xTicks(),
        layout.yTicks(),
        layout.chart().x().title(),
        layout.chart().y().title());
    layout.references().forEach(this::reference);
    layout.series().forEach(this::curve);
  }

  private void zone(PlacedZone zone) {
    Box plot = layout.plot();
    out.empty(
        "rect",
        "class",
        "zone",
        "x",
        zone.from(),
        "y",
        plot.y(),
        "width",
        zone.to() - zone.from(),
        "height",
        plot.height());
    if (!zone.label().isEmpty()) {
      out.element(
          "text",
          zone.label(),
          "class",
          "small middle",
          "x",
          (zone.from() + zone.to()) / 2,
          "y",
          plot.y() - 6);
    }
    out.line();
  }

  private void reference(PlacedReference reference) {
    out.open("g", "class", "reference");
    out.empty("path", "class", "line", "d", path(reference.line()));
    Box box = reference.label().box();
    AxisMarkup.line(out, "line", box.x(), box.middle(), box.x() + 10, box.middle());
    label(reference.label(), reference.label().text(), false);
    out.close().line();
  }

  private void curve(PlacedSeries placed) {
    Style style = placed.series().style();
    out.open("g", "class", "series " + style.classes());
    band(placed.points());
    TrendMarkup.write(out, placed.trend());
    placed.points().forEach(this::errorBar);
    String line = curvePath(placed.points());
    if (!line.isEmpty()) {
      out.empty("path", "class", "line", "d", line);
    }
    for (PlacedPoint point : placed.points()) {
      mark(style, point.x(), point.y(), point.datum().reading());
    }
    Label label = placed.label();
    mark(style, label.box().x() + 5, label.box().middle(), "");
    label(label, placed.series().name(), true);
    out.close().line();
  }

  /// @param reading of its tooltip; empty for none
  private void mark(Style style, double x, double y, String reading) {
    String outline = style.marker(MARKER_RADIUS, x, y);
    if (tooltips && !reading.isEmpty()) {
      out.open("path", "class", style.markClass(), "d", outline);
      out.element("title", reading).close();
    } else {
      out.empty("path", "class", style.markClass(), "d", outline);
    }
  }

  /// Thin dots lead from the end of a line to its label where the label is not right beside it; not
  /// from a line of reference that leaves the plot, which would seem to run on at its upper edge.
  private void label(Label label, String whole, boolean ledFromWithin) {
    Box box = label.box();
    Position anchor = label.anchor();
    double edge = layout.plot().right();
    boolean atEdge = anchor.x() > edge - 20;
    boolean beside = atEdge && Math.abs(anchor.y() - box.middle()) < 3;
    if (!beside && (atEdge || ledFromWithin)) {
      List<Position> leader =
          List.of(
              new Position(anchor.x() + 6, anchor.y()),
              new Position(Math.max(edge - 6, anchor.x() + 6), anchor.y()),
              new Position(box.x() - 2, box.middle()));
      out.empty("path", "class", "leader", "d", path(leader));
    }
    out.open(
        "text", "x", box.x() + ChartLayout.LABEL_MARKER, "y", box.middle() + 4, "class", "label");
    out.text(label.text());
    if (!label.text().equals(whole)) {
      out.element("title", whole);
    }
    out.close();
  }

  private void band(List<PlacedPoint> points) {
    List<PlacedPoint> run = new ArrayList<>();
    for (PlacedPoint point : points) {
      if (!point.datum().connected() || point.datum().interval() == null) {
        bandOf(run);
        run.clear();
      }
      if (point.datum().interval() != null) {
        run.add(point);
      }
    }
    bandOf(run);
  }

  private void bandOf(List<PlacedPoint> run) {
    if (run.size() > 1) {
      List<Position> outline = new ArrayList<>();
      run.forEach(p -> outline.add(new Position(p.x(), p.high())));
      run.reversed().forEach(p -> outline.add(new Position(p.x(), p.low())));
      out.empty("path", "class", "band", "d", path(outline) + "Z");
    }
  }

  private void errorBar(PlacedPoint p) {
    if (p.datum().interval() != null) {
      String stem = "M" + at(p.x(), p.low()) + "L" + at(p.x(), p.high());
      out.empty("path", "class", "bar", "d", stem + cap(p.x(), p.low()) + cap(p.x(), p.high()));
    }
  }

  /// What goes on beyond the frame has none.
  private String cap(double x, double y) {
    Box plot = layout.plot();
    return y > plot.y() && y < plot.bottom() ? "M" + at(x - CAP, y) + "h6" : "";
  }

  /// One at each x that was measured.
  private List<Box> stops() {
    Box plot = layout.plot();
    return layout.series().stream()
        .flatMap(series -> series.points().stream())
        .mapToDouble(PlacedPoint::x)
        .distinct()
        .sorted()
        .mapToObj(x -> new Box(x, plot.y(), 0, plot.height()))
        .toList();
  }

  private static String curvePath(List<PlacedPoint> points) {
    StringBuilder path = new StringBuilder();
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).datum().connected()) {
        boolean continues = i > 1 && points.get(i - 1).datum().connected();
        PlacedPoint from = points.get(i - 1);
        path.append(continues ? "" : "M" + at(from.x(), from.y()))
            .append("L")
            .append(at(points.get(i).x(), points.get(i).y()));
      }
    }
    return path.toString();
  }

  static String path(List<Position> line) {
    StringBuilder path = new StringBuilder();
    for (Position p : line) {
      path.append(path.isEmpty() ? "M" : "L").append(at(p.x(), p.y()));
    }
    return path.toString();
  }

  private static String at(double x, double y) {
    return Markup.number(x) + " " + Markup.number(y);
  }
}

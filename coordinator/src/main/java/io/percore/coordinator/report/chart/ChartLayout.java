package io.percore.coordinator.report.chart;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A chart with a position for everything, in user units of its SVG: x to the right, y down, from
/// the upper left corner. No two texts overlap, as far as their widths can be estimated.
///
/// @param chart what is shown
/// @param width outer width
/// @param height outer height
/// @param plot the rectangle between the axes
/// @param xTicks marked values of x
/// @param yTicks marked values of y
/// @param zones shaded ranges
/// @param references lines to compare with, clipped to the plot
/// @param series curves
record ChartLayout(
    Chart chart,
    double width,
    double height,
    Box plot,
    List<PlacedTick> xTicks,
    List<PlacedTick> yTicks,
    List<PlacedZone> zones,
    List<PlacedReference> references,
    List<PlacedSeries> series) {

  static final double FONT = 12;
  static final double SMALL_FONT = 11;
  static final double HEADING_FONT = 16;

  /// Room that the marker takes at the beginning of a label.
  static final double LABEL_MARKER = 14;

  /// A position.
  record Position(double x, double y) {}

  /// A tick; its label is empty where there was no room for it.
  ///
  /// @param at position along the axis
  record PlacedTick(double at, String label) {}

  /// A shaded range; its label is empty where there was no room for it.
  record PlacedZone(double from, double to, String label) {}

  /// A text at the right of the plot.
  ///
  /// @param text what is shown, perhaps cut short
  /// @param box where, its marker included
  /// @param anchor end of the line that it belongs to
  record Label(String text, Box box, Position anchor) {}

  /// A line of reference.
  record PlacedReference(List<Position> line, Label label) {}

  /// A curve; its trend is null where no law was fitted.
  record PlacedSeries(
      Chart.Series series, List<PlacedPoint> points, @Nullable PlacedTrend trend, Label label) {}

  /// The law of a curve, clipped to the plot.
  record PlacedTrend(
      List<Position> within,
      List<Position> beyond,
      List<Position> other,
      @Nullable Position peak) {}

  /// A point of a curve.
  ///
  /// @param low lower end of its interval on the screen (the larger y); equal to `y` without one
  /// @param high upper end, likewise
  record PlacedPoint(double x, double y, double low, double high, Chart.Datum datum) {}

  ChartLayout {
    xTicks = List.copyOf(xTicks);
    yTicks = List.copyOf(yTicks);
    zones = List.copyOf(zones);
    references = List.copyOf(references);
    series = List.copyOf(series);
  }
}

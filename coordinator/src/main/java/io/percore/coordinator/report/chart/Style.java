package io.percore.coordinator.report.chart;

import java.util.Locale;

/// How a series is told from the others: colour, dash and marker together. The same index looks the
/// same in every chart. Up to fourteen series differ in their markers alone.
///
/// @param index position of the series in the plan, from 0
public record Style(int index) {
  private static final int COLOURS = 4;
  private static final int DASHES = 4;

  public Style {
    if (index < 0) {
      throw new IllegalArgumentException("negative index of a style");
    }
  }

  /// Marker shapes, filled for the first round of series and hollow for the next. An outline is
  /// relative to where it stands. In it stand for lengths: 1 the radius, 2 twice that, 3 the height
  /// of a triangle, 4 half the width of a bar of the plus, 5 its width, 6 the length of an arm.
  private enum Marker {
    SQUARE("m-%1$s-%1$sh%2$sv%2$sh-%2$sz", 0.88),
    TRIANGLE("m0-%1$sl%1$s %3$sh-%2$sz", 1.12),
    DIAMOND("m0-%1$sl%1$s %1$s-%1$s %1$s-%1$s-%1$sz", 1.25),
    CIRCLE("m-%1$s 0a%1$s %1$s 0 1 1 %2$s 0a%1$s %1$s 0 1 1-%2$s 0z", 1),
    TRIANGLE_DOWN("m0 %1$sl%1$s-%3$sh-%2$sz", 1.12),
    PLUS("m-%4$s-%1$sh%5$sv%6$sh%6$sv%5$sh-%6$sv%6$sh-%5$sv-%6$sh-%6$sv-%5$sh%6$sz", 1.2),
    HOURGLASS("m-%1$s-%1$sh%2$sl-%2$s %2$sh%2$sz", 1);

    private final String outline;
    private final double scale;

    Marker(String outline, double scale) {
      this.outline = outline;
      this.scale = scale;
    }
  }

  /// Classes of its colour and dash in `chart.css`.
  public String classes() {
    return "c" + index % COLOURS + " d" + index / COLOURS % DASHES;
  }

  /// Class of its marker in `chart.css`.
  String markClass() {
    return filled() ? "mark" : "mark hollow";
  }

  /// Outline of its marker around the origin, as SVG path data.
  ///
  /// @param radius about half its width
  public String marker(double radius) {
    Marker marker = Marker.values()[index % Marker.values().length];
    double r = rounded(radius * marker.scale);
    double bar = rounded(r * 0.36);
    return String.format(
        Locale.ROOT,
        marker.outline,
        Markup.number(r),
        Markup.number(2 * r),
        Markup.number(r * 1.8),
        Markup.number(bar),
        Markup.number(2 * bar),
        Markup.number(r - bar));
  }

  /// Outline of its marker around a point.
  String marker(double radius, double x, double y) {
    return "M" + Markup.number(x) + " " + Markup.number(y) + marker(radius);
  }

  /// Whether the marker is filled, else only outlined.
  public boolean filled() {
    return index / Marker.values().length % 2 == 0;
  }

  /// To the digit with which it is written: lengths that belong together add up.
  private static double rounded(double value) {
    return Math.rint(value * 10) / 10;
  }
}

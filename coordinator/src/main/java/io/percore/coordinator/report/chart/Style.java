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

  /// Marker shapes, filled for the first round of series and hollow for the next.
  private enum Marker {
    SQUARE("M-%1$s -%1$sH%1$sV%1$sH-%1$sZ", 0.88),
    TRIANGLE("M0 -%1$sL%1$s %2$sL-%1$s %2$sZ", 1.12),
    DIAMOND("M0 -%1$sL%1$s 0L0 %1$sL-%1$s 0Z", 1.25),
    CIRCLE("M-%1$s 0A%1$s %1$s 0 1 1 %1$s 0A%1$s %1$s 0 1 1 -%1$s 0Z", 1),
    TRIANGLE_DOWN("M0 %1$sL%1$s -%2$sL-%1$s -%2$sZ", 1.12),
    PLUS("M-%3$s -%1$sH%3$sV-%3$sH%1$sV%3$sH%3$sV%1$sH-%3$sV%3$sH-%1$sV-%3$sH-%3$sZ", 1.2),
    HOURGLASS("M-%1$s -%1$sH%1$sL-%1$s %1$sH%1$sZ", 1);

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

  /// Outline of its marker around the origin, as SVG path data.
  ///
  /// @param radius about half its width
  public String marker(double radius) {
    Marker marker = Marker.values()[index % Marker.values().length];
    double r = radius * marker.scale;
    return String.format(Locale.ROOT, marker.outline, number(r), number(r * 0.8), number(r * 0.36));
  }

  /// Whether the marker is filled, else only outlined.
  public boolean filled() {
    return index / Marker.values().length % 2 == 0;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}

package io.percore.coordinator.report.chart;

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
  /// relative to where it stands. In it stand for lengths: R the radius, D twice that, T the height
  /// of a triangle, H half the width of a bar of the plus, B its width, A the length of an arm.
  private enum Marker {
    SQUARE("m-R-RhDvDh-Dz", 0.88),
    TRIANGLE("m0-RlR Th-Dz", 1.12),
    DIAMOND("m0-RlR R-R R-R-Rz", 1.25),
    CIRCLE("m-R 0aR R 0 1 1 D 0aR R 0 1 1-D 0z", 1),
    TRIANGLE_DOWN("m0 RlR-Th-Dz", 1.12),
    PLUS("m-H-RhBvAhAvBh-AvAh-Bv-Ah-Av-BhAz", 1.2),
    HOURGLASS("m-R-RhDl-D DhDz", 1);

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
    StringBuilder path = new StringBuilder();
    for (char c : marker.outline.toCharArray()) {
      switch (c) {
        case 'R' -> path.append(Markup.number(r));
        case 'D' -> path.append(Markup.number(2 * r));
        case 'T' -> path.append(Markup.number(r * 1.8));
        case 'H' -> path.append(Markup.number(bar));
        case 'B' -> path.append(Markup.number(2 * bar));
        case 'A' -> path.append(Markup.number(r - bar));
        default -> path.append(c);
      }
    }
    return path.toString();
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

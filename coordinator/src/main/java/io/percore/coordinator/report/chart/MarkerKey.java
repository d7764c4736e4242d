package io.percore.coordinator.report.chart;

/// The marker of a series beside its name, as it is in the charts.
public final class MarkerKey {
  private MarkerKey() {}

  /// Writes it, in the colour of what is around it.
  public static void write(Markup page, Style style) {
    page.open(
        "svg",
        "class",
        "chart key",
        "viewBox",
        "-6 -6 12 12",
        "width",
        12,
        "height",
        12,
        "aria-hidden",
        "true");
    page.empty("path", "class", style.markClass(), "d", style.marker(4.4));
    page.close();
  }
}

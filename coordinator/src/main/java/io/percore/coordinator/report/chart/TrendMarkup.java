package io.percore.coordinator.report.chart;

import io.percore.coordinator.report.chart.ChartLayout.PlacedTrend;
import io.percore.coordinator.report.chart.ChartLayout.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Draws the law that was fitted to a curve: thin, dashed where it is extrapolated, with a triangle
/// above its peak, and dotted another one beside it.
final class TrendMarkup {
  private static final double ABOVE = 7;

  private TrendMarkup() {}

  static void write(Markup out, @Nullable PlacedTrend trend) {
    if (trend == null) {
      return;
    }
    line(out, "trend", trend.within());
    line(out, "trend beyond", trend.beyond());
    line(out, "trend other", trend.other());
    Position peak = trend.peak();
    if (peak != null) {
      String tip = "M" + Markup.number(peak.x()) + " " + Markup.number(peak.y() - ABOVE);
      out.empty("path", "class", "peak", "d", tip + "l-5 -8h10Z");
    }
  }

  private static void line(Markup out, String style, List<Position> line) {
    if (line.size() > 1) {
      out.empty("path", "class", style, "d", SvgChart.path(line));
    }
  }
}

package io.percore.coordinator.report.chart;

import io.percore.coordinator.report.chart.ChartLayout.PlacedTick;
import java.util.List;

/// Draws a plot's axes: grid lines at marked values of y, ticks below at those of x, and titles.
final class AxisMarkup {
  /// From the lower edge of a plot to that of its axis' title.
  static final double BELOW = 44;

  private AxisMarkup() {}

  static void write(
      Markup out,
      Box plot,
      List<PlacedTick> xTicks,
      List<PlacedTick> yTicks,
      String xTitle,
      String yTitle) {
    for (PlacedTick tick : yTicks) {
      line(out, "grid", plot.x(), tick.at(), plot.right(), tick.at());
      out.element("text", tick.label(), "class", "tick end", "x", plot.x() - 7, "y", tick.at() + 4);
    }
    StringBuilder axis =
        new StringBuilder(segment(plot.x(), plot.bottom(), plot.right(), plot.bottom()));
    xTicks.forEach(
        tick -> axis.append(segment(tick.at(), plot.bottom(), tick.at(), plot.bottom() + 5)));
    out.empty("path", "class", "axis", "d", axis);
    for (PlacedTick tick : xTicks) {
      if (!tick.label().isEmpty()) {
        out.element(
            "text", tick.label(), "class", "tick middle", "x", tick.at(), "y", plot.bottom() + 18);
      }
    }
    double centre = plot.x() + plot.width() / 2;
    out.element("text", xTitle, "class", "tick middle", "x", centre, "y", plot.bottom() + 37);
    String turned = "translate(20 " + Markup.number(plot.middle()) + ") rotate(-90)";
    out.element("text", yTitle, "class", "tick middle", "transform", turned).line();
  }

  /// A straight line.
  static void line(Markup out, String style, double x1, double y1, double x2, double y2) {
    out.empty("path", "class", style, "d", segment(x1, y1, x2, y2));
  }

  private static String segment(double x1, double y1, double x2, double y2) {
    String from = "M" + Markup.number(x1) + " " + Markup.number(y1);
    if (x1 == x2) {
      return from + "V" + Markup.number(y2);
    }
    String to = "H" + Markup.number(x2);
    return y1 == y2 ? from + to : from + "L" + to.substring(1) + " " + Markup.number(y2);
  }
}

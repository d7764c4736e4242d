package io.percore.coordinator.report.chart;

import io.percore.coordinator.report.chart.Chart.Size;
import io.percore.coordinator.report.chart.Traces.Step;
import io.percore.coordinator.report.chart.Traces.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Draws traces in rows of as many as fit.
final class TraceMarkup {
  private static final double MARGIN = 12;
  private static final double NAME = 22;
  private static final double NOTE = 37;
  private static final double TOP = 44;
  private static final double HEIGHT = 46;
  private static final double ROW = TOP + HEIGHT + 8;
  private static final double MARKER = 14;

  /// Heights are in halves of a pixel.
  private static final double UNIT = 0.5;

  /// Parts of a pixel to which the width of a step is rounded: hundreds of them stand in a row.
  private static final double STEP_PARTS = 1e4;

  private final Traces traces;
  private final boolean tooltips;
  private final int columns;
  private final double width;
  private final double step;
  private final Markup out = new Markup();

  TraceMarkup(Traces traces, boolean tooltips) {
    this.traces = traces;
    this.tooltips = tooltips;
    double outer = traces.size().width() - 2 * MARGIN;
    this.columns = traces.size() == Size.WIDE ? 4 : 2;
    double gap = traces.size() == Size.WIDE ? 24 : 16;
    this.width = (outer - gap * (columns - 1)) / columns;
    this.step = (outer + gap) / columns;
  }

  Drawing draw() {
    List<Box> stops = new ArrayList<>();
    for (int i = 0; i < traces.traces().size(); i++) {
      double left = MARGIN + step * (i % columns);
      double top = ROW * Math.floorDiv(i, columns);
      trace(traces.traces().get(i), new Box(left, top + TOP, width, HEIGHT), top);
      stops.add(new Box(left - 6, top + 4, width + 12, TOP + HEIGHT + 2));
    }
    int rows = Math.ceilDiv(traces.traces().size(), columns);
    return new Drawing(traces.size().width(), ROW * rows, out.toString(), stops);
  }

  private void trace(Trace trace, Box plot, double top) {
    out.open("g", "class", trace.style().classes());
    if (tooltips) {
      out.element("title", trace.reading());
    }
    heading(trace, plot.x(), top);
    double shaded = plot.width() * trace.shaded();
    out.empty(
        "rect", "class", "zone", "x", plot.x(), "y", plot.y(), "width", shaded, "height", HEIGHT);
    double most = trace.steps().stream().mapToDouble(Step::high).max().orElse(0);
    double scale = most > 0 ? plot.height() / most : 0;
    envelope(trace.steps(), plot, scale);
    out.empty("path", "class", "trace", "d", line(trace.steps(), plot, scale));
    AxisMarkup.line(out, "axis", plot.x(), plot.bottom(), plot.right(), plot.bottom());
    changes(trace.changes(), plot);
    out.close().line();
  }

  private void changes(List<Double> changes, Box plot) {
    if (!changes.isEmpty()) {
      StringBuilder path = new StringBuilder();
      for (double change : changes) {
        path.append('M').append(Markup.number(plot.x() + plot.width() * change));
        path.append(' ').append(Markup.number(plot.y() - 4)).append("v50");
      }
      out.empty("path", "class", "change", "d", path);
    }
  }

  private void heading(Trace trace, double left, double top) {
    Style style = trace.style();
    out.empty("path", "class", style.markClass(), "d", style.marker(3.8, left + 5, top + NAME - 4));
    double room = width - MARKER;
    String name = TextWidth.fitted(trace.name(), ChartLayout.FONT, true, room);
    String classes = "label " + style.classes();
    out.element("text", name, "class", classes, "x", left + MARKER, "y", top + NAME);
    String note = TextWidth.fitted(trace.note(), ChartLayout.SMALL_FONT, false, width);
    out.element("text", note, "class", "small", "x", left, "y", top + NOTE);
  }

  /// There along the largest values, and back along the least: one unit across for each step, and
  /// whole numbers up, which are short. The transform gives them their size; there is no stroke
  /// that it could distort.
  private void envelope(List<Step> steps, Box plot, double scale) {
    int[] high = heights(steps, scale, Step::high);
    int[] low = heights(steps.reversed(), scale, Step::low);
    StringBuilder path = new StringBuilder("M0 ").append(high[0]);
    append(path, high, 1, 1);
    path.append('V').append(low[0]);
    append(path, low, -1, 1);
    double each = plot.width() / steps.size();
    String transform =
        "translate("
            + Markup.number(plot.x() + each / 2)
            + " "
            + Markup.number(plot.bottom())
            + ")scale("
            + Math.rint(each * STEP_PARTS) / STEP_PARTS
            + " -"
            + UNIT
            + ")";
    out.empty("path", "class", "envelope", "transform", transform, "d", path.append('z'));
  }

  private static String line(List<Step> steps, Box plot, double scale) {
    int[] mean = heights(steps, scale, Step::mean);
    double each = plot.width() / steps.size();
    StringBuilder path = new StringBuilder("M" + Markup.number(plot.x() + each / 2));
    path.append(' ').append(Markup.number(plot.bottom() - UNIT * mean[0]));
    append(path, mean, each, -UNIT);
    return path.toString();
  }

  private static int[] heights(List<Step> steps, double scale, ToDoubleFunction<Step> value) {
    return steps.stream()
        .mapToDouble(value)
        .mapToInt(height -> (int) Math.round(height * scale / UNIT))
        .toArray();
  }

  /// From the first height on, each relative to the one before: such figures are short. A level
  /// stretch is one line.
  ///
  /// @param across from one height to the next
  /// @param up for each unit of a height
  private static void append(StringBuilder path, int[] heights, double across, double up) {
    double drawn = 0;
    for (int i = 1; i < heights.length; i++) {
      int rise = heights[i] - heights[i - 1];
      boolean goesOn = rise == 0 && i + 1 < heights.length && heights[i + 1] == heights[i];
      if (!goesOn) {
        double x = Math.rint(i * across / UNIT) * UNIT;
        String dx = shortest(x - drawn);
        String dy = shortest(rise * up);
        path.append(drawn == 0 ? "l" : dx.startsWith("-") ? "" : " ").append(dx);
        path.append(dy.startsWith("-") ? "" : " ").append(dy);
        drawn = x;
      }
    }
  }

  /// A multiple of [#UNIT] without the zero before its point.
  private static String shortest(double value) {
    String number = Markup.number(value);
    if (number.startsWith("0.")) {
      return number.substring(1);
    }
    return number.startsWith("-0.") ? "-" + number.substring(2) : number;
  }
}

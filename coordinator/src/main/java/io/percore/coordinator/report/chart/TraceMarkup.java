package io.percore.coordinator.report.chart;

import io.percore.coordinator.report.chart.Chart.Size;
import io.percore.coordinator.report.chart.Traces.Step;
import io.percore.coordinator.report.chart.Traces.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    out.empty("path", "class", "envelope", "d", envelope(trace.steps(), plot, scale));
    out.empty("path", "class", "trace", "d", line(trace.steps(), plot, scale, Step::mean));
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
    out.empty(
        "path",
        "class",
        trace.style().filled() ? "mark" : "mark hollow",
        "d",
        trace.style().marker(3.8),
        "transform",
        "translate(" + Markup.number(left + 5) + " " + Markup.number(top + NAME - 4) + ")");
    double room = width - MARKER;
    String name = TextWidth.fitted(trace.name(), ChartLayout.FONT, true, room);
    String classes = "label " + trace.style().classes();
    out.element("text", name, "class", classes, "x", left + MARKER, "y", top + NAME);
    String note = TextWidth.fitted(trace.note(), ChartLayout.SMALL_FONT, false, width);
    out.element("text", note, "class", "small", "x", left, "y", top + NOTE);
  }

  /// There along the largest values, and back along the least.
  private static String envelope(List<Step> steps, Box plot, double scale) {
    StringBuilder path = new StringBuilder(line(steps, plot, scale, Step::high));
    double each = plot.width() / steps.size();
    double x = plot.x() + (steps.size() - 0.5) * each;
    double from = plot.bottom() - steps.getLast().low() * scale;
    path.append('L').append(Markup.number(x)).append(' ').append(Markup.number(from));
    append(path, steps.reversed(), -each, scale, Step::low);
    return path.append('Z').toString();
  }

  private static String line(
      List<Step> steps, Box plot, double scale, ToDoubleFunction<Step> value) {
    double each = plot.width() / steps.size();
    double from = plot.bottom() - value.applyAsDouble(steps.getFirst()) * scale;
    StringBuilder path = new StringBuilder("M" + Markup.number(plot.x() + each / 2));
    path.append(' ').append(Markup.number(from));
    append(path, steps, each, scale, value);
    return path.toString();
  }

  /// From the first step on, each relative to the one before: such figures are short. What rounding
  /// leaves over goes to the next one.
  private static void append(
      StringBuilder path,
      List<Step> steps,
      double each,
      double scale,
      ToDoubleFunction<Step> value) {
    double x = 0;
    double y = 0;
    double first = value.applyAsDouble(steps.getFirst());
    path.append('l');
    for (int i = 1; i < steps.size(); i++) {
      double dx = rounded(i * each - x);
      double dy = rounded((first - value.applyAsDouble(steps.get(i))) * scale - y);
      path.append(i == 1 || dx < 0 ? "" : " ").append(shortest(dx));
      path.append(dy < 0 ? "" : " ").append(shortest(dy));
      x += dx;
      y += dy;
    }
  }

  private static double rounded(double value) {
    return Math.rint(value * 2) / 2;
  }

  private static String shortest(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.1f", value).replaceFirst("^(-?)0", "$1");
  }
}

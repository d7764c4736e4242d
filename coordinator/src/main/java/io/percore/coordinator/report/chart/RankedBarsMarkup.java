package io.percore.coordinator.report.chart;

import io.percore.coordinator.report.chart.Chart.Axis;
import io.percore.coordinator.report.chart.Chart.Size;
import io.percore.coordinator.report.chart.Chart.Tick;
import io.percore.coordinator.report.chart.RankedBars.Bar;
import io.percore.coordinator.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Draws ranked bars. Where there is room, name, bar, figure and single values of a bar stand in
/// one line; else name and figure stand above the others.
final class RankedBarsMarkup {
  /// A file shows the figure on a card with rounded corners.
  private static final double PADDING = 12;

  private static final double TOP = 6;
  private static final double GAP = 14;
  private static final double FONT = 12;
  private static final double MARKER = 16;
  private static final double MARKER_RADIUS = 3.8;
  private static final double MOST_FOR_NAMES = 0.24;
  private static final double HEAD = 15;
  private static final double TALL = 30;
  private static final double LOW = 24;
  private static final double THICKNESS = 13;
  private static final double CAP = 4;
  private static final double DOT = 4.5;
  private static final int LANES = 5;
  private static final double BELOW = 42;

  /// Half of the last label of an axis fits here.
  private static final double OVERHANG = 24;

  private final RankedBars figure;
  private final boolean tooltips;
  private final boolean stacked;

  /// Height of a bar with what is beside it, and of all that belongs to it.
  private final double line;

  private final double row;
  private final double names;
  private final Box values;
  private final @Nullable Box relative;
  private final double figures;
  private final boolean crowd;
  private final Markup out = new Markup();

  RankedBarsMarkup(RankedBars figure, boolean tooltips) {
    this.figure = figure;
    this.tooltips = tooltips;
    this.stacked = figure.size() != Size.WIDE;
    this.line = stacked ? LOW : TALL;
    this.row = stacked ? HEAD + LOW : TALL;
    double width = figure.size().width();
    double figureWidth =
        figure.bars().stream()
            .mapToDouble(b -> TextWidth.of(b.figure(), FONT, false))
            .max()
            .orElse(0);
    double widest =
        figure.bars().stream().mapToDouble(b -> TextWidth.of(b.name(), FONT, true)).max().orElse(0);
    this.names = Math.min(widest, MOST_FOR_NAMES * width);
    double left = stacked ? PADDING + 4 : PADDING + MARKER + names + GAP;
    double between = stacked ? 2 * OVERHANG : figureWidth + OVERHANG + 2 * GAP;
    double room = width - left - between - PADDING - OVERHANG;
    double height = figure.bars().size() * row;
    if (figure.relative() == null) {
      double alone = stacked ? room + between : room + OVERHANG;
      this.values = new Box(left, TOP, alone, height);
      this.relative = null;
    } else {
      this.values = new Box(left, TOP, room / 2, height);
      this.relative = new Box(values.right() + between, TOP, room / 2, height);
    }
    this.figures = stacked ? width - PADDING : values.right() + GAP;
    this.crowd =
        figure.bars().stream().anyMatch(bar -> bar.singles().size() > RankedBars.MOST_DOTS);
  }

  Drawing draw() {
    axis(values, figure.values());
    Box right = relative;
    Axis across = figure.relative();
    if (right != null && across != null) {
      axis(right, across);
    }
    List<Box> stops = new ArrayList<>();
    for (int i = 0; i < figure.bars().size(); i++) {
      double top = TOP + i * row;
      bar(figure.bars().get(i), top);
      stops.add(new Box(1, top + 1, figure.size().width() - 2, row - 2));
    }
    return new Drawing(figure.size().width(), values.bottom() + BELOW, out.toString(), stops);
  }

  private void axis(Box plot, Axis axis) {
    for (Tick tick : axis.ticks()) {
      double x = x(plot, axis, tick.value());
      out.empty("path", "class", "grid", "d", grid(x));
      out.element("text", tick.label(), "class", "tick middle", "x", x, "y", plot.bottom() + 16);
    }
    AxisMarkup.line(out, "axis", plot.x(), plot.bottom(), plot.right(), plot.bottom());
    double centre = plot.x() + plot.width() / 2;
    out.element("text", axis.title(), "class", "tick middle", "x", centre, "y", plot.bottom() + 34);
    out.line();
  }

  /// A line that leaves out the text above each bar.
  private String grid(double x) {
    double head = row - line;
    if (head == 0) {
      return "M"
          + Markup.number(x)
          + " "
          + Markup.number(TOP)
          + "V"
          + Markup.number(values.bottom());
    }
    return "M"
        + Markup.number(x)
        + " "
        + Markup.number(TOP)
        + ("m0 " + Markup.number(head) + "v" + Markup.number(line)).repeat(figure.bars().size());
  }

  private static double x(Box plot, Axis axis, double value) {
    return plot.x() + plot.width() * Math.clamp(axis.scale().fraction(value), 0, 1);
  }

  private void bar(Bar bar, double top) {
    out.open("g", "class", "series " + bar.style().classes());
    if (tooltips) {
      out.element("title", bar.reading());
    }
    double middle = top + row - line / 2;
    double head = stacked ? top + HEAD / 2 + 3 : middle;
    String outline = bar.style().marker(MARKER_RADIUS, PADDING + 4, head);
    out.empty("path", "class", bar.style().markClass(), "d", outline);
    double room =
        stacked
            ? figures - TextWidth.of(bar.figure(), FONT, false) - GAP - PADDING - MARKER
            : names;
    String name = TextWidth.fitted(bar.name(), FONT, true, room);
    out.open("text", "class", "label", "x", PADDING + MARKER, "y", head + 4).text(name);
    if (!tooltips && !name.equals(bar.name())) {
      out.element("title", bar.name());
    }
    out.close();
    length(bar, middle);
    singles(bar, middle);
    out.close();
    String look = stacked ? "tick end" : "tick";
    out.element("text", bar.figure(), "class", look, "x", figures, "y", head + 4).line();
  }

  private void length(Bar bar, double middle) {
    double end = x(values, figure.values(), bar.value());
    rect(bar.pale() ? "part p3" : "part p2", values.x(), end, middle, THICKNESS);
    Interval interval = bar.interval();
    if (interval != null) {
      double from = x(values, figure.values(), interval.low());
      double to = x(values, figure.values(), interval.high());
      String whisker =
          cap(interval.low(), from, middle)
              + ("M" + Markup.number(from) + " " + Markup.number(middle))
              + ("H" + Markup.number(to))
              + cap(interval.high(), to, middle);
      out.empty("path", "class", "bar", "d", whisker);
    }
  }

  private void rect(String look, double from, double to, double middle, double height) {
    double top = middle - height / 2;
    out.empty("rect", "class", look, "x", from, "y", top, "width", to - from, "height", height);
  }

  /// Nothing where the interval goes on beyond the axis.
  private String cap(double end, double x, double middle) {
    Scale scale = figure.values().scale();
    return end < scale.min() || end > scale.max()
        ? ""
        : "M" + Markup.number(x) + " " + Markup.number(middle - CAP) + "v" + Markup.number(2 * CAP);
  }

  private void singles(Bar bar, double middle) {
    Box plot = relative;
    Axis axis = figure.relative();
    if (plot == null || axis == null || bar.singles().isEmpty()) {
      return;
    }
    Interval interval = bar.interval();
    if (interval != null) {
      double from = x(plot, axis, interval.low() / bar.value() - 1);
      double to = x(plot, axis, interval.high() / bar.value() - 1);
      rect("band", from, to, middle, line - 6);
    }
    double[] at =
        bar.singles().stream().mapToDouble(v -> x(plot, axis, v / bar.value() - 1)).toArray();
    if (crowd) {
      out.empty("path", "class", "held", "d", thickness(at, plot, middle));
      levels(bar, plot, axis, middle);
    } else {
      levels(bar, plot, axis, middle);
      out.empty("path", "class", "dots", "d", dots(at, middle));
    }
    arrows(bar, plot, axis, middle);
  }

  private void levels(Bar bar, Box plot, Axis axis, double middle) {
    for (double level : bar.levels()) {
      double x = x(plot, axis, level / bar.value() - 1);
      AxisMarkup.line(out, "level", x, middle - line / 2 + 3, x, middle + line / 2 - 3);
    }
  }

  /// Strokes without a length, which round ends make into dots.
  private static String dots(double[] at, double middle) {
    StringBuilder path = new StringBuilder();
    for (Swarm.Dot dot : Swarm.of(at, DOT, LANES)) {
      path.append('M').append(Markup.number(dot.at()));
      path.append(' ').append(Markup.number(middle + dot.lane() * DOT)).append("h0");
    }
    return path.toString();
  }

  /// As thick as there are many, to both sides of the middle.
  private String thickness(double[] at, Box plot, double middle) {
    int[] counts = new int[(int) Math.ceil(plot.width() / DOT) + 1];
    int most = 0;
    for (double x : at) {
      int bin = (int) ((x - plot.x()) / DOT);
      counts[bin]++;
      most = Math.max(most, counts[bin]);
    }
    StringBuilder path = new StringBuilder();
    for (int bin = 0; bin < counts.length; bin++) {
      if (counts[bin] > 0) {
        double height = Math.max(1, (line - 8) * counts[bin] / most);
        double left = Math.min(plot.x() + bin * DOT, plot.right() - DOT);
        path.append('M').append(Markup.number(left));
        path.append(' ').append(Markup.number(middle - height / 2));
        path.append('h').append(Markup.number(DOT)).append('v').append(Markup.number(height));
        path.append('h').append(Markup.number(-DOT)).append('z');
      }
    }
    return path.toString();
  }

  private void arrows(Bar bar, Box plot, Axis axis, double middle) {
    if (bar.singles().stream().anyMatch(v -> v / bar.value() - 1 > axis.scale().max())) {
      String tip = Markup.number(plot.right() + 10) + " " + Markup.number(middle);
      out.empty("path", "class", "arrow", "d", "M" + tip + "l-5 4v-8Z");
    }
  }
}

package io.percore.coordinator.report.chart;

import io.percore.coordinator.report.chart.Chart.Size;
import io.percore.coordinator.report.chart.Chart.Tick;
import io.percore.coordinator.report.chart.ChartLayout.PlacedTick;
import io.percore.coordinator.report.chart.ChartLayout.Position;
import io.percore.coordinator.report.chart.Strip.Dot;
import io.percore.coordinator.report.chart.Strip.Level;
import io.percore.coordinator.report.chart.Strip.Standing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Draws a strip: values over their order, the lane below, the names of the series under the axis.
///
/// Where there are more than [#CROWD], one is drawn of crosses, and of hollow or ringed marks, that
/// would lie within a few pixels of each other: a hundred thousand take no more room than can be
/// told apart.
final class StripMarkup {
  /// The last letter of Latin scripts without marks of their own: Latin Extended-B.
  private static final int LAST_LATIN = 0x24f;

  private static final double MARGIN = 12;
  private static final double LEFT = 76;

  /// Half of the last label of the order fits here.
  private static final double RIGHT = 26;

  private static final double TOP = 14;
  private static final double LANE = 18;

  /// Between the values and the lane, for arrows to what lies below.
  private static final double GAP = 13;

  private static final double KEY_ROW = 18;
  private static final double KEY_GAP = 20;
  private static final double INSET = 6;
  private static final double RADIUS = 3.4;
  private static final double RING = 6.4;

  private static final int CROWD = 1_000;

  /// Marks nearer than this cannot be told apart.
  private static final double APART = 3;

  private final Strip strip;
  private final boolean tooltips;
  private final Box plot;
  private final Markup out = new Markup();

  StripMarkup(Strip strip, boolean tooltips) {
    this.strip = strip;
    this.tooltips = tooltips;
    double height = strip.size() == Size.WIDE ? 250 : 220;
    this.plot = new Box(LEFT, TOP, strip.size().width() - LEFT - RIGHT, height);
  }

  Drawing draw() {
    lane();
    AxisMarkup.write(
        out,
        plot,
        ticks(strip.x().ticks(), true),
        ticks(strip.y().ticks(), false),
        strip.x().title(),
        strip.y().title());
    strip.levels().forEach(this::range);
    links();
    dots();
    out.open("g", "class", "levels");
    strip.levels().forEach(this::level);
    out.close().line();
    double bottom = keys(plot.bottom() + AxisMarkup.BELOW + 14);
    List<Box> stops =
        strip.stops().stream()
            .map(stop -> new Box(x((stop.from() + stop.to()) / 2), plot.y(), 0, plot.height()))
            .toList();
    return new Drawing(strip.size().width(), bottom, out.toString(), stops);
  }

  private List<PlacedTick> ticks(List<Tick> ticks, boolean across) {
    return ticks.stream()
        .map(tick -> new PlacedTick(across ? x(tick.value()) : y(tick.value()), tick.label()))
        .toList();
  }

  private double x(double value) {
    double inner = plot.width() - 2 * INSET;
    return plot.x() + INSET + inner * Math.clamp(strip.x().scale().fraction(value), 0, 1);
  }

  private double y(double value) {
    double height = plot.height() - LANE - GAP;
    return plot.y() + height * (1 - Math.clamp(strip.y().scale().fraction(value), 0, 1));
  }

  private void lane() {
    double top = plot.bottom() - LANE;
    out.empty(
        "rect", "class", "zone", "x", plot.x(), "y", top, "width", plot.width(), "height", LANE);
    double baseline = laneCentre() + 4;
    out.element("text", strip.lane(), "class", "tick end", "x", plot.x() - 7, "y", baseline).line();
  }

  private double laneCentre() {
    return plot.bottom() - LANE / 2;
  }

  private void range(Level level) {
    if (level.low() < level.high()) {
      double from = x(level.range().from());
      double to = Math.max(from + 0.5, x(level.range().to()));
      double top = y(level.high());
      double height = Math.max(0.5, y(level.low()) - top);
      out.empty(
          "rect", "class", "range", "x", from, "y", top, "width", to - from, "height", height);
    }
  }

  private void level(Level level) {
    double from = x(level.range().from());
    double to = Math.max(from + 1, x(level.range().to()));
    AxisMarkup.line(out, "level", from, y(level.y()), to, y(level.y()));
  }

  private void links() {
    for (Strip.Link link : strip.links()) {
      Position from = position(strip.dots().get(link.from()));
      Position to = position(strip.dots().get(link.to()));
      out.empty("path", "class", "link", "d", SvgChart.path(List.of(from, to)));
    }
    out.line();
  }

  private Position position(Dot dot) {
    Double value = dot.y();
    return new Position(x(dot.x()), value == null ? laneCentre() : y(value));
  }

  private void dots() {
    record Place(Standing standing, long x, long y) {}
    Set<Place> special = new HashSet<>();
    Set<Long> crosses = new HashSet<>();
    boolean crowd = strip.dots().size() > CROWD;
    List<Box> figures = new ArrayList<>();
    for (Dot dot : strip.dots()) {
      Position at = position(dot);
      long across = Math.round(at.x() / APART);
      if (dot.standing() == Standing.NOT_COUNTED && (crosses.add(across) || !crowd)) {
        cross(at.x());
      }
      Place place = new Place(dot.standing(), across, Math.round(at.y() / APART));
      Double value = dot.y();
      boolean told = !crowd || dot.standing() == Standing.COUNTS || special.add(place);
      if (value != null && told) {
        dot(dot, at);
        beyond(dot, value, at, figures);
      }
    }
    out.line();
  }

  private void cross(double x) {
    String path = "M" + Markup.number(x - 3) + " " + Markup.number(laneCentre() - 3);
    out.empty("path", "class", "cross", "d", path + "l6 6m0-6l-6 6");
  }

  private void dot(Dot dot, Position at) {
    Style style = strip.keys().get(dot.key()).style();
    if (dot.standing() == Standing.MARKED) {
      String ring = "ring " + style.classes();
      out.empty("circle", "class", ring, "cx", at.x(), "cy", at.y(), "r", RING);
    }
    boolean filled = style.filled() && dot.standing() != Standing.NOT_COUNTED;
    mark(style, filled, at, dot.reading());
  }

  /// @param reading of its tooltip; empty for none
  private void mark(Style style, boolean filled, Position at, String reading) {
    String classes = (filled ? "mark " : "mark hollow ") + style.classes();
    String outline = style.marker(RADIUS, at.x(), at.y());
    if (tooltips && !reading.isEmpty()) {
      out.open("path", "class", classes, "d", outline).element("title", reading).close();
    } else {
      out.empty("path", "class", classes, "d", outline);
    }
  }

  /// An arrow for a value outside the axis, with its figure where that hides no other.
  private void beyond(Dot dot, double value, Position at, List<Box> figures) {
    boolean above = value > strip.y().scale().max();
    if (!above && value >= strip.y().scale().min()) {
      return;
    }
    Style style = strip.keys().get(dot.key()).style();
    String tip = Markup.number(at.x()) + " " + Markup.number(above ? at.y() - 11 : at.y() + 11);
    out.empty(
        "path",
        "class",
        "arrow " + style.classes(),
        "d",
        "M" + tip + (above ? "l4 5h-8Z" : "l4-5h-8Z"));
    double width = TextWidth.of(dot.figure(), ChartLayout.SMALL_FONT, false);
    boolean right = at.x() + 9 + width <= plot.right();
    double left = right ? at.x() + 8 : at.x() - 8 - width;
    Box box = new Box(left - 2, at.y() - 8, width + 4, 16);
    if (figures.stream().noneMatch(box::overlaps)) {
      figures.add(box);
      out.element("text", dot.figure(), "class", "small", "x", left, "y", at.y() + 4);
    }
  }

  /// One name after the other, in as many rows as they need. How wide letters of other scripts and
  /// marks on letters are drawn cannot be told: names with such have a row of their own.
  private double keys(double top) {
    double x = plot.x();
    double y = top;
    boolean alone = false;
    for (ReadOut.Key key : strip.keys()) {
      double room = strip.size().width() - MARGIN - plot.x();
      String name = TextWidth.fitted(key.name(), ChartLayout.FONT, true, room - 14);
      double width = 14 + TextWidth.of(name, ChartLayout.FONT, true);
      boolean foreign = name.codePoints().anyMatch(c -> c > LAST_LATIN && c != '…');
      if (x > plot.x() && (alone || foreign || x + width > plot.x() + room)) {
        x = plot.x();
        y += KEY_ROW;
      }
      key(key.style(), name, key.name(), x, y);
      x += width + KEY_GAP;
      alone = foreign;
    }
    return y + KEY_ROW;
  }

  private void key(Style style, String name, String whole, double x, double y) {
    mark(style, style.filled(), new Position(x + 4, y), "");
    out.open("text", "class", "label " + style.classes(), "x", x + 14, "y", y + 4).text(name);
    if (!name.equals(whole)) {
      out.element("title", whole);
    }
    out.close();
  }
}

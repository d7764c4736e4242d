package io.percore.coordinator.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// Lanes over time: who had something, and when, to scale. A lane is filled from its floor up to a
/// share of its height, so that a span in which something was had for half of the time is half as
/// high as one in which it was had throughout.
///
/// @param id identifier within a document
/// @param title a few words
/// @param caption one line: what the marks mean
/// @param description what the figure shows, for those who do not see it
/// @param groups lanes with one time axis each, from top to bottom
/// @param size outer size; its height follows from the lanes
public record Lanes(
    String id,
    String title,
    String caption,
    String description,
    List<Group> groups,
    Chart.Size size)
    implements Figure {
  /// A file shows the figure on a card with rounded corners.
  private static final double PADDING = 12;

  private static final double TOP = 4;
  private static final double FONT = 12;
  private static final double HEADING_LINE = 17;
  private static final double LANE = 18;
  private static final double LANE_OF_MANY = 14;
  private static final int MANY = 16;
  private static final double BAR = 0.72;
  private static final double AXIS = 26;
  private static final double BETWEEN = 16;
  private static final double GAP = 8;
  private static final double RIGHT = 26;
  private static final double MARKER = 16;

  /// What is thinner could not be seen.
  private static final double THINNEST = 0.5;

  public Lanes {
    Objects.requireNonNull(title);
    Objects.requireNonNull(caption);
    Objects.requireNonNull(description);
    Objects.requireNonNull(size);
    groups = List.copyOf(groups);
  }

  /// Lanes that share an axis.
  ///
  /// @param heading what they show
  /// @param style look of what they belong to
  /// @param length time from the beginning of the axis to its end, above 0
  /// @param ticks of the axis
  /// @param lanes from top to bottom
  /// @param stops of the read-out, in the order in which the arrow keys reach them
  public record Group(
      String heading,
      Style style,
      double length,
      List<Tick> ticks,
      List<Lane> lanes,
      List<Stop> stops) {
    public Group {
      ticks = List.copyOf(ticks);
      lanes = List.copyOf(lanes);
      stops = List.copyOf(stops);
    }
  }

  /// A mark of an axis.
  public record Tick(double at, String label) {}

  /// One lane.
  ///
  /// @param name at its left
  /// @param spans in ascending order, without overlap
  public record Lane(String name, List<Span> spans) {
    public Lane {
      spans = List.copyOf(spans);
    }
  }

  /// A part of a lane.
  ///
  /// @param share of its height that is filled, in (0, 1]
  public record Span(double from, double until, double share) {}

  /// Where the read-out stops.
  ///
  /// @param lane index of one lane, or negative for all of the group
  public record Stop(int lane, double from, double until) {}

  @Override
  public Drawing draw(boolean tooltips) {
    Markup out = new Markup();
    List<Box> stops = new ArrayList<>();
    double y = TOP;
    for (Group group : groups) {
      y = group(out, group, y, stops) + BETWEEN;
    }
    return new Drawing(size.width(), y - BETWEEN, out.toString(), stops);
  }

  private double left() {
    return PADDING
        + GAP
        + groups.stream()
            .flatMap(group -> group.lanes().stream())
            .mapToDouble(lane -> TextWidth.of(lane.name(), FONT, false))
            .max()
            .orElse(0);
  }

  /// @return where the group ends
  private double group(Markup out, Group group, double top, List<Box> stops) {
    double left = left();
    double perTime = (size.width() - left - RIGHT) / group.length();
    double lane = group.lanes().size() > MANY ? LANE_OF_MANY : LANE;
    out.open("g", "class", "series " + group.style().classes());
    double first = heading(out, group, top);
    double bottom = first + group.lanes().size() * lane;
    for (int row = 0; row < group.lanes().size(); row++) {
      double floor = first + (row + 1) * lane - 2;
      AxisMarkup.line(out, "grid", left, floor, size.width() - RIGHT, floor);
      out.empty(
          "path", "class", "held", "d", path(group.lanes().get(row), left, perTime, floor, lane));
      out.line();
    }
    out.close();
    for (int row = 0; row < group.lanes().size(); row++) {
      double baseline = first + (row + 1) * lane - 4;
      String name = group.lanes().get(row).name();
      out.element("text", name, "class", "tick end", "x", left - GAP, "y", baseline);
    }
    axis(out, group, left, perTime, bottom);
    for (Stop stop : group.stops()) {
      double height = stop.lane() < 0 ? bottom - first : lane;
      double at = first + Math.max(0, stop.lane()) * lane;
      double width = Math.max(THINNEST, (stop.until() - stop.from()) * perTime);
      stops.add(new Box(left + stop.from() * perTime, at, width, height));
    }
    return bottom + AXIS;
  }

  private double heading(Markup out, Group group, double top) {
    Style style = group.style();
    out.empty("path", "class", style.markClass(), "d", style.marker(3.8, PADDING + 6, top + 9));
    double y = top;
    double room = size.width() - MARKER - 2 * PADDING;
    for (String line : TextWidth.wrapped(group.heading(), FONT, true, room)) {
      y += HEADING_LINE;
      out.element("text", line, "class", "label", "x", PADDING + MARKER, "y", y - 4);
    }
    out.line();
    return y + 2;
  }

  /// One outline for all spans of a lane, which is shorter than a mark for each.
  private static String path(Lane lane, double left, double perTime, double floor, double height) {
    StringBuilder path = new StringBuilder();
    for (Span span : lane.spans()) {
      double width = Math.max(THINNEST, (span.until() - span.from()) * perTime);
      double tall = span.share() * height * BAR;
      path.append('M')
          .append(fine(left + span.from() * perTime))
          .append(' ')
          .append(fine(floor))
          .append('v')
          .append(fine(-tall))
          .append('h')
          .append(fine(width))
          .append('v')
          .append(fine(tall))
          .append('z');
    }
    return path.toString();
  }

  /// Neighbouring columns must meet, so a tenth of a pixel is too coarse.
  private static String fine(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.replaceAll("\\.?0+$", "").replaceAll("^-?$", "0");
  }

  private void axis(Markup out, Group group, double left, double perTime, double y) {
    AxisMarkup.line(out, "axis", left, y, size.width() - RIGHT, y);
    for (Tick tick : group.ticks()) {
      double x = left + tick.at() * perTime;
      AxisMarkup.line(out, "axis", x, y, x, y + 4);
      out.element("text", tick.label(), "class", "tick middle", "x", x, "y", y + 17);
    }
    out.line();
  }
}

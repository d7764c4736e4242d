package io.percore.coordinator.report.chart;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Writes figures as SVG: into a page that has their style, or as files that bring it along.
/// Colours stand in the style alone; every position stands in the SVG.
public final class Svg {
  private static final double MARGIN = 12;
  private static final double HEADING_LINE = 17;

  private Svg() {}

  /// An `svg` element for a page that contains {@link #style()}. Elements of class `stop`, where
  /// the read-out stops, are there for scripts to find the nearest one.
  public static String inPage(Figure figure) {
    Drawing drawing = figure.draw(false);
    Markup out = new Markup();
    begin(out, figure, drawing.width(), drawing.height());
    out.trusted(drawing.marks());
    stops(out, drawing.stops());
    return out.close().toString();
  }

  /// A whole file for light and dark: with its style, a background of its own, title and caption,
  /// and figures as tooltips.
  public static String file(Figure figure) {
    return file(figure, figure.draw(true), Colours.ADAPTIVE);
  }

  /// Such files in all colours; the figure is drawn once.
  static Map<Colours, String> files(Figure figure) {
    Drawing drawing = figure.draw(true);
    Map<Colours, String> files = new EnumMap<>(Colours.class);
    for (Colours colours : Colours.values()) {
      files.put(colours, file(figure, drawing, colours));
    }
    return files;
  }

  private static String file(Figure figure, Drawing drawing, Colours colours) {
    List<String> heading = heading(figure, drawing.width());
    double top = 14 + HEADING_LINE * heading.size();
    double height = drawing.height() + top;
    Markup out = new Markup();
    begin(out, figure, drawing.width(), height);
    out.open("style").text(colours.style()).close().line();
    out.empty("rect", "class", "card", "width", drawing.width(), "height", height, "rx", 8);
    out.element("text", heading.getFirst(), "class", "heading", "x", MARGIN, "y", 26);
    for (int i = 1; i < heading.size(); i++) {
      double baseline = 28 + HEADING_LINE * i;
      out.element("text", heading.get(i), "class", "caption", "x", MARGIN, "y", baseline);
    }
    out.line();
    out.open("g", "transform", "translate(0 " + Markup.number(top) + ")").line();
    out.trusted(drawing.marks()).close();
    return out.close().line().toString();
  }

  /// The style that the figures of a page need.
  public static String style() {
    return Colours.ADAPTIVE.style();
  }

  private static void begin(Markup out, Figure figure, double width, double height) {
    String title = figure.id() + "-title";
    String description = figure.id() + "-desc";
    out.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "class",
        "chart",
        "role",
        "img",
        "aria-labelledby",
        title + " " + description,
        "viewBox",
        "0 0 " + Markup.number(width) + " " + Markup.number(height),
        "width",
        width,
        "height",
        height);
    out.element("title", figure.title(), "id", title);
    out.element("desc", figure.description(), "id", description).line();
  }

  /// The title, and the caption in as many lines as it takes.
  static List<String> heading(Figure figure, double width) {
    double room = width - 2 * MARGIN;
    List<String> lines = new ArrayList<>();
    lines.add(TextWidth.fitted(figure.title(), ChartLayout.HEADING_FONT, true, room));
    lines.addAll(TextWidth.wrapped(figure.caption(), ChartLayout.SMALL_FONT, false, room));
    return lines;
  }

  private static void stops(Markup out, List<Box> stops) {
    if (stops.isEmpty()) {
      return;
    }
    out.open("g", "class", "stops");
    for (Box stop : stops) {
      if (stop.width() == 0) {
        AxisMarkup.line(out, "stop", stop.x(), stop.y(), stop.x(), stop.bottom());
      } else {
        out.empty(
            "rect",
            "class",
            "stop",
            "x",
            stop.x(),
            "y",
            stop.y(),
            "width",
            stop.width(),
            "height",
            stop.height());
      }
    }
    out.close().line();
  }
}

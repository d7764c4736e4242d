package io.percore.coordinator.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;

/// Horizontal bars on one scale that begins at 0, each divided into the same parts.
///
/// @param id identifier within a document
/// @param title a few words
/// @param caption one line: what the parts mean
/// @param description what the figure shows, for those who do not see it
/// @param parts names of the parts, from the beginning of a bar to its end; at most four, which
///   differ in their shade
/// @param bars from top to bottom, at least one; at least one of them longer than 0
/// @param size outer size; its height follows from the bars
public record StackedBars(
    String id,
    String title,
    String caption,
    String description,
    List<String> parts,
    List<Bar> bars,
    Chart.Size size)
    implements Figure {
  /// A file shows the figure on a card with rounded corners.
  private static final double PADDING = 12;

  private static final double TOP = 6;
  private static final double ROW = 26;
  private static final double THICKNESS = 16;
  private static final double MARKER = 16;
  private static final double GAP = 7;
  private static final double SWATCH = 12;
  private static final double LINE = 18;
  private static final double FONT = 12;
  private static final double MOST_FOR_NAMES = 0.48;
  private static final double MARKER_RADIUS = 3.8;

  public StackedBars {
    Objects.requireNonNull(title);
    Objects.requireNonNull(caption);
    Objects.requireNonNull(description);
    Objects.requireNonNull(size);
    parts = List.copyOf(parts);
    bars = List.copyOf(bars);
    int most = parts.size();
    if (bars.stream().anyMatch(bar -> bar.divided() && bar.sizes().size() > most)) {
      throw new IllegalArgumentException("a part of a bar has no name");
    }
  }

  /// One bar.
  ///
  /// @param name at its left
  /// @param style look of what it belongs to
  /// @param sizes lengths of the parts, none negative; of a bar that is not divided, its length
  ///   alone
  /// @param divided whether its parts are known
  /// @param total at its right
  /// @param reading all of it in words
  public record Bar(
      String name, Style style, List<Double> sizes, boolean divided, String total, String reading) {
    public Bar {
      sizes = List.copyOf(sizes);
    }

    double length() {
      return sizes.stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  @Override
  public Drawing draw(boolean tooltips) {
    double left = PADDING + MARKER + GAP + names();
    double right = PADDING + GAP + widest(bars.stream().map(Bar::total).toList(), false);
    double perUnit =
        (size.width() - left - right) / bars.stream().mapToDouble(Bar::length).max().orElseThrow();
    Markup out = new Markup();
    List<Box> stops = new ArrayList<>();
    for (int row = 0; row < bars.size(); row++) {
      double top = TOP + row * ROW;
      bar(out, bars.get(row), top, left, perUnit, tooltips);
      stops.add(new Box(1, top + 1, size.width() - 2, ROW - 2));
    }
    double bottom = TOP + bars.size() * ROW;
    AxisMarkup.line(out, "axis", left, TOP, left, bottom);
    out.line();
    double height = legend(out, left, bottom + LINE);
    return new Drawing(size.width(), height, out.toString(), stops);
  }

  private double names() {
    return Math.min(
        widest(bars.stream().map(Bar::name).toList(), true), MOST_FOR_NAMES * size.width());
  }

  private static double widest(List<String> texts, boolean bold) {
    return texts.stream().mapToDouble(text -> TextWidth.of(text, FONT, bold)).max().orElse(0);
  }

  private void bar(Markup out, Bar bar, double top, double left, double perUnit, boolean tooltips) {
    double middle = top + ROW / 2;
    out.open("g", "class", "series " + bar.style().classes());
    if (tooltips) {
      out.element("title", bar.reading());
    }
    String name = TextWidth.fitted(bar.name(), FONT, true, names());
    out.open("text", "class", "label end", "x", left - GAP - MARKER, "y", middle + 4).text(name);
    if (!tooltips && !name.equals(bar.name())) {
      out.element("title", bar.name());
    }
    out.close();
    double marker = left - GAP - MARKER_RADIUS;
    String outline = bar.style().marker(MARKER_RADIUS, marker, middle);
    out.empty("path", "class", bar.style().markClass(), "d", outline);
    double x = left;
    for (int part = 0; part < bar.sizes().size(); part++) {
      double width = bar.sizes().get(part) * perUnit;
      part(out, bar.divided() ? "part p" + part : "part undivided", x, middle, width);
      x += width;
    }
    out.close();
    out.element("text", bar.total(), "class", "tick", "x", x + GAP, "y", middle + 4).line();
  }

  private static void part(Markup out, String look, double x, double middle, double width) {
    double top = middle - THICKNESS / 2;
    out.empty("rect", "class", look, "x", x, "y", top, "width", width, "height", THICKNESS);
  }

  /// Names the shades, in as many lines as it takes.
  ///
  /// @return height of the figure
  private double legend(Markup out, double left, double top) {
    List<String> names = new ArrayList<>(bars.stream().anyMatch(Bar::divided) ? parts : List.of());
    List<String> looks = new ArrayList<>();
    for (int part = 0; part < names.size(); part++) {
      looks.add("part p" + part);
    }
    if (!bars.stream().allMatch(Bar::divided)) {
      names.add("parts unknown");
      looks.add("part undivided");
    }
    double needed = names.stream().mapToDouble(StackedBars::entryWidth).sum();
    double end = size.width() - PADDING;
    double begin = left + needed <= end ? left : PADDING;
    double x = begin;
    double y = top;
    out.open("g", "class", "ink");
    for (int i = 0; i < names.size(); i++) {
      double width = entryWidth(names.get(i));
      if (x > begin && x + width > end) {
        x = begin;
        y += LINE;
      }
      part(out, looks.get(i) + " swatch", x + 1, y, SWATCH);
      out.element("text", names.get(i), "class", "tick", "x", x + SWATCH + 6, "y", y + 4);
      x += width;
    }
    out.close().line();
    return y + LINE / 2 + PADDING;
  }

  private static double entryWidth(String name) {
    return DoubleStream.of(SWATCH, 6, TextWidth.of(name, FONT, false), 14).sum();
  }
}

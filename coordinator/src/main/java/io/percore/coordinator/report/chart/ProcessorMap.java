package io.percore.coordinator.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The processors of a machine as cells, the hardware threads of one core below each other in a
/// common frame, cores of one sort side by side, once for each situation. Cells are as large, and
/// say as much, as their number allows.
///
/// @param id identifier within a document
/// @param title a few words
/// @param caption one line: what the marks mean
/// @param description what the figure shows, for those who do not see it
/// @param legend line below the map that says what stands in a large cell
/// @param facets the same machine in several situations, from top to bottom
/// @param size outer size; its height follows from the processors
public record ProcessorMap(
    String id,
    String title,
    String caption,
    String description,
    String legend,
    List<Facet> facets,
    Chart.Size size)
    implements Figure {
  /// A file shows the figure on a card with rounded corners.
  private static final double PADDING = 12;

  private static final double TOP = 4;
  private static final double LEAST_FACET = 128;
  private static final double FONT = 12;
  private static final double SMALL_FONT = 11;
  private static final double LINE = 17;
  private static final double LABEL = 16;
  private static final double FRAME = 2;
  private static final double BETWEEN_CORES = 3;
  private static final double BETWEEN_GROUPS = 18;
  private static final double BETWEEN_FACETS = 20;

  public ProcessorMap {
    Objects.requireNonNull(title);
    Objects.requireNonNull(caption);
    Objects.requireNonNull(description);
    Objects.requireNonNull(legend);
    Objects.requireNonNull(size);
    facets = List.copyOf(facets);
  }

  /// One situation.
  ///
  /// @param heading which one
  /// @param notes lines below the map
  public record Facet(String heading, List<Group> groups, List<String> notes) {
    public Facet {
      groups = List.copyOf(groups);
      notes = List.copyOf(notes);
    }
  }

  /// Cores that belong together.
  ///
  /// @param label what they have in common; empty where there is nothing to say
  public record Group(String label, List<Core> cores) {
    public Group {
      cores = List.copyOf(cores);
    }
  }

  /// A physical core.
  public record Core(List<Cell> cells) {
    public Core {
      cells = List.copyOf(cells);
    }
  }

  /// A processor.
  ///
  /// @param number as the system counts it
  /// @param details short lines for a large cell, at most two
  /// @param reading what a tooltip says
  public record Cell(String number, State state, List<String> details, String reading) {
    public Cell {
      details = List.copyOf(details);
    }
  }

  /// What a processor does in a situation.
  public enum State {
    /// A thread is bound to it.
    BOUND("bound"),
    /// Threads that were not bound ran on it.
    FREE("free"),
    /// No thread was given to it.
    IDLE("idle"),
    /// Not to be used.
    BARRED("barred");

    private final String look;

    State(String look) {
      this.look = look;
    }
  }

  /// How large cells are: from the one that says most to the one that says nothing.
  private enum CellSize {
    LARGE(54, 46),
    MEDIUM(32, 19),
    TINY(11, 11);

    private final double width;
    private final double height;

    CellSize(double width, double height) {
      this.width = width;
      this.height = height;
    }
  }

  @Override
  public Drawing draw(boolean tooltips) {
    CellSize cells = cellSize();
    int columns = columns(cells);
    double width = width(columns);
    Canvas canvas = new Canvas(cells, tooltips, columns > 1);
    double y = TOP;
    for (int first = 0; first < facets.size(); first += columns) {
      List<Facet> beside = facets.subList(first, Math.min(facets.size(), first + columns));
      int lines = beside.stream().mapToInt(f -> heading(f, width).size()).max().orElse(1);
      double bottom = y;
      double left = PADDING;
      for (Facet facet : beside) {
        bottom = Math.max(bottom, canvas.within(left, width).facet(facet, y, lines));
        left += width + BETWEEN_FACETS;
      }
      y = bottom + BETWEEN_FACETS / 2;
    }
    if (cells == CellSize.LARGE) {
      y = canvas.within(PADDING, width(1)).notes(legend, y);
    }
    return new Drawing(size.width(), y + PADDING, canvas.out.toString(), canvas.stops);
  }

  private static List<String> heading(Facet facet, double room) {
    return TextWidth.wrapped(facet.heading(), FONT, true, room);
  }

  /// How many situations fit beside each other, their maps each in one line.
  private int columns(CellSize cells) {
    Canvas trial = new Canvas(cells, false, false).within(0, width(1));
    double widest =
        facets.stream().mapToDouble(facet -> trial.width(facet.groups())).max().orElse(0);
    int columns = facets.size();
    while (columns > 1 && width(columns) < Math.max(LEAST_FACET, widest)) {
      columns--;
    }
    return columns;
  }

  private double width(int columns) {
    return (size.width() - 2 * PADDING - (columns - 1) * BETWEEN_FACETS) / columns;
  }

  /// The largest with which no facet is taller than a third of the width of a page.
  private CellSize cellSize() {
    double most = Chart.Size.WIDE.width() / 3;
    for (CellSize cells : CellSize.values()) {
      Canvas trial = new Canvas(cells, false, false).within(0, width(1));
      if (facets.stream().allMatch(facet -> trial.groups(facet.groups(), 0) <= most)) {
        return cells;
      }
    }
    return CellSize.TINY;
  }

  /// Places and draws, from left to right and top to bottom.
  private static final class Canvas {
    private final CellSize cells;
    private final boolean tooltips;
    private final boolean narrow;
    private final Markup out = new Markup();
    private final List<Box> stops = new ArrayList<>();
    private double left;
    private double room;

    /// @param narrow whether notes stand below each other
    Canvas(CellSize cells, boolean tooltips, boolean narrow) {
      this.cells = cells;
      this.tooltips = tooltips;
      this.narrow = narrow;
    }

    /// What comes next stands between `from` and `from + width`.
    Canvas within(double from, double width) {
      left = from;
      room = width;
      return this;
    }

    /// @param lines that its heading may take; a shorter one stands right above the map
    /// @return where it ends
    double facet(Facet facet, double top, int lines) {
      List<String> heading = heading(facet, room);
      double y = top + (lines - heading.size()) * LINE;
      for (String line : heading) {
        y += LINE;
        out.element("text", line, "class", "label", "x", left, "y", y - 4);
      }
      y = groups(facet.groups(), y + 4);
      List<String> notes = narrow ? facet.notes() : List.of(String.join("; ", facet.notes()));
      for (String note : notes) {
        y = notes(note, y);
      }
      out.line();
      return y;
    }

    /// Writes text in as many lines as it takes.
    double notes(String text, double top) {
      double y = top;
      for (String line : TextWidth.wrapped(text, SMALL_FONT, false, room)) {
        y += LINE;
        out.element("text", line, "class", "small", "x", left, "y", y - 2);
      }
      return y;
    }

    double groups(List<Group> groups, double top) {
      double x = left;
      double y = top;
      double bottom = top;
      for (Group group : groups) {
        double width = width(group);
        if (x > left && x + width > left + room) {
          x = left;
          y = bottom + BETWEEN_CORES + 4;
        }
        bottom = Math.max(bottom, group(group, x, y));
        x += width + BETWEEN_GROUPS;
      }
      return bottom;
    }

    private double step() {
      return cells.width + 2 * FRAME + BETWEEN_CORES;
    }

    private int perLine() {
      return Math.max(1, (int) ((room + BETWEEN_CORES) / step()));
    }

    /// Of all groups in one line.
    double width(List<Group> groups) {
      return groups.stream().mapToDouble(group -> width(group) + BETWEEN_GROUPS).sum()
          - BETWEEN_GROUPS;
    }

    private double width(Group group) {
      double ofCores = Math.min(group.cores().size(), perLine()) * step() - BETWEEN_CORES;
      return Math.min(room, Math.max(ofCores, TextWidth.of(group.label(), SMALL_FONT, false)));
    }

    private double group(Group group, double x, double top) {
      double y = top;
      for (String line :
          group.label().isEmpty()
              ? List.<String>of()
              : TextWidth.wrapped(group.label(), SMALL_FONT, false, room)) {
        y += LABEL;
        out.element("text", line, "class", "small", "x", x, "y", y - 5);
      }
      int tallest = group.cores().stream().mapToInt(core -> core.cells().size()).max().orElse(0);
      double height = tallest * (cells.height + FRAME) + FRAME;
      int perLine = perLine();
      for (int i = 0; i < group.cores().size(); i++) {
        int line = i / perLine;
        int column = i % perLine;
        core(group.cores().get(i), x + column * step(), y + line * (height + BETWEEN_CORES));
      }
      int lines = (group.cores().size() + perLine - 1) / perLine;
      return y + lines * (height + BETWEEN_CORES) - BETWEEN_CORES;
    }

    private void core(Core core, double x, double y) {
      double height = core.cells().size() * (cells.height + FRAME) + FRAME;
      if (core.cells().size() > 1) {
        out.empty(
            "rect",
            "class",
            "core",
            "x",
            x,
            "y",
            y,
            "width",
            cells.width + 2 * FRAME,
            "height",
            height,
            "rx",
            4);
      }
      for (int i = 0; i < core.cells().size(); i++) {
        cell(core.cells().get(i), x + FRAME, y + FRAME + i * (cells.height + FRAME));
      }
    }

    private void cell(Cell cell, double x, double y) {
      stops.add(new Box(x, y, cells.width, cells.height));
      out.open("g", "class", "c2 cell " + cell.state().look);
      if (tooltips) {
        out.element("title", cell.reading());
      }
      out.empty(
          "rect",
          "x",
          x,
          "y",
          y,
          "width",
          cells.width,
          "height",
          cells.height,
          "rx",
          cells == CellSize.TINY ? 2 : 3);
      if (cells != CellSize.TINY) {
        List<String> lines = new ArrayList<>(List.of(cell.number()));
        lines.addAll(cells == CellSize.LARGE ? cell.details() : List.of());
        double baseline = y + cells.height / 2 + 4 - (lines.size() - 1) * 14 / 2.0;
        for (int i = 0; i < lines.size(); i++) {
          String text = TextWidth.fitted(lines.get(i), SMALL_FONT, i == 0, cells.width - 2);
          out.element(
              "text",
              text,
              "class",
              i == 0 ? "middle number" : "middle detail",
              "x",
              x + cells.width / 2,
              "y",
              baseline + i * 14);
        }
      }
      out.close().line();
    }
  }
}

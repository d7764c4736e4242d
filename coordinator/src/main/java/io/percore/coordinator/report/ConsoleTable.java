package io.percore.coordinator.report;

import io.percore.coordinator.report.Row.Column;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The result on a terminal: one aligned row for each point, a legend of the marks that occur, and
/// for fixed work the notebook's lines.
///
/// Where the terminal is too narrow columns go in this order: layout, ns/op, the interval of the
/// mean, efficiency, x sequential, forks. Then names are cut. What is left fits into 80 columns.
public final class ConsoleTable {
  private static final List<Column> DISPENSABLE =
      List.of(
          Column.LAYOUT,
          Column.NANOS,
          Column.MEAN,
          Column.EFFICIENCY,
          Column.SEQUENTIAL,
          Column.FORKS);

  private static final String GAP = "  ";
  private static final int LONG_NAME = 24;
  private static final int SHORTEST_NAME = 12;
  private static final String BOLD = "\u001b[1m";
  private static final String RED = "\u001b[31m";
  private static final String PLAIN = "\u001b[0m";

  private final List<Row> rows;
  private final boolean color;
  private final Set<Column> columns = EnumSet.allOf(Column.class);
  private final Map<Column, Integer> widths = new EnumMap<>(Column.class);

  private ConsoleTable(List<Row> rows, int width, boolean color) {
    this.rows = rows;
    this.color = color;
    for (Column column : Column.values()) {
      widths.put(column, widest(column));
    }
    columns.removeIf(column -> rows.stream().allMatch(row -> row.cell(column).isEmpty()));
    cutNames(total() - width, LONG_NAME);
    for (Column column : DISPENSABLE) {
      if (total() <= width) {
        break;
      }
      columns.remove(column);
    }
    cutNames(total() - width, SHORTEST_NAME);
    if (total() > width) {
      columns.remove(Column.CURVE);
    }
  }

  private void cutNames(int excess, int least) {
    int name = width(Column.STRATEGY);
    if (excess > 0 && name > least) {
      widths.put(Column.STRATEGY, Math.max(least, name - excess));
    }
  }

  /// The table, its lines ended by line feeds.
  ///
  /// @param report the run
  /// @param width columns of the terminal; the table fits into it from 80 on
  /// @param color whether escape sequences for colour may be used
  public static String render(RunReport report, int width, boolean color) {
    List<Row> rows = Rows.of(report);
    ConsoleTable table = new ConsoleTable(rows, width, color);
    List<String> lines = new ArrayList<>();
    lines.add(table.header());
    rows.forEach(row -> lines.add(table.line(row)));
    lines.add("");
    lines.add(Rows.EXPLANATION);
    WeakScaling.explanation(report).ifPresent(lines::add);
    Rows.marks(rows).forEach(mark -> lines.add(mark.legend()));
    lines.add(SteadyLine.of(report.summary().points()));
    List<String> fixedWork = FixedWorkLines.of(report);
    if (!fixedWork.isEmpty()) {
      lines.add("");
      lines.addAll(fixedWork);
    }
    return String.join("\n", lines).stripTrailing() + "\n";
  }

  private int widest(Column column) {
    return rows.stream()
        .map(row -> length(row.cell(column)))
        .reduce(length(column.title()), Math::max);
  }

  private int total() {
    return columns.stream().mapToInt(this::width).sum() + GAP.length() * (columns.size() - 1);
  }

  private int width(Column column) {
    return widths.getOrDefault(column, 0);
  }

  private String header() {
    List<String> titles = columns.stream().map(c -> padded(c, c.title())).toList();
    String line = String.join(GAP, titles).stripTrailing();
    return color ? BOLD + line + PLAIN : line;
  }

  private String line(Row row) {
    List<String> cells = columns.stream().map(c -> padded(c, row.cell(c))).toList();
    String line = String.join(GAP, cells).stripTrailing();
    boolean alarming = row.marks().contains(Marks.DEFECT) || row.marks().contains(Marks.MISSING);
    return color && alarming ? RED + line + PLAIN : line;
  }

  private String padded(Column column, String text) {
    String cut = PlainText.cut(text, width(column));
    String padding = " ".repeat(Math.max(0, width(column) - length(cut)));
    return column.right() ? padding + cut : cut + padding;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}

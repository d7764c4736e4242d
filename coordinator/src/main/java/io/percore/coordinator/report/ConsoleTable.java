package io.percore.coordinator.report;

import io.percore.coordinator.report.Row.Column;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// The result on a terminal: one aligned row for each point, a legend of the marks that occur, and
/// for fixed work the notebook's lines.
///
/// Where the terminal is too narrow long names are cut, and columns go in this order: layout,
/// ns/op, the interval of the mean, efficiency, x sequential, forks. What is left fits into 80
/// columns. Where that is still too wide, each strategy's name stands on a line of its own with its
/// curve, and the columns go in the same order, then lost and notes. What is left fits into 40
/// columns. A note says which columns are not shown.
public final class ConsoleTable {
  private static final List<Column> DISPENSABLE =
      List.of(
          Column.LAYOUT,
          Column.NANOS,
          Column.MEAN,
          Column.EFFICIENCY,
          Column.SEQUENTIAL,
          Column.FORKS);

  private static final List<Column> DISPENSABLE_WHEN_STACKED =
      Stream.concat(DISPENSABLE.stream(), Stream.of(Column.LOST, Column.NOTES)).toList();

  private static final String GAP = "  ";
  private static final String INDENT = " ";
  private static final int LONG_NAME = 24;
  private static final int SHORTEST_NAME = 12;
  private static final String BOLD = "\u001b[1m";
  private static final String RED = "\u001b[31m";
  private static final String PLAIN = "\u001b[0m";

  private final List<Row> rows;
  private final int width;
  private final boolean color;
  private final Set<Column> filled = EnumSet.allOf(Column.class);
  private final Set<Column> columns;
  private final Map<Column, Integer> widths = new EnumMap<>(Column.class);

  private ConsoleTable(List<Row> rows, int width, boolean color) {
    this.rows = rows;
    this.width = width;
    this.color = color;
    for (Column column : Column.values()) {
      widths.put(column, widest(column));
    }
    filled.removeIf(column -> rows.stream().allMatch(row -> row.cell(column).isEmpty()));
    columns = EnumSet.copyOf(filled);
    cutNames(LONG_NAME);
    drop(DISPENSABLE);
    cutNames(SHORTEST_NAME);
    if (total() > width) {
      columns.addAll(filled);
      columns.removeAll(Set.of(Column.STRATEGY, Column.CURVE));
      drop(DISPENSABLE_WHEN_STACKED);
    }
  }

  private void cutNames(int least) {
    int excess = total() - width;
    int name = width(Column.STRATEGY);
    if (excess > 0 && name > least) {
      widths.put(Column.STRATEGY, Math.max(least, name - excess));
    }
  }

  private void drop(List<Column> dispensable) {
    for (Column column : dispensable) {
      if (total() <= width) {
        return;
      }
      columns.remove(column);
    }
  }

  /// The table, its lines ended by line feeds.
  ///
  /// @param report the run
  /// @param width columns of the terminal; every line fits into it from 40 on, the notebook's lines
  ///   aside. {@link Integer#MAX_VALUE} where there is no limit
  /// @param color whether escape sequences for colour may be used
  public static String render(RunReport report, int width, boolean color) {
    List<Row> rows = Rows.of(report);
    ConsoleTable table = new ConsoleTable(rows, width, color);
    List<String> lines = new ArrayList<>();
    lines.add(table.heading(table.line(Column::title)));
    rows.forEach(row -> table.addTo(lines, row));
    lines.add("");
    List<String> notes = new ArrayList<>();
    table.omission().ifPresent(notes::add);
    notes.add(Rows.EXPLANATION);
    WeakScaling.explanation(report).ifPresent(notes::add);
    if (table.columns.contains(Column.NOTES)) {
      Rows.marks(rows).forEach(mark -> notes.add(mark.legend()));
    }
    notes.add(SteadyLine.of(report.summary().points()));
    notes.addAll(Resumes.sentences(report));
    MachineReport.of(report).ifPresent(machines -> notes.addAll(machines.sentences()));
    notes.forEach(note -> lines.add(PlainText.wrapped(note, width)));
    List<String> fixedWork = FixedWorkLines.of(report);
    if (!fixedWork.isEmpty()) {
      lines.add("");
      lines.addAll(fixedWork);
    }
    return String.join("\n", lines).stripTrailing() + "\n";
  }

  private Optional<String> omission() {
    List<String> missing =
        filled.stream()
            .filter(column -> !columns.contains(column))
            .filter(column -> column != Column.STRATEGY && column != Column.CURVE)
            .map(Column::title)
            .toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "not shown in %d columns: %s; report.html and summary.csv have them"
                .formatted(width, String.join(", ", missing)));
  }

  private int widest(Column column) {
    return rows.stream()
        .map(row -> length(row.cell(column)))
        .reduce(length(column.title()), Math::max);
  }

  private int total() {
    return columns.stream().mapToInt(this::width).sum()
        + GAP.length() * (columns.size() - 1)
        + (stacked() ? INDENT.length() : 0);
  }

  /// Whether names have been taken out of the rows.
  private boolean stacked() {
    return !columns.contains(Column.STRATEGY);
  }

  private int width(Column column) {
    return widths.getOrDefault(column, 0);
  }

  private void addTo(List<String> lines, Row row) {
    if (stacked() && !row.curve().isEmpty()) {
      int room = Math.max(1, width - GAP.length() - length(row.curve()));
      String name = PlainText.cut(row.cell(Column.STRATEGY), room);
      lines.add(heading(name + GAP + row.curve()));
    }
    String line = line(row::cell);
    boolean alarming = row.marks().contains(Marks.DEFECT) || row.marks().contains(Marks.MISSING);
    lines.add(color && alarming ? RED + line + PLAIN : line);
  }

  private String line(Function<Column, String> cells) {
    List<String> padded = columns.stream().map(c -> padded(c, cells.apply(c))).toList();
    return (stacked() ? INDENT : "") + String.join(GAP, padded).stripTrailing();
  }

  private String heading(String line) {
    return color ? emphasised(line) : line;
  }

  /// Text that a terminal shows in bold.
  public static String emphasised(String text) {
    return BOLD + text + PLAIN;
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

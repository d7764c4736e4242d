package io.percore.coordinator.report.several;

import io.percore.coordinator.report.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A table for a terminal. The first columns say what a row is about and are aligned to the left,
/// the others to the right; where they do not all fit beside each other they follow in further
/// blocks, each with the first ones again.
///
/// @param titles of all columns
/// @param keys how many columns say what a row is about, at least 1
/// @param rows with a cell for each column
record TextGrid(List<String> titles, int keys, List<List<String>> rows) {
  private static final String GAP = "  ";
  private static final int WIDEST_KEY = 24;
  private static final int WIDEST = 48;

  TextGrid {
    titles = List.copyOf(titles);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /// The lines, each ended by a line feed.
  ///
  /// @param width columns of the terminal; a single column may be wider
  String render(int width) {
    List<Integer> key = IntStream.range(0, keys).boxed().toList();
    StringBuilder text = new StringBuilder();
    int next = keys;
    while (next < titles.size()) {
      List<Integer> block = new ArrayList<>(key);
      block.add(next++);
      while (next < titles.size() && width(block) + GAP.length() + width(next) <= width) {
        block.add(next++);
      }
      text.append(text.isEmpty() ? "" : "\n").append(line(titles, block));
      rows.forEach(row -> text.append(line(row, block)));
    }
    return text.toString();
  }

  private int width(List<Integer> block) {
    return block.stream().mapToInt(this::width).sum() + GAP.length() * (block.size() - 1);
  }

  private int width(int column) {
    int widest =
        rows.stream()
            .map(row -> length(row.get(column)))
            .reduce(length(titles.get(column)), Math::max);
    return Math.min(widest, column < keys ? WIDEST_KEY : WIDEST);
  }

  private String line(List<String> cells, List<Integer> block) {
    return block.stream()
            .map(column -> padded(column, cells.get(column)))
            .collect(Collectors.joining(GAP))
            .stripTrailing()
        + "\n";
  }

  private String padded(int column, String cell) {
    String text = PlainText.cut(PlainText.printable(cell), width(column));
    String padding = " ".repeat(Math.max(0, width(column) - text.codePointCount(0, text.length())));
    return column < keys ? text + padding : padding + text;
  }

  private static int length(String cell) {
    String text = PlainText.printable(cell);
    return text.codePointCount(0, text.length());
  }
}

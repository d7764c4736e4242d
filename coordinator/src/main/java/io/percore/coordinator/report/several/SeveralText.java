package io.percore.coordinator.report.several;

import io.percore.coordinator.report.Marks;
import io.percore.coordinator.report.PlainText;
import io.percore.coordinator.report.several.SeveralTables.Table;
import java.util.List;

/// Several runs on a terminal: what differs, a column of figures for each run, ratios to the first,
/// and what that says.
public final class SeveralText {
  private SeveralText() {}

  /// The lines, ended by line feeds.
  ///
  /// @param width columns of the terminal
  public static String render(SideBySide runs, int width) {
    List<PointRows> points = PointRows.of(runs);
    StringBuilder text = new StringBuilder();
    text.append(PlainText.printable(runs.title())).append("\n\n");
    section(text, SeveralTables.differences(runs), 1, width);
    section(text, SeveralTables.figures(runs, points), 2, width);
    text.append(SeveralTables.FIGURES).append('\n');
    for (Marks mark : PointRows.marks(points)) {
      text.append(mark.legend()).append('\n');
    }
    text.append('\n');
    Table ratios = SeveralTables.ratios(runs, points);
    if (!ratios.rows().isEmpty()) {
      section(text, ratios, 2, width);
    }
    for (String sentence : SeveralVerdict.sentences(runs)) {
      text.append(PlainText.printable(sentence)).append('\n');
    }
    return text.toString();
  }

  private static void section(StringBuilder text, Table table, int keys, int width) {
    text.append(new TextGrid(table.titles(), keys, table.rows()).render(width)).append('\n');
  }
}

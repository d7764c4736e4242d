package io.percore.coordinator.report.several;

import io.percore.coordinator.report.Markdown;
import io.percore.coordinator.report.Marks;
import io.percore.coordinator.report.several.SeveralTables.Table;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Several runs in GitHub's Markdown: verdict, where and how they were made, figures and ratios.
public final class SeveralMarkdown {
  private SeveralMarkdown() {}

  /// The whole text.
  public static String render(SideBySide runs) {
    List<PointRows> points = PointRows.of(runs);
    StringBuilder text = new StringBuilder();
    text.append("**").append(Markdown.text(runs.title())).append("**\n\n");
    SeveralVerdict.sentences(runs)
        .forEach(sentence -> text.append("- ").append(Markdown.text(sentence)).append('\n'));
    table(text, facts(runs), 1);
    table(text, SeveralTables.figures(runs, points), 2);
    text.append('\n').append(Markdown.text(SeveralTables.FIGURES));
    for (Marks mark : PointRows.marks(points)) {
      text.append("; ").append(Markdown.text(mark.legend()));
    }
    text.append(".\n");
    Table ratios = SeveralTables.ratios(runs, points);
    if (!ratios.rows().isEmpty()) {
      table(text, ratios, 2);
    }
    return text.toString();
  }

  /// All facts; a sign before those that differ.
  private static Table facts(SideBySide runs) {
    return new Table(
        IntStream.rangeClosed(0, runs.runs().size())
            .mapToObj(i -> i == 0 ? "≠ differs" : runs.runs().get(i - 1).name())
            .toList(),
        Arrays.stream(Fact.values())
            .map(
                fact ->
                    IntStream.rangeClosed(0, runs.runs().size())
                        .mapToObj(
                            i ->
                                i == 0
                                    ? (fact.differs(runs.runs()) ? "≠ " : "") + fact.title()
                                    : String.join(" ", fact.of(runs.runs().get(i - 1))))
                        .toList())
            .toList());
  }

  private static void table(StringBuilder text, Table table, int keys) {
    text.append('\n').append(row(table.titles()));
    text.append(
        Markdown.row(
            IntStream.range(0, table.titles().size())
                .mapToObj(column -> column < keys ? "---" : "---:")
                .toList()));
    table.rows().forEach(row -> text.append(row(row)));
  }

  private static String row(List<String> cells) {
    return Markdown.row(cells.stream().map(Markdown::text).toList());
  }
}

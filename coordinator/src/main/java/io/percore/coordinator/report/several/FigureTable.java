package io.percore.coordinator.report.several;

import io.percore.coordinator.report.Marks;
import io.percore.coordinator.report.PageFrame;
import io.percore.coordinator.report.PlainText;
import io.percore.coordinator.report.Row;
import io.percore.coordinator.report.Row.Column;
import io.percore.coordinator.report.Rows;
import io.percore.coordinator.report.Typography;
import io.percore.coordinator.report.chart.MarkerKey;
import io.percore.coordinator.report.chart.Markup;
import io.percore.coordinator.report.chart.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every figure of every point in every run; the runs of one point below each other.
final class FigureTable {
  private static final String UNKNOWN = "–";

  private static final List<Column> COLUMNS =
      List.of(
          Column.THROUGHPUT,
          Column.MEAN,
          Column.NANOS,
          Column.SPEEDUP,
          Column.EFFICIENCY,
          Column.SEQUENTIAL,
          Column.LOST,
          Column.FORKS,
          Column.NOTES);

  private final SideBySide runs;
  private final List<PointRows> points;

  FigureTable(SideBySide runs) {
    this.runs = runs;
    this.points = PointRows.of(runs);
  }

  void write(Markup page) {
    page.open("section", "class", "data", "id", "data").element("h2", "Data");
    page.element("p", caption(), "class", "caption");
    PageFrame.openScroll(page, "Data table");
    page.open("table", "class", "runs").open("thead").open("tr");
    titles().forEach(title -> page.element("th", title, "scope", "col"));
    page.close().close().line();
    byStrategy().forEach((strategy, curve) -> group(page, strategy, curve));
    page.close().close();
    page.open("ul", "class", "legend");
    for (Marks mark : PointRows.marks(points)) {
      page.element("li", mark.legend());
    }
    page.close().close().line();
  }

  private String caption() {
    return Rows.EXPLANATION
        + (runs.compares()
            ? "; over "
                + PlainText.printable(runs.first().name())
                + ": ratio of the rates, unpaired, with its interval adjusted for all of these"
                + " ratios together"
            : "")
        + ". "
        + UNKNOWN
        + " is unknown, not zero.";
  }

  private List<String> titles() {
    List<String> titles = new ArrayList<>(List.of("N", "run"));
    COLUMNS.forEach(column -> titles.add(column.title()));
    if (runs.compares()) {
      titles.add("over " + PlainText.printable(runs.first().name()));
    }
    return titles;
  }

  private Map<String, List<PointRows>> byStrategy() {
    Map<String, List<PointRows>> curves = new LinkedHashMap<>();
    points.forEach(
        point -> curves.computeIfAbsent(point.strategy(), _ -> new ArrayList<>()).add(point));
    return curves;
  }

  private void group(Markup page, String strategy, List<PointRows> curve) {
    page.open("tbody").open("tr", "class", "group");
    page.open("th", "scope", "rowgroup", "colspan", titles().size());
    page.element("bdi", PlainText.printable(strategy)).close().close().line();
    page.close().line();
    curve.forEach(point -> point(page, point));
  }

  private void point(Markup page, PointRows point) {
    long measured = point.rows().stream().filter(Optional::isPresent).count();
    page.open("tbody", "class", "point");
    boolean begun = false;
    for (int i = 0; i < runs.runs().size(); i++) {
      Optional<Row> row = point.rows().get(i);
      if (row.isPresent()) {
        page.open("tr");
        if (!begun) {
          page.element(
              "th",
              Integer.toString(point.parallelism()),
              "scope",
              "rowgroup",
              "rowspan",
              measured);
        }
        begun = true;
        run(page, point, row.get(), i);
        page.close().line();
      }
    }
    page.close().line();
  }

  private void run(Markup page, PointRows point, Row row, int index) {
    Style style = new Style(index);
    page.open("th", "scope", "row", "class", style.classes());
    MarkerKey.write(page, style);
    page.element("bdi", PlainText.printable(runs.runs().get(index).name())).close();
    COLUMNS.forEach(column -> cell(page, row.cell(column)));
    if (runs.compares()) {
      cell(page, ratio(point, index));
    }
  }

  private String ratio(PointRows point, int index) {
    return index == 0
        ? "1"
        : runs.relations()
            .get(index - 1)
            .change(point.strategy(), point.parallelism())
            .map(SeveralTables::ratio)
            .orElse("");
  }

  private static void cell(Markup page, String text) {
    page.element("td", text.isEmpty() ? UNKNOWN : Typography.of(PlainText.printable(text)));
  }
}

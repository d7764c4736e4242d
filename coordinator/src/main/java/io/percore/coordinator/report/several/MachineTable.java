package io.percore.coordinator.report.several;

import io.percore.coordinator.report.PageFrame;
import io.percore.coordinator.report.PlainText;
import io.percore.coordinator.report.Typography;
import io.percore.coordinator.report.chart.MarkerKey;
import io.percore.coordinator.report.chart.Markup;
import io.percore.coordinator.report.chart.Style;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Where and how each run was measured, a column for each. What differs is marked, by a sign and in
/// words; what is the same everywhere stands once.
final class MachineTable {
  /// More columns than this would not fit on paper: further runs follow in tables of their own.
  private static final int COLUMNS = 6;

  private final List<NamedRun> runs;

  MachineTable(SideBySide runs) {
    this.runs = runs.runs();
  }

  void write(Markup page) {
    int machines = NamedRun.machines(runs);
    page.open("section", "class", "data", "id", "machines");
    page.element("h2", (machines == runs.size() ? "Machines" : "Runs") + " side by side");
    page.element(
        "p",
        "≠ marks what differs. JVM arguments are those that somebody chose: heap and processor"
            + " count that follow from sizes and machine are left out.",
        "class",
        "caption");
    for (int from = 0; from < runs.size(); from += COLUMNS) {
      table(page, from, Math.min(runs.size(), from + COLUMNS));
    }
    page.close().line();
  }

  private void table(Markup page, int from, int to) {
    PageFrame.openScroll(page, "Runs " + (from + 1) + " to " + to + " side by side");
    page.open("table", "class", "machines").open("thead").open("tr");
    page.open("td").close();
    for (int i = from; i < to; i++) {
      Style style = new Style(i);
      page.open("th", "scope", "col", "class", style.classes());
      MarkerKey.write(page, style);
      page.element("bdi", PlainText.printable(runs.get(i).name())).close();
    }
    page.close().close().line();
    page.open("tbody");
    for (Fact fact : Fact.values()) {
      row(page, fact, runs.subList(from, to));
    }
    page.close().close().close().line();
  }

  private void row(Markup page, Fact fact, List<NamedRun> shown) {
    boolean same = fact.same(runs);
    page.open("tr", "class", fact.differs(runs) ? "differs" : "plain");
    page.open("th", "scope", "row").text(fact.title());
    if (fact.differs(runs)) {
      page.element("span", " ≠", "aria-hidden", "true");
      page.element("span", " (differs)", "class", "hidden");
    }
    page.close();
    if (same) {
      cell(page, fact.of(runs.getFirst()), Set.of(), shown.size());
    } else {
      Set<String> common = new HashSet<>(fact.of(runs.getFirst()));
      runs.forEach(run -> common.retainAll(fact.of(run)));
      shown.forEach(run -> cell(page, fact.of(run), common, 1));
    }
    page.close().line();
  }

  private static void cell(Markup page, List<String> parts, Set<String> common, int columns) {
    page.open("td", "colspan", columns);
    for (String part : parts) {
      boolean own = !common.isEmpty() && parts.size() > 1 && !common.contains(part);
      page.element(own ? "mark" : "span", Typography.of(PlainText.printable(part))).text(" ");
    }
    if (parts.isEmpty()) {
      page.text("none");
    }
    page.close();
  }
}

package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.report.PageTable.Cell;
import io.percore.coordinator.report.chart.Markup;
import java.util.List;

/// What each of several machines did by itself, as a table and in words. Nothing of one machine.
final class PageMachines {
  /// Rows that are shown at most.
  private static final int MOST = 300;

  /// Where there is nothing to say.
  private static final Cell NOTHING = new Cell("", "");

  private PageMachines() {}

  static void write(Markup page, RunReport report) {
    MachineReport.of(report).ifPresent(machines -> write(page, report, machines));
  }

  private static void write(Markup page, RunReport report, MachineReport machines) {
    List<MachineRow> rows = machines.rows();
    page.open("section", "class", "data", "id", "machines").element("h2", "Machines");
    if (!rows.isEmpty()) {
      page.element("p", Typography.of(caption(rows.size())), "class", "caption");
      table(page, report, machines, rows.subList(0, Math.min(MOST, rows.size())));
    }
    page.open("ul", "class", "legend");
    machines
        .sentences()
        .forEach(sentence -> page.element("li", Typography.of(PlainText.printable(sentence))));
    page.close().close().line();
  }

  private static String caption(int rows) {
    return "What each machine did by itself, at every point that spans several. N = 1 is one thread"
        + " on each machine at once, and each machine is compared with its own. Grey: 95 %"
        + " intervals."
        + (rows > MOST
            ? " The first " + MOST + " rows are shown; summary.json has all " + rows + "."
            : "");
  }

  private static void table(
      Markup page, RunReport report, MachineReport machines, List<MachineRow> rows) {
    PageFrame.openScroll(page, "Machines");
    List<String> columns =
        List.of(
            "strategy",
            "N",
            "threads here",
            "ops/s here",
            "over N = 1 here",
            "each thread",
            "N = 1 over " + machines.first());
    page.open("table").open("thead").open("tr");
    columns.forEach(title -> page.element("th", title, "scope", "col"));
    page.close().close().line();
    for (int number = 0; number < report.machines().size(); number++) {
      int machine = number;
      List<MachineRow> own = rows.stream().filter(row -> row.number() == machine).toList();
      if (!own.isEmpty()) {
        group(page, report.machines().get(machine), own, columns.size());
      }
    }
    page.close().close().line();
  }

  private static void group(Markup page, Environment machine, List<MachineRow> rows, int columns) {
    page.open("tbody").open("tr", "class", "group");
    page.open("th", "scope", "rowgroup", "colspan", columns);
    page.element("bdi", rows.getFirst().machine());
    page.element(
        "span",
        PlainText.printable(
            machine.cpuModel() + ", " + Quantities.plural(machine.hardwareThreads(), "processor")),
        "class",
        "contract");
    page.close().close().line();
    for (MachineRow row : rows) {
      page.open("tr");
      page.element("td", PlainText.printable(row.name()));
      page.element("td", Integer.toString(row.parallelism()));
      page.element("td", Integer.toString(row.threads()));
      PageTable.cell(page, Cell.rate(row.rates().median(), row.rates().mean()));
      boolean alone = row.parallelism() == 1;
      PageTable.cell(page, alone ? NOTHING : Cell.of(row.speedup(), Quantities::ratio));
      PageTable.cell(page, alone ? NOTHING : Cell.of(row.efficiency(), Quantities::percent));
      PageTable.cell(
          page, alone && row.number() > 0 ? Cell.of(row.overFirst(), Quantities::ratio) : NOTHING);
      page.close().line();
    }
    page.close().line();
  }
}

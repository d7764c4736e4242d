package io.percore.coordinator.report;

import io.percore.coordinator.report.chart.Markup;
import io.percore.coordinator.stats.JobCost;
import io.percore.coordinator.stats.ProcessCost;
import io.percore.coordinator.stats.ProcessCost.Piece;
import java.util.ArrayList;
import java.util.List;

/// What it costs to hand work to processes in calls: the figures behind the chart, and from which
/// size on that beats each strategy of threads.
final class PageProcessCost {
  private PageProcessCost() {}

  static void write(Markup page, RunReport report) {
    List<ProcessCost> costs = ProcessCost.of(report.aside().called(), report.summary());
    if (costs.isEmpty()) {
      return;
    }
    page.open("section", "class", "data", "id", "calls")
        .element("h2", "What it costs to call a process");
    page.element(
        "p",
        "Each process has one call at a time: the coordinator sends it a piece of work and waits"
            + " for the answer. The time of a call holds the work and the way there and back."
            + " Ratios are over the rate of threads in their windows, of other trials, so that"
            + " their intervals are not paired. A sentence that holds at every size, or at every"
            + " larger one, gives the ratio that speaks least for it; one that holds at some sizes"
            + " gives the ratio that speaks most for it, and that of the largest size.",
        "class",
        "caption");
    costs.forEach(cost -> write(page, cost));
    List<JobCost> jobs = JobCost.of(report.aside().called(), report.summary());
    if (!jobs.isEmpty()) {
      page.element(
          "p",
          "A process has to be started before it can work. What a job then takes is worked out from"
              + " the start and the rate of each fork; no job was run at these lengths. The start"
              + " is that of percore's workers: a JVM, its heap and its connection, the warm-up"
              + " aside.",
          "class",
          "caption");
      page.open("ul");
      jobs.forEach(
          job -> ProcessCostSentences.of(job).forEach(line -> page.element("li", text(line))));
      page.close();
    }
    page.close().line();
  }

  private static void write(Markup page, ProcessCost cost) {
    page.open("ul");
    ProcessCostSentences.of(cost).forEach(line -> page.element("li", text(line)));
    page.close();
    List<String> others = List.copyOf(cost.pieces().getFirst().against().keySet());
    String name = text(cost.strategy() + " at N = " + cost.parallelism());
    PageFrame.openScroll(page, name);
    page.open("table");
    page.element("caption", name);
    page.open("thead").open("tr");
    List<String> headings =
        new ArrayList<>(List.of("operations per call", "time of a call", "rate", "forks"));
    others.forEach(other -> headings.add("over " + other));
    headings.forEach(heading -> page.element("th", text(heading), "scope", "col"));
    page.close().close().open("tbody");
    cost.pieces().forEach(piece -> row(page, piece, others));
    page.close().close().close().line();
  }

  private static void row(Markup page, Piece piece, List<String> others) {
    page.open("tr")
        .element("th", text(ProcessCostPanel.count((double) piece.operations())), "scope", "row");
    page.element("td", text(Quantities.nanos(piece.callNanos())));
    page.element("td", text(Quantities.rate(piece.rate())));
    page.element("td", Integer.toString(piece.forks()));
    for (String other : others) {
      var ratio = piece.against().get(other);
      page.element("td", ratio == null ? "" : text(Quantities.ratio(ratio)));
    }
    page.close().line();
  }

  private static String text(String text) {
    return Typography.of(PlainText.printable(text));
  }
}

package io.percore.coordinator.report;

import io.percore.coordinator.report.chart.Markup;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/// Writes a run as one HTML page that needs nothing else: no request leaves it, and its security
/// policy would stop one.
///
/// All text comes from the data. Names and reasons are escaped on the way out; the policy allows no
/// script and no style but the two of this page, by their hashes, should that ever fail. Without
/// scripts everything but the read-outs and the download buttons works.
public final class HtmlReport implements Renderer {
  private static final List<String> NUMBERS =
      List.of(
          "No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten",
          "Eleven", "Twelve");

  @Override
  public void render(RunReport report, Writer out) throws IOException {
    out.write(render(report));
  }

  /// The whole page.
  public String render(RunReport report) {
    return render(new Panels(report));
  }

  /// The whole page, with panels that others need, too.
  public String render(Panels panels) {
    RunReport report = panels.report();
    List<Curve> curves = Curve.all(report.summary());
    PageCharts charts = new PageCharts(panels);
    Markup content = new Markup();
    headline(content, report, curves);
    PageFacts.write(content, report);
    new PageCards(report, curves).write(content);
    charts.write(content);
    new PageTable(report, curves).write(content);
    PageMachines.write(content, report);
    PageLaws.write(content, report);
    PageProcessCost.write(content, report);
    PageLocks.write(content, report);
    PageMemory.write(content, report);
    PageReplay.write(content, report);
    PageTrials.write(content, report);
    PageDisturbance.write(content, report);
    PageNotes.write(content, report);
    return PageFrame.page(
        title(report, curves),
        "Run "
            + PlainText.printable(report.runId())
            + ", made by percore. Every attempt is in the run's trials.jsonl, every figure in its"
            + " summary.json and summary.csv.",
        content.toString(),
        charts.readings());
  }

  private static void headline(Markup page, RunReport report, List<Curve> curves) {
    page.open("header");
    if (!report.complete()) {
      page.element("p", "Incomplete run: some planned trials have no result", "class", "banner");
    }
    page.element("h1", title(report, curves));
    PageVerdict.write(
        page, Verdict.sentences(report.summary(), report.experiment(), report.catalogue()));
    page.close().line();
  }

  private static String title(RunReport report, List<Curve> curves) {
    List<Curve> ways = curves.stream().filter(curve -> !curve.isSequentialBase()).toList();
    String workload =
        report
            .catalogue()
            .workload(report.experiment().workload())
            .map(w -> w.title())
            .orElse(report.experiment().workload());
    String subject =
        switch (ways.size()) {
          case 0 -> "The sequential base";
          case 1 -> ways.getFirst().name();
          default ->
              (ways.size() < NUMBERS.size() ? NUMBERS.get(ways.size()) : "" + ways.size())
                  + " ways to go parallel";
        };
    return PlainText.printable(subject + ": " + workload);
  }
}

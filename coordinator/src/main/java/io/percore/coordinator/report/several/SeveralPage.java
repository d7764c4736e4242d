package io.percore.coordinator.report.several;

import io.percore.coordinator.report.PageFrame;
import io.percore.coordinator.report.PageTerms;
import io.percore.coordinator.report.PageVerdict;
import io.percore.coordinator.report.PlainText;
import io.percore.coordinator.report.Verdict;
import io.percore.coordinator.report.chart.MarkerKey;
import io.percore.coordinator.report.chart.Markup;
import io.percore.coordinator.report.chart.Style;
import java.util.List;
import java.util.stream.Collectors;

/// Several runs as one page that needs nothing else, under the same security policy as the page of
/// one run.
///
/// A colour means a run in the tables and in the charts of one strategy; in the charts of one run,
/// which the reader can switch to, it means a strategy.
public final class SeveralPage {
  private static final List<List<String>> TERMS =
      List.of(
          List.of(
              "Run",
              "One call of percore run: a set of trials in randomised blocks on one machine. Runs"
                  + " share no block."),
          List.of(
              "Ratio between runs",
              "Unpaired, from the mean logarithms of the forks' rates (Welch). All such intervals"
                  + " of this page are adjusted together (Holm): in equal runs at most 5 of 100"
                  + " such pages call any point different."),
          List.of(
              "No ratio",
              "Where two runs differ in more than one of machine, JVM, worker and design, a ratio"
                  + " would not say what makes it. Change one thing at a time."),
          List.of(
              "Speedup and efficiency",
              "Within a run, paired by block: these can be compared by eye between machines whose"
                  + " rates cannot."),
          List.of(
              "Machine",
              "Runs under one boot of a kernel, or on hosts of one name and kind, are of one"
                  + " machine."));

  private SeveralPage() {}

  /// The whole page.
  public static String render(SideBySide runs) {
    Markup content = new Markup();
    header(content, runs);
    new MachineTable(runs).write(content);
    each(content, runs);
    SeveralPanels panels = new SeveralPanels(runs);
    panels.write(content);
    new FigureTable(runs).write(content);
    PageTerms.write(content, TERMS, ", and what is closed");
    return PageFrame.page(
        PlainText.printable(runs.title()),
        "Runs "
            + runs.runs().stream()
                .map(run -> PlainText.printable(run.report().runId()))
                .collect(Collectors.joining(", "))
            + ", side by side by percore.",
        content.toString(),
        panels.readings());
  }

  private static void header(Markup page, SideBySide runs) {
    page.open("header");
    List<NamedRun> incomplete =
        runs.runs().stream().filter(run -> !run.report().complete()).toList();
    if (!incomplete.isEmpty()) {
      page.element(
          "p",
          "Incomplete: "
              + incomplete.stream()
                  .map(run -> PlainText.printable(run.name()))
                  .collect(Collectors.joining(", ")),
          "class",
          "banner");
    }
    page.element("h1", PlainText.printable(runs.title()));
    PageVerdict.write(page, SeveralVerdict.sentences(runs));
    page.close().line();
  }

  /// What each run says by itself, in the words of its own page.
  private static void each(Markup page, SideBySide runs) {
    page.open("section", "class", "data", "id", "each").element("h2", "Each run by itself");
    page.open("ul", "class", "each");
    for (int i = 0; i < runs.runs().size(); i++) {
      NamedRun run = runs.runs().get(i);
      Style style = new Style(i);
      page.open("li", "class", style.classes());
      MarkerKey.write(page, style);
      page.element("bdi", PlainText.printable(run.name())).text(" ");
      page.open("span");
      PageVerdict.withBoldRatios(page, headline(run));
      page.close().close().line();
    }
    page.close().close().line();
  }

  private static String headline(NamedRun run) {
    return Verdict.sentences(
            run.report().summary(), run.report().experiment(), run.report().catalogue())
        .getFirst();
  }
}

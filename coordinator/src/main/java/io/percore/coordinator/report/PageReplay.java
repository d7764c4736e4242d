package io.percore.coordinator.report;

import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.plan.Replay;
import io.percore.coordinator.report.chart.Markup;
import java.util.List;

/// How an update gets lost, step by step, as this machine has played it: in reports of runs that
/// have a discipline which may lose some.
final class PageReplay {
  private PageReplay() {}

  /// Whether the page of a run has this.
  static boolean appears(RunReport report) {
    return !report.catalogue().played().isEmpty() && compares(report);
  }

  static void write(Markup page, RunReport report) {
    if (!appears(report)) {
      return;
    }
    page.open("section", "class", "data", "id", "replay");
    page.element("h2", "How an update gets lost");
    page.element(
        "p",
        "Two threads each take a reference to one object, which has one already, and give it back."
            + " They ran on this machine, and took turns at each access to the count.",
        "class",
        "caption");
    page.open("div", "class", "replays").line();
    report.catalogue().played().forEach(replay -> replay(page, report, replay));
    page.close().close().line();
  }

  /// Whether the run has a discipline that loses updates when several threads use it.
  private static boolean compares(RunReport report) {
    return report.experiment().strategies().stream()
        .flatMap(strategy -> report.catalogue().discipline(strategy.discipline()).stream())
        .anyMatch(discipline -> !discipline.exact() && !discipline.singleThreaded());
  }

  private static void replay(Markup page, RunReport report, Replay replay) {
    String title =
        report
            .catalogue()
            .discipline(replay.discipline())
            .map(Catalogue.Discipline::title)
            .orElse(replay.discipline());
    List<String> threads = replay.threads();
    page.open("div").open("table");
    page.open("caption").element("bdi", PlainText.printable(title)).close();
    page.open("thead").open("tr");
    for (String thread : threads) {
      page.element("th", "thread " + PlainText.printable(thread), "scope", "col");
    }
    page.element("th", "count", "scope", "col").close().close();
    page.open("tbody").line();
    int number = 0;
    for (Replay.Step step : replay.steps()) {
      page.open("tr", "class", number == replay.taken() ? "later" : "step");
      for (String thread : threads) {
        page.element("td", thread.equals(step.thread()) ? step.words() : "");
      }
      page.element("td", Long.toString(step.count())).close().line();
      number++;
    }
    page.close().close();
    page.element("p", String.join(" ", replay.sentences())).close().line();
  }
}

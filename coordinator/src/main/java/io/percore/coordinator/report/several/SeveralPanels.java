package io.percore.coordinator.report.several;

import io.percore.coordinator.report.LinePanel;
import io.percore.coordinator.report.PagePanels;
import io.percore.coordinator.report.PlainText;
import io.percore.coordinator.report.chart.Markup;
import io.percore.coordinator.report.several.Multiples.By;
import io.percore.coordinator.report.several.Multiples.Multiple;
import java.util.Locale;
import java.util.Optional;

/// The charts of several runs: a panel for each strategy, or one for each run, as the reader
/// chooses. Both are in the page, and the style shows one of them.
final class SeveralPanels {
  private final SideBySide runs;
  private final PagePanels panels = new PagePanels();

  SeveralPanels(SideBySide runs) {
    this.runs = runs;
  }

  void write(Markup page) {
    page.open("section", "class", "several", "id", "charts", "tabindex", "-1").line();
    choice(page);
    for (By by : By.values()) {
      page.open("div", "class", "by-" + name(by)).line();
      Multiples.KINDS.stream()
          .map(kind -> Multiples.of(kind, by, runs))
          .flatMap(Optional::stream)
          .forEach(multiples -> group(page, multiples));
      page.close().line();
    }
    page.close().line();
  }

  /// The read-outs of every panel that was written, as JSON that can stand in a script element.
  String readings() {
    return panels.readings();
  }

  private static void choice(Markup page) {
    page.open("div", "class", "tools").open("fieldset");
    page.element("legend", "One chart for each", "class", "choice");
    for (By by : By.values()) {
      String id = "by-" + name(by);
      if (by == By.STRATEGY) {
        page.empty(
            "input", "type", "radio", "name", "by", "value", id, "id", id, "checked", "checked");
      } else {
        page.empty("input", "type", "radio", "name", "by", "value", id, "id", id);
      }
      page.element("label", name(by), "for", id);
    }
    page.close().close().line();
  }

  private void group(Markup page, Multiples multiples) {
    page.open("section", "class", "multiples").element("h2", multiples.kind().title());
    page.element("p", multiples.caption(), "class", "caption");
    page.open("div", "class", "panels").line();
    for (Multiple multiple : multiples.panels()) {
      panels.write(
          page,
          multiple.chart().id(),
          "h3",
          PlainText.printable(multiple.name()),
          LinePanel.of(multiple.chart()));
    }
    page.close().close().line();
  }

  private static String name(By by) {
    return by.name().toLowerCase(Locale.ROOT);
  }
}

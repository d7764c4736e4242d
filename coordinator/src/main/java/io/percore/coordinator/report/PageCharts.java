package io.percore.coordinator.report;

import io.percore.coordinator.report.chart.Markup;

/// The panels of the page of a run.
final class PageCharts {
  private final Panels shown;
  private final PagePanels panels = new PagePanels();

  PageCharts(Panels shown) {
    this.shown = shown;
  }

  void write(Markup page) {
    page.open("div", "class", "panels", "id", "charts", "tabindex", "-1").line();
    for (PanelKind kind : PanelKind.values()) {
      shown
          .panel(kind)
          .ifPresent(panel -> panels.write(page, kind.id(), "h2", panel.figure().title(), panel));
    }
    page.close().line();
  }

  /// The read-outs of every panel that was written, as JSON that can stand in a script element.
  String readings() {
    return panels.readings();
  }
}

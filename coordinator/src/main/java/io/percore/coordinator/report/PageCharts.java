package io.percore.coordinator.report;

import io.percore.coordinator.report.Panel.Place;
import io.percore.coordinator.report.chart.Markup;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The panels of the page of a run.
final class PageCharts {
  private final Panels shown;
  private final PagePanels panels = new PagePanels();

  PageCharts(Panels shown) {
    this.shown = shown;
  }

  void write(Markup page) {
    page.open("div", "class", "panels", "id", "charts", "tabindex", "-1").line();
    inRows()
        .forEach(
            (kind, panel) -> panels.write(page, kind.id(), "h2", panel.figure().title(), panel));
    page.close().line();
  }

  /// In their order, but that a wide one waits until each of half the width has its neighbour.
  private Map<PanelKind, Panel> inRows() {
    Map<PanelKind, Panel> rows = new LinkedHashMap<>();
    Map<PanelKind, Panel> waiting = new LinkedHashMap<>();
    boolean open = false;
    for (PanelKind kind : PanelKind.values()) {
      Optional<Panel> panel = shown.panel(kind);
      boolean half = panel.isPresent() && panel.get().place() == Place.HALF;
      Map<PanelKind, Panel> to = open && !half ? waiting : rows;
      panel.ifPresent(p -> to.put(kind, p));
      open ^= half;
      if (!open) {
        rows.putAll(waiting);
        waiting.clear();
      }
    }
    rows.putAll(waiting);
    return rows;
  }

  /// The read-outs of every panel that was written, as JSON that can stand in a script element.
  String readings() {
    return panels.readings();
  }
}

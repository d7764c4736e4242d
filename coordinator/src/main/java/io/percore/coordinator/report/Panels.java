package io.percore.coordinator.report;

import io.percore.coordinator.report.Panel.Place;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The panels of a report, each made once: its page and its chart files show the same. Those of
/// half the width are even in number, so that none stands alone in its row.
public final class Panels {
  private final RunReport report;
  private final Map<PanelKind, Panel> panels = new EnumMap<>(PanelKind.class);

  /// Makes those whose data was measured.
  public Panels(RunReport report) {
    this.report = report;
    Charts charts = new Charts(report);
    Map<PanelKind, Panel> made = new ConcurrentHashMap<>();
    Arrays.stream(PanelKind.values())
        .parallel()
        .forEach(kind -> kind.create(report, charts).ifPresent(panel -> made.put(kind, panel)));
    panels.putAll(made);
    if (panels.values().stream().filter(panel -> panel.place() == Place.HALF).count() % 2 == 1) {
      LinePanel.wide(charts, ChartKind.TIME_PER_OPERATION)
          .ifPresent(panel -> panels.put(PanelKind.TIME_PER_OPERATION, panel));
    }
  }

  /// The report that they show.
  public RunReport report() {
    return report;
  }

  /// One of them, or nothing when its data was not measured.
  Optional<Panel> panel(PanelKind kind) {
    return Optional.ofNullable(panels.get(kind));
  }
}

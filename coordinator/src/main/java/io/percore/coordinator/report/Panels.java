package io.percore.coordinator.report;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The panels of a report, each made once: its page and its chart files show the same.
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

package io.percore.coordinator.report;

import java.util.Optional;

/// The panels that a report may have, in the order of its page.
enum PanelKind {
  THROUGHPUT(ChartKind.THROUGHPUT.id()),
  RANKING("ranking"),
  SPEEDUP(ChartKind.SPEEDUP.id()),
  EFFICIENCY(ChartKind.EFFICIENCY.id()),
  TIME_PER_OPERATION(ChartKind.TIME_PER_OPERATION.id()),
  PROCESS_COST("process-cost"),
  JOB_COST("job-cost"),
  LOST_UPDATES(ChartKind.LOST_UPDATES.id()),
  TRIAL_STRIP("trial-strip"),
  MEMORY("memory"),
  PROCESSORS("processors"),
  LOCKS("locks"),
  WARM_UP("warm-up");

  private final String id;

  PanelKind(String id) {
    this.id = id;
  }

  /// Name of its section in the page, and of its files without their suffixes.
  String id() {
    return id;
  }

  /// The panel, or nothing when its data was not measured.
  ///
  /// @param charts the line charts of the report
  Optional<Panel> create(RunReport report, Charts charts) {
    return switch (this) {
      case THROUGHPUT -> LinePanel.of(charts, ChartKind.THROUGHPUT);
      case RANKING -> RankingPanel.of(report);
      case SPEEDUP -> LinePanel.of(charts, ChartKind.SPEEDUP);
      case EFFICIENCY -> LinePanel.of(charts, ChartKind.EFFICIENCY);
      case TIME_PER_OPERATION -> LinePanel.of(charts, ChartKind.TIME_PER_OPERATION);
      case PROCESS_COST -> ProcessCostPanel.of(report);
      case JOB_COST -> JobCostPanel.of(report);
      case LOST_UPDATES -> LinePanel.of(charts, ChartKind.LOST_UPDATES);
      case TRIAL_STRIP -> TrialStrip.panel(report);
      case WARM_UP -> WarmUpTraces.panel(report);
      case MEMORY -> MemoryPanel.of(report);
      case PROCESSORS -> ProcessorPanel.of(report);
      case LOCKS -> LockPanel.of(report);
    };
  }
}

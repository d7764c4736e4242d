package io.percore.coordinator.report;

import java.util.Optional;

/// The panels that a report may have, in the order of its page.
enum PanelKind {
  THROUGHPUT(ChartKind.THROUGHPUT.id()),
  SPEEDUP(ChartKind.SPEEDUP.id()),
  EFFICIENCY(ChartKind.EFFICIENCY.id()),
  TIME_PER_OPERATION(ChartKind.TIME_PER_OPERATION.id()),
  PROCESS_COST("process-cost"),
  LOST_UPDATES(ChartKind.LOST_UPDATES.id()),
  TRIAL_STRIP("trial-strip"),
  WARM_UP("warm-up");

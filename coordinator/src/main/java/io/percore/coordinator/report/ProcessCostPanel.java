package io.percore.coordinator.report;

import io.percore.coordinator.plan.Strategy;
import io.percore.coordinator.report.Panel.Place;
import io.percore.coordinator.report.ThreadRatios.Words;
import io.percore.coordinator.report.ThreadRatios.Work;
import io.percore.coordinator.stats.ProcessCost;
import java.util.List;
import java.util.Optional;

/// When processes pay: the rate of processes that get their work in calls, over that of threads,
/// against the size of a call.
final class ProcessCostPanel {
  private ProcessCostPanel() {}

  /// The panel; nothing where no two sizes of calls were measured.
  static Optional<Panel> of(RunReport report) {
    return shown(report)
        .flatMap(cost -> ThreadRatios.chart(report, words(cost), work(cost)))
        .map(
            chart ->
                new Panel(
                    Place.HALF,
                    chart,
                    LinePanel.readOut(chart, "the sizes of calls", ProcessCostPanel::perCall)));
  }

  /// What it costs the first strategy of processes that counts under protection, or the first at
  /// all.
  static Optional<ProcessCost> shown(RunReport report) {
    List<ProcessCost> costs = ProcessCost.of(report.aside().called(), report.summary());
    return costs.stream()
        .filter(cost -> !counting(cost, report).equals(Strategy.PLAIN))
        .findFirst()
        .or(() -> costs.stream().findFirst());
  }

  private static String counting(ProcessCost cost, RunReport report) {
    return report
        .summary()
        .point(cost.strategy(), cost.parallelism())
        .map(point -> point.point().program().discipline())
        .orElse("");
  }

  private static Words words(ProcessCost cost) {
    return new Words(
        PanelKind.PROCESS_COST.id(),
        "When do processes pay?",
        "%s at N = %d, all work handed over in calls, over threads that find it."
            .formatted(cost.strategy(), cost.parallelism()),
        String.join(" ", ProcessCostSentences.of(cost)),
        "operations per call (log)");
  }

  private static List<Work> work(ProcessCost cost) {
    return cost.pieces().stream()
        .map(
            piece ->
                new Work(piece.operations(), count((double) piece.operations()), piece.against()))
        .toList();
  }

  private static String perCall(double operations) {
    return operations(operations) + " per call";
  }

  /// A size of calls with its unit.
  static String operations(double operations) {
    return count(operations) + (operations == 1 ? " operation" : " operations");
  }

  /// A size of calls, which was chosen, and so is exact.
  static String count(double operations) {
    return Typography.withoutTrailingZeros(Quantities.count(operations));
  }
}

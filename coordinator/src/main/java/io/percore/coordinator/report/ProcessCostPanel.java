package io.percore.coordinator.report;

import io.percore.coordinator.plan.Strategy;
import io.percore.coordinator.report.Axes.Form;
import io.percore.coordinator.report.Panel.Place;
import io.percore.coordinator.report.chart.Chart;
import io.percore.coordinator.report.chart.Chart.Axis;
import io.percore.coordinator.report.chart.Chart.Datum;
import io.percore.coordinator.report.chart.Chart.Reference;
import io.percore.coordinator.report.chart.Chart.Series;
import io.percore.coordinator.report.chart.Chart.Size;
import io.percore.coordinator.report.chart.Chart.Tick;
import io.percore.coordinator.report.chart.Chart.Vertex;
import io.percore.coordinator.report.chart.Scale;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.ProcessCost;
import io.percore.coordinator.stats.ProcessCost.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// When processes pay: the rate of processes that get their work in calls, over that of threads,
/// against the size of a call.
final class ProcessCostPanel {
  private ProcessCostPanel() {}

  /// The panel of the first strategy of processes that counts under protection, or of the first at
  /// all; nothing where no two sizes of calls were measured.
  static Optional<Panel> of(RunReport report) {
    List<ProcessCost> costs = ProcessCost.of(report.aside().called(), report.summary());
    return costs.stream()
        .filter(cost -> !counting(cost, report).equals(Strategy.PLAIN))
        .findFirst()
        .or(() -> costs.stream().findFirst())
        .filter(cost -> cost.pieces().size() > 1)
        .flatMap(cost -> chart(cost, report))
        .map(
            chart ->
                new Panel(
                    Place.HALF,
                    chart,
                    LinePanel.readOut(chart, "the sizes of calls", ProcessCostPanel::size)));
  }

  private static String counting(ProcessCost cost, RunReport report) {
    return report
        .summary()
        .point(cost.strategy(), cost.parallelism())
        .map(point -> point.point().program().discipline())
        .orElse("");
  }

  private static Optional<Chart> chart(ProcessCost cost, RunReport report) {
    List<Series> series = new ArrayList<>();
    for (Curve curve : Curve.all(report.summary())) {
      List<Datum> data = data(cost, curve.name());
      if (!data.isEmpty()) {
        series.add(new Series("over " + PlainText.printable(curve.name()), curve.style(), data));
      }
    }
    if (series.isEmpty()) {
      return Optional.empty();
    }
    double smallest = cost.pieces().getFirst().operations();
    double largest = cost.pieces().getLast().operations();
    Reference even =
        new Reference(List.of(new Vertex(smallest, 1), new Vertex(largest, 1)), "as fast");
    Axis ratios = Axes.values(ChartKind.SPEEDUP, Form.LOG, series, List.of(even), Size.SMALL);
    return Optional.of(
        new Chart(
            "process-cost",
            "When do processes pay?",
            caption(cost),
            description(cost),
            new Axis(
                "operations per call (log)", new Scale.Logarithmic(smallest, largest), ticks(cost)),
            new Axis("rate over that of threads (log)", ratios.scale(), ratios.ticks()),
            List.of(),
            List.of(even),
            series,
            Size.SMALL));
  }

  private static List<Datum> data(ProcessCost cost, String strategy) {
    List<Datum> data = new ArrayList<>();
    boolean connected = false;
    for (Piece piece : cost.pieces()) {
      Estimate ratio = piece.against().get(strategy);
      if (ratio != null) {
        data.add(
            new Datum(
                piece.operations(),
                ratio.value(),
                ratio.interval(),
                connected,
                Typography.of(Quantities.ratio(ratio))));
      }
      connected = ratio != null;
    }
    return data;
  }

  private static List<Tick> ticks(ProcessCost cost) {
    return cost.pieces().stream()
        .map(piece -> new Tick(piece.operations(), Quantities.count(piece.operations())))
        .toList();
  }

  private static String size(double operations) {
    return Quantities.plural((long) operations, "operation") + " per call";
  }

  private static String caption(ProcessCost cost) {
    return PlainText.printable(
        Typography.of(
            "%s at N = %d, handed its work in calls, over threads that find theirs. Bars: 95 %% CI."
                .formatted(cost.strategy(), cost.parallelism())));
  }

  private static String description(ProcessCost cost) {
    return PlainText.printable(Typography.of(String.join(" ", PageProcessCost.sentences(cost))));
  }
}

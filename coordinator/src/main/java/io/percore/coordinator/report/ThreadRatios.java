package io.percore.coordinator.report;

import io.percore.coordinator.report.Axes.Form;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Charts of what processes do over threads, against the size of the work, with a line for each
/// strategy of threads.
final class ThreadRatios {
  private ThreadRatios() {}

  /// What stands around such a chart.
  ///
  /// @param caption what is compared; what its bars mean is added to it
  /// @param axis title of the horizontal axis
  record Words(String id, String title, String caption, String description, String axis) {}

  /// Work of one size.
  ///
  /// @param value above 0
  /// @param against ratio to each strategy of threads, by name
  record Work(double value, String label, Map<String, Estimate> against) {}

  /// The chart; empty where there is nothing to compare, or one size alone.
  ///
  /// @param sizes ascending
  static Optional<Chart> chart(RunReport report, Words words, List<Work> sizes) {
    List<Series> series = new ArrayList<>();
    for (Curve curve : Curve.all(report.summary())) {
      List<Datum> data = data(sizes, curve.name());
      if (!data.isEmpty()) {
        series.add(new Series("over " + PlainText.printable(curve.name()), curve.style(), data));
      }
    }
    if (series.isEmpty() || sizes.size() < 2) {
      return Optional.empty();
    }
    double smallest = sizes.getFirst().value();
    double largest = sizes.getLast().value();
    Reference even =
        new Reference(List.of(new Vertex(smallest, 1), new Vertex(largest, 1)), "as fast");
    Axis ratios = Axes.values(ChartKind.SPEEDUP, Form.LOG, series, List.of(even), Size.SMALL);
    return Optional.of(
        new Chart(
            words.id(),
            words.title(),
            PlainText.printable(Typography.of(words.caption() + " " + bars(series, ratios))),
            PlainText.printable(Typography.of(words.description())),
            new Axis(words.axis(), new Scale.Logarithmic(smallest, largest), ticks(sizes)),
            new Axis("rate over that of threads (log)", ratios.scale(), ratios.ticks()),
            List.of(),
            List.of(even),
            series,
            Size.SMALL));
  }

  private static List<Datum> data(List<Work> sizes, String strategy) {
    List<Datum> data = new ArrayList<>();
    boolean connected = false;
    for (Work work : sizes) {
      Estimate ratio = work.against().get(strategy);
      if (ratio != null) {
        data.add(
            new Datum(
                work.value(),
                ratio.value(),
                ratio.interval(),
                connected,
                Typography.of(Quantities.ratio(ratio))));
      }
      connected = ratio != null;
    }
    return data;
  }

  private static String bars(List<Series> series, Axis ratios) {
    if (series.stream().flatMap(s -> s.data().stream()).allMatch(d -> d.interval() == null)) {
      return "No intervals: each needs two forks.";
    }
    return "Bars: 95 % CI." + (Axes.cutsOff(ratios, series) ? " " + Captions.CUT_OFF : "");
  }

  private static List<Tick> ticks(List<Work> sizes) {
    return sizes.stream().map(work -> new Tick(work.value(), Typography.of(work.label()))).toList();
  }
}

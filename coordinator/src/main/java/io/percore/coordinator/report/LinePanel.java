package io.percore.coordinator.report;

import io.percore.coordinator.report.Axes.Form;
import io.percore.coordinator.report.Panel.Place;
import io.percore.coordinator.report.Panel.View;
import io.percore.coordinator.report.chart.Chart;
import io.percore.coordinator.report.chart.Chart.Datum;
import io.percore.coordinator.report.chart.Chart.Size;
import io.percore.coordinator.report.chart.ReadOut;
import io.percore.coordinator.report.chart.ReadOut.Row;
import io.percore.coordinator.report.chart.ReadOut.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

/// Panels of the line charts against parallelism: wide, small, logarithmic and linear for the
/// throughput, and one chart for each of the others.
public final class LinePanel {
  private LinePanel() {}

  static Optional<Panel> of(Charts charts, ChartKind kind) {
    return charts
        .chart(kind)
        .map(
            chart ->
                kind == ChartKind.THROUGHPUT
                    ? new Panel(Place.WIDE, views(charts, kind), readOut(chart))
                    : of(chart));
  }

  /// A panel of the whole width on a desk, where none of half the width stands beside it.
  static Optional<Panel> wide(Charts charts, ChartKind kind) {
    List<View> views = new ArrayList<>();
    for (Size size : Panel.SIZES) {
      charts.chart(kind, Form.LOG, size).ifPresent(chart -> views.add(new View(null, size, chart)));
    }
    return charts.chart(kind).map(chart -> new Panel(Place.WIDE, views, readOut(chart)));
  }

  /// A panel of half the width, for one chart.
  public static Panel of(Chart chart) {
    return new Panel(Place.HALF, chart, readOut(chart));
  }

  private static List<View> views(Charts charts, ChartKind kind) {
    List<View> views = new ArrayList<>();
    for (Form form : Form.values()) {
      for (Size size : Panel.SIZES) {
        charts.chart(kind, form, size).ifPresent(chart -> views.add(new View(form, size, chart)));
      }
    }
    return views;
  }

  private static ReadOut readOut(Chart chart) {
    return readOut(chart, "N", x -> "N = " + (int) x);
  }

  /// At each x that was measured the readings of all series, the largest first.
  ///
  /// @param through what the arrow keys step through
  /// @param label of a stop at an x
  static ReadOut readOut(Chart chart, String through, DoubleFunction<String> label) {
    return new ReadOut(
        through,
        chart.series().stream().map(s -> new ReadOut.Key(s.name(), s.style())).toList(),
        chart.series().stream()
            .flatMap(s -> s.data().stream())
            .mapToDouble(Datum::x)
            .distinct()
            .sorted()
            .mapToObj(x -> stop(chart, x, label.apply(x)))
            .toList());
  }

  private static Stop stop(Chart chart, double x, String label) {
    record Reading(int series, Datum datum) {}
    List<Row> rows =
        IntStream.range(0, chart.series().size())
            .boxed()
            .flatMap(i -> chart.series().get(i).data().stream().map(d -> new Reading(i, d)))
            .filter(r -> r.datum().x() == x)
            .sorted((a, b) -> Double.compare(b.datum().y(), a.datum().y()))
            .map(r -> new Row(r.series(), r.datum().reading()))
            .toList();
    return new Stop(label, rows);
  }
}

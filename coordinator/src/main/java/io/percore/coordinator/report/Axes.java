package io.percore.coordinator.report;

import io.percore.coordinator.report.chart.Chart.Axis;
import io.percore.coordinator.report.chart.Chart.Datum;
import io.percore.coordinator.report.chart.Chart.Reference;
import io.percore.coordinator.report.chart.Chart.Series;
import io.percore.coordinator.report.chart.Chart.Size;
import io.percore.coordinator.report.chart.Chart.Tick;
import io.percore.coordinator.report.chart.Chart.Vertex;
import io.percore.coordinator.report.chart.Scale;
import io.percore.coordinator.stats.Interval;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Axes on which given curves can be read: of one chart, or of several that are to be compared.
public final class Axes {
  /// Whether equal distances are equal ratios or equal steps, on both axes.
  public enum Form {
    LOG,
    LINEAR
  }

  /// An interval that reaches further than this beyond all values is cut off at the frame: a wild
  /// interval from few forks must not flatten every curve.
  private static final double REACH = 4;

  /// The same on a linear axis, where height is dearer.
  private static final double LINEAR_REACH = 1.5;

  private static final double HEADROOM = 0.06;

  /// A logarithmic axis spans at least this: equal values must not look like great differences.
  private static final double LEAST_RATIO = 1.5;

  private Axes() {}

  /// The axis of parallelism, from 1 to the largest; its ticks are the sizes of the curves.
  ///
  /// @param largest parallelism, at least 1
  public static Axis parallelism(Form form, int largest, List<Series> series) {
    Scale scale =
        switch (form) {
          case LOG ->
              largest == 1 ? new Scale.Logarithmic(0.5, 2) : new Scale.Logarithmic(1, largest);
          case LINEAR -> largest == 1 ? new Scale.Linear(0, 2) : new Scale.Linear(1, largest);
        };
    Set<Integer> measured = new LinkedHashSet<>(List.of(1, largest));
    List<Integer> sizes =
        series.stream()
            .flatMap(s -> s.data().stream())
            .map(d -> (int) d.x())
            .distinct()
            .sorted()
            .toList();
    sizes.stream().filter(n -> Integer.bitCount(n) == 1).forEach(measured::add);
    measured.addAll(sizes);
    return new Axis(
        "parallelism N: threads that do the work" + (form == Form.LOG ? " (log)" : ""),
        scale,
        measured.stream()
            .filter(sizes::contains)
            .map(n -> new Tick(n, Integer.toString(n)))
            .toList());
  }

  /// The axis of the figures.
  ///
  /// @param form logarithmic only for those kinds that have such an axis
  /// @param series at least one
  /// @param references that are to lie within it
  public static Axis values(
      ChartKind kind, Form form, List<Series> series, List<Reference> references, Size size) {
    boolean logarithmic = logarithmic(kind, form);
    Scale scale = logarithmic ? logarithmic(series, references) : linear(kind, series);
    List<Tick> ticks =
        scale.ticks(size == Size.WIDE ? 8 : 6).stream()
            .map(value -> new Tick(value, kind.tick(value)))
            .toList();
    return new Axis(kind.axis() + (logarithmic ? " (log)" : ""), scale, ticks);
  }

  /// Whether the axis of the figures is logarithmic, so that only positive ones have a place on it.
  static boolean logarithmic(ChartKind kind, Form form) {
    return form == Form.LOG && kind.logarithmic();
  }

  /// Whether some interval does not end within the axis.
  public static boolean cutsOff(Axis axis, List<Series> series) {
    return intervals(series)
        .anyMatch(i -> i.low() < axis.scale().min() || i.high() > axis.scale().max());
  }

  private static Scale logarithmic(List<Series> series, List<Reference> references) {
    List<Double> values = values(series);
    double low = values.stream().min(Comparator.naturalOrder()).orElse(1.0);
    double high = values.stream().max(Comparator.naturalOrder()).orElse(1.0);
    List<Double> ends =
        intervals(series)
            .flatMap(
                i -> Stream.of(Math.max(i.low(), low / REACH), Math.min(i.high(), high * REACH)))
            .toList();
    List<Double> lines =
        references.stream().flatMap(r -> r.vertices().stream()).map(Vertex::y).toList();
    double[] all =
        Stream.of(values, ends, lines).flatMap(List::stream).mapToDouble(v -> v).sorted().toArray();
    double centre = Math.sqrt(all[0] * all[all.length - 1]);
    double reach = Math.sqrt(Math.max(all[all.length - 1] / all[0], LEAST_RATIO));
    double room = Math.pow(reach, 1 + 2 * HEADROOM);
    return new Scale.Logarithmic(centre / room, centre * room);
  }

  private static Scale linear(ChartKind kind, List<Series> series) {
    double high = values(series).stream().max(Comparator.naturalOrder()).orElse(1.0);
    double low = Math.min(0, values(series).stream().min(Comparator.naturalOrder()).orElse(0.0));
    double reach =
        intervals(series)
            .mapToDouble(Interval::high)
            .map(h -> Math.min(h, high * LINEAR_REACH))
            .max()
            .orElse(high);
    double top = Math.max(Math.max(high, reach), kind.leastRange().max());
    return new Scale.Linear(low, low + (top - low) * (1 + HEADROOM));
  }

  private static List<Double> values(List<Series> series) {
    return series.stream().flatMap(s -> s.data().stream()).map(Datum::y).toList();
  }

  private static Stream<Interval> intervals(List<Series> series) {
    return series.stream()
        .flatMap(s -> s.data().stream())
        .flatMap(d -> Stream.ofNullable(d.interval()));
  }
}

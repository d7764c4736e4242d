package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.report.chart.Chart;
import io.percore.coordinator.report.chart.Chart.Axis;
import io.percore.coordinator.report.chart.Chart.Datum;
import io.percore.coordinator.report.chart.Chart.Reference;
import io.percore.coordinator.report.chart.Chart.Series;
import io.percore.coordinator.report.chart.Chart.Size;
import io.percore.coordinator.report.chart.Chart.Tick;
import io.percore.coordinator.report.chart.Chart.Trend;
import io.percore.coordinator.report.chart.Chart.Vertex;
import io.percore.coordinator.report.chart.Chart.Zone;
import io.percore.coordinator.report.chart.Scale;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.PointSummary;
import io.percore.coordinator.stats.law.StrategyLaws;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes the charts of a run, each only when what it shows was measured.
final class Charts {
  /// Whether equal distances are equal ratios or equal steps, on both axes.
  enum Form {
    LOG,
    LINEAR
  }

  /// An interval that reaches further than this beyond all values is cut off at the frame: a wild
  /// interval from few forks must not flatten every curve.
  private static final double REACH = 4;

  private static final double HEADROOM = 0.06;

  /// A ceiling above this share of the ideal would be drawn over it.
  private static final double CLOSE_TO_IDEAL = 0.97;

  /// A logarithmic axis spans at least this: equal values must not look like great differences.
  private static final double LEAST_RATIO = 1.5;

  private final RunReport report;
  private final List<Curve> curves;
  private final int processors;
  private final int largest;
  private final List<StrategyLaws> laws;

  Charts(RunReport report) {
    this.report = report;
    this.curves = Curve.all(report.summary());
    this.laws = LawSummary.laws(report);
    this.processors = report.environment().hardwareThreads();
    this.largest =
        report.summary().points().stream().mapToInt(PointSummary::parallelism).max().orElse(1);
  }

  /// The chart as it is shown unless something else is asked for.
  Optional<Chart> chart(ChartKind kind) {
    return chart(kind, Form.LOG, kind == ChartKind.THROUGHPUT ? Size.WIDE : Size.SMALL);
  }

  /// A chart, or nothing when its data was not measured.
  ///
  /// @param form of the x axis, and of the y axis of those kinds that have a logarithmic one
  Optional<Chart> chart(ChartKind kind, Form form, Size size) {
    boolean logarithmicY = form == Form.LOG && kind.logarithmic();
    List<Series> series =
        curves.stream()
            .filter(kind::shows)
            .flatMap(curve -> series(kind, curve, logarithmicY).stream())
            .toList();
    if (series.isEmpty()) {
      return Optional.empty();
    }
    List<Reference> references = references(kind);
    Scale y = logarithmicY ? logarithmic(series, references) : linear(kind, series);
    String id = (kind.id() + "-" + form + "-" + size).toLowerCase(Locale.ROOT);
    return Optional.of(
        new Chart(
            id,
            kind.title(),
            Captions.of(kind, report, series),
            Captions.description(kind, series),
            xAxis(form, series),
            new Axis(kind.axis() + (logarithmicY ? " (log)" : ""), y, yTicks(kind, y, size)),
            zones(),
            references,
            series,
            size));
  }

  private Optional<Series> series(ChartKind kind, Curve curve, boolean positiveOnly) {
    List<Datum> data = new ArrayList<>();
    boolean connected = false;
    for (PointSummary point : curve.points()) {
      Estimate figure = kind.of(point);
      boolean shown = figure != null && (!positiveOnly || figure.value() > 0);
      if (figure != null && shown) {
        data.add(
            new Datum(
                point.parallelism(),
                figure.value(),
                figure.interval(),
                connected,
                Captions.reading(kind, figure, point)));
      }
      connected = shown;
    }
    return data.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Series(PlainText.printable(curve.name()), curve.style(), data, trend(kind, curve)));
  }

  private @Nullable Trend trend(ChartKind kind, Curve curve) {
    return kind == ChartKind.THROUGHPUT
        ? Trends.of(laws, curve.name(), largest).orElse(null)
        : null;
  }

  /// What would be reached if nothing cost anything: processors that do not exist add nothing.
  private List<Reference> references(ChartKind kind) {
    if (largest == 1) {
      return List.of();
    }
    return switch (kind) {
      case THROUGHPUT ->
          Curve.sequentialRate(report.summary()).stream()
              .flatMap(rate -> Stream.concat(Stream.of(ideal(rate)), ceiling(rate).stream()))
              .toList();
      case SPEEDUP ->
          Stream.of(Stream.of(ideal(1)), ceiling(1).stream(), Stream.of(level("sequential")))
              .flatMap(line -> line)
              .toList();
      case EFFICIENCY -> List.of(level("ideal"));
      case TIME_PER_OPERATION, LOST_UPDATES -> List.of();
    };
  }

  private Reference ideal(double one) {
    int reached = Math.min(processors, largest);
    List<Vertex> line = new ArrayList<>(List.of(new Vertex(1, one)));
    Stream.of(reached, largest)
        .filter(n -> n > 1)
        .distinct()
        .forEach(n -> line.add(new Vertex(n, reached * one)));
    return new Reference(line, "ideal");
  }

  /// What as many canaries reach, where that can be told from the ideal.
  private Optional<Reference> ceiling(double one) {
    NavigableMap<Integer, Double> speedups = PageDisturbance.ceiling(report).speedups();
    boolean told =
        speedups.entrySet().stream().anyMatch(e -> e.getValue() < CLOSE_TO_IDEAL * e.getKey());
    return told
        ? Optional.of(
            new Reference(
                speedups.entrySet().stream()
                    .map(e -> new Vertex(e.getKey(), e.getValue() * one))
                    .toList(),
                "canaries"))
        : Optional.empty();
  }

  private Reference level(String label) {
    return new Reference(List.of(new Vertex(1, 1), new Vertex(largest, 1)), label);
  }

  private Axis xAxis(Form form, List<Series> series) {
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

  private static List<Tick> yTicks(ChartKind kind, Scale scale, Size size) {
    return scale.ticks(size == Size.WIDE ? 8 : 6).stream()
        .map(value -> new Tick(value, kind.tick(value)))
        .toList();
  }

  private List<Zone> zones() {
    Environment environment = report.environment();
    int cores = environment.physicalCores();
    List<Zone> zones = new ArrayList<>();
    if (processors > cores && largest > cores) {
      zones.add(
          new Zone(
              cores, Math.min(processors, largest), List.of("SMT siblings", "siblings", "SMT")));
    }
    if (largest > processors) {
      zones.add(
          new Zone(
              processors,
              largest,
              List.of("more threads than processors", "oversubscribed", "oversub.", "over")));
    }
    return zones;
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
            .map(h -> Math.min(h, high * REACH))
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

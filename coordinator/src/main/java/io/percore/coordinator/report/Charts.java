package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.report.Axes.Form;
import io.percore.coordinator.report.chart.Chart;
import io.percore.coordinator.report.chart.Chart.Reference;
import io.percore.coordinator.report.chart.Chart.Series;
import io.percore.coordinator.report.chart.Chart.Size;
import io.percore.coordinator.report.chart.Chart.Trend;
import io.percore.coordinator.report.chart.Chart.Vertex;
import io.percore.coordinator.report.chart.Chart.Zone;
import io.percore.coordinator.stats.PointSummary;
import io.percore.coordinator.stats.law.StrategyLaws;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes the charts of a run, each only when what it shows was measured.
public final class Charts {
  /// A ceiling above this share of the ideal would be drawn over it.
  private static final double CLOSE_TO_IDEAL = 0.97;

  private final RunReport report;
  private final List<Curve> curves;
  private final int processors;
  private final int largest;
  private final List<StrategyLaws> laws;

  /// Charts of a run.
  public Charts(RunReport report) {
    this(report, Curve.all(report.summary()));
  }

  /// Charts of a run whose curves have another look than in its own page.
  public Charts(RunReport report, List<Curve> curves) {
    this.report = report;
    this.curves = List.copyOf(curves);
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
  public Optional<Chart> chart(ChartKind kind, Form form, Size size) {
    List<Series> series =
        curves.stream()
            .filter(kind::shows)
            .flatMap(
                curve ->
                    kind
                        .series(curve, curve.name(), curve.style(), trend(kind, curve), form)
                        .stream())
            .toList();
    if (series.isEmpty()) {
      return Optional.empty();
    }
    List<Reference> references = references(kind);
    String id = (kind.id() + "-" + form + "-" + size).toLowerCase(Locale.ROOT);
    return Optional.of(
        new Chart(
            id,
            kind.title(),
            Captions.of(kind, report, series, cutOff(kind, form, series, references, size)),
            Captions.description(kind, series),
            Axes.parallelism(form, largest, series),
            Axes.values(kind, form, series, references, size),
            zones(report.environment(), largest),
            references,
            series,
            size));
  }

  /// Whether an interval is cut off in any form that the page shows: one caption serves all.
  private static boolean cutOff(
      ChartKind kind, Form form, List<Series> series, List<Reference> references, Size size) {
    return (kind == ChartKind.THROUGHPUT ? Stream.of(Form.values()) : Stream.of(form))
        .map(shown -> Axes.values(kind, shown, series, references, size))
        .anyMatch(axis -> Axes.cutsOff(axis, series));
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
    NavigableMap<Integer, Double> speedups = report.summary().ceiling().speedups();
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

  /// Where threads share a core, or a processor.
  ///
  /// @param largest parallelism of the chart
  public static List<Zone> zones(Environment environment, int largest) {
    int processors = environment.hardwareThreads();
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
}

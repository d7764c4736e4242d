package io.percore.coordinator.report.several;

import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.report.Axes;
import io.percore.coordinator.report.Axes.Form;
import io.percore.coordinator.report.Captions;
import io.percore.coordinator.report.ChartKind;
import io.percore.coordinator.report.Charts;
import io.percore.coordinator.report.Curve;
import io.percore.coordinator.report.PlainText;
import io.percore.coordinator.report.chart.Chart;
import io.percore.coordinator.report.chart.Chart.Axis;
import io.percore.coordinator.report.chart.Chart.Reference;
import io.percore.coordinator.report.chart.Chart.Series;
import io.percore.coordinator.report.chart.Chart.Size;
import io.percore.coordinator.report.chart.Chart.Vertex;
import io.percore.coordinator.report.chart.Chart.Zone;
import io.percore.coordinator.report.chart.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Charts of one kind, all on the same axes, so that they can be compared by eye.
///
/// @param kind what they show
/// @param by what each of them is about
/// @param panels at least one
record Multiples(ChartKind kind, By by, List<Multiple> panels) {
  /// The kinds that are shown of several runs.
  static final List<ChartKind> KINDS =
      List.of(ChartKind.THROUGHPUT, ChartKind.SPEEDUP, ChartKind.EFFICIENCY);

  Multiples {
    panels = List.copyOf(panels);
  }

  /// What one chart is about, and what its lines are.
  enum By {
    /// One strategy; a line for each run.
    STRATEGY,
    /// One run; a line for each strategy.
    RUN
  }

  /// One chart.
  ///
  /// @param name of the strategy or the run; not escaped
  /// @param chart what is shown of it
  record Multiple(String name, Chart chart) {}

  /// Those of every kind, first by strategy and then by run.
  static List<Multiples> all(SideBySide runs) {
    return Stream.of(By.values())
        .flatMap(by -> KINDS.stream().flatMap(kind -> of(kind, by, runs).stream()))
        .toList();
  }

  /// Those of a kind; nothing where no run has its data.
  static Optional<Multiples> of(ChartKind kind, By by, SideBySide runs) {
    List<Multiple> apart =
        switch (by) {
          case STRATEGY -> byStrategy(kind, runs);
          case RUN -> byRun(kind, runs);
        };
    if (apart.isEmpty()) {
      return Optional.empty();
    }
    List<Series> series = apart.stream().flatMap(m -> m.chart().series().stream()).toList();
    List<Reference> references =
        apart.stream().flatMap(m -> m.chart().references().stream()).toList();
    Axis x = Axes.parallelism(Form.LOG, largest(runs), series);
    Axis y = Axes.values(kind, Form.LOG, series, references, Size.COMPACT);
    List<Multiple> panels = new ArrayList<>();
    for (Multiple multiple : apart) {
      String id = id(kind, by, panels.size() + 1);
      String title = kind.title() + ": " + PlainText.printable(multiple.name());
      panels.add(new Multiple(multiple.name(), multiple.chart().shared(id, title, x, y)));
    }
    return Optional.of(new Multiples(kind, by, panels));
  }

  private static String id(ChartKind kind, By by, int number) {
    return switch (by) {
      case STRATEGY -> kind.id() + "-strategy-" + number;
      case RUN -> kind.id() + "-run-" + number;
    };
  }

  private static int largest(SideBySide runs) {
    return runs.runs().stream().mapToInt(NamedRun::largest).max().orElse(1);
  }

  /// The curves of a run with the look that each strategy has in all of them.
  private static List<Curve> curves(NamedRun run, List<String> strategies) {
    return Curve.all(run.report().summary()).stream()
        .map(curve -> curve.with(new Style(strategies.indexOf(curve.name()))))
        .toList();
  }

  private static List<Multiple> byRun(ChartKind kind, SideBySide runs) {
    List<String> strategies = runs.strategies();
    return runs.runs().stream()
        .flatMap(
            run ->
                new Charts(run.report(), curves(run, strategies))
                    .chart(kind, Form.LOG, Size.COMPACT).stream()
                        .map(chart -> new Multiple(run.name(), chart)))
        .toList();
  }

  private static List<Multiple> byStrategy(ChartKind kind, SideBySide runs) {
    List<List<Curve>> curves =
        runs.runs().stream().map(run -> Curve.all(run.report().summary())).toList();
    List<Multiple> multiples = new ArrayList<>();
    for (String strategy : runs.strategies()) {
      List<Series> series = new ArrayList<>();
      for (int i = 0; i < curves.size(); i++) {
        String name = runs.runs().get(i).name();
        Style style = new Style(i);
        curves.get(i).stream()
            .filter(curve -> curve.name().equals(strategy))
            .filter(curve -> kind.shows(curve) && !curve.isSequentialBase())
            .flatMap(curve -> kind.series(curve, name, style, null, Form.LOG).stream())
            .forEach(series::add);
      }
      if (!series.isEmpty()) {
        multiples.add(new Multiple(strategy, chart(kind, strategy, series, runs)));
      }
    }
    return multiples;
  }

  private static Chart chart(
      ChartKind kind, String strategy, List<Series> series, SideBySide runs) {
    int largest = largest(runs);
    List<Reference> references = references(kind, runs, largest);
    return new Chart(
        kind.id(),
        kind.title(),
        caption(kind, By.STRATEGY),
        PlainText.printable(strategy) + ". " + Captions.description(kind, series),
        Axes.parallelism(Form.LOG, largest, series),
        Axes.values(kind, Form.LOG, series, references, Size.COMPACT),
        zones(runs, largest),
        references,
        series,
        Size.COMPACT);
  }

  /// What the marks of the charts mean.
  String caption() {
    return caption(kind, by)
        + (panels.stream().anyMatch(m -> Axes.cutsOff(m.chart().y(), m.chart().series()))
            ? " " + Captions.CUT_OFF
            : "");
  }

  private static String caption(ChartKind kind, By by) {
    String lines =
        switch (by) {
          case STRATEGY -> "A line for each run.";
          case RUN -> "A line for each strategy.";
        };
    String points =
        switch (kind) {
          case THROUGHPUT, TIME_PER_OPERATION ->
              " Points: median over forks; bars and bands: 95 % interval of the mean.";
          case SPEEDUP, EFFICIENCY ->
              " Points: mean ratio within the run, paired by block; bars and bands: 95 % interval.";
          case LOST_UPDATES -> " Points: all forks together.";
        };
    String base =
        switch (kind) {
          case SPEEDUP -> " Over the sequential base of the same run.";
          case EFFICIENCY -> " Over the strategy's own N = 1 in the same run.";
          case THROUGHPUT, TIME_PER_OPERATION, LOST_UPDATES -> "";
        };
    return lines + points + base + " The axes are the same in all of these charts.";
  }

  /// An ideal that no run can pass: with the processors of the machine that has most.
  private static List<Reference> references(ChartKind kind, SideBySide runs, int largest) {
    if (largest == 1) {
      return List.of();
    }
    return switch (kind) {
      case SPEEDUP -> List.of(ideal(runs, largest));
      case EFFICIENCY ->
          List.of(new Reference(List.of(new Vertex(1, 1), new Vertex(largest, 1)), "ideal"));
      case THROUGHPUT, TIME_PER_OPERATION, LOST_UPDATES -> List.of();
    };
  }

  private static Reference ideal(SideBySide runs, int largest) {
    int processors =
        runs.runs().stream()
            .mapToInt(run -> run.report().environment().hardwareThreads())
            .max()
            .orElse(1);
    int reached = Math.min(processors, largest);
    return new Reference(
        Stream.of(1, reached, largest)
            .distinct()
            .map(n -> new Vertex(n, Math.min(n, reached)))
            .toList(),
        "ideal");
  }

  /// Where threads share a core or a processor, where that is the same everywhere.
  private static List<Zone> zones(SideBySide runs, int largest) {
    List<Environment> machines =
        runs.runs().stream().map(run -> run.report().environment()).toList();
    boolean alike =
        machines.stream().map(Environment::hardwareThreads).distinct().count() == 1
            && machines.stream().map(Environment::physicalCores).distinct().count() == 1;
    return alike ? Charts.zones(machines.getFirst(), largest) : List.of();
  }
}

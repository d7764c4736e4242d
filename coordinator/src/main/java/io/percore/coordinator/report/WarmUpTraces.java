package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.SteadyState;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.report.Panel.Place;
import io.percore.coordinator.report.Panel.View;
import io.percore.coordinator.report.chart.Chart.Size;
import io.percore.coordinator.report.chart.ReadOut;
import io.percore.coordinator.report.chart.ReadOut.Row;
import io.percore.coordinator.report.chart.ReadOut.Stop;
import io.percore.coordinator.report.chart.Traces;
import io.percore.coordinator.report.chart.Traces.Trace;
import io.percore.coordinator.stats.PointSummary;
import io.percore.coordinator.stats.steady.RateSeries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// How the rate of a trial went over time, warm-up included: of each point the first trial that ran
/// to its end, whatever it looks like. Which trial is shown must not depend on how steady it was.
///
/// Of a run with more than [#MOST_SIZES] sizes the least, the number of processors or the largest
/// below it, and the largest are shown, and no more than [#MOST_TRACES] traces of any run.
final class WarmUpTraces {
  static final int MOST_SIZES = 3;
  static final int MOST_TRACES = 48;

  private final RunReport report;
  private final Set<Integer> sizes;
  private final int allSizes;

  private WarmUpTraces(RunReport report) {
    this.report = report;
    List<Integer> all =
        report.summary().points().stream()
            .map(PointSummary::parallelism)
            .distinct()
            .sorted()
            .toList();
    this.allSizes = all.size();
    int processors = report.environment().hardwareThreads();
    this.sizes =
        all.size() <= MOST_SIZES
            ? new LinkedHashSet<>(all)
            : new LinkedHashSet<>(
                List.of(
                    all.getFirst(),
                    all.stream().filter(n -> n <= processors).reduce(all.getFirst(), Math::max),
                    all.getLast()));
  }

  /// Nothing when no trial kept its rate over time.
  static Optional<Panel> panel(RunReport report) {
    WarmUpTraces traces = new WarmUpTraces(report);
    List<WarmUpTrace> shown = traces.traces();
    return shown.isEmpty() ? Optional.empty() : Optional.of(traces.panel(shown));
  }

  private List<WarmUpTrace> traces() {
    Map<Program, Measurement> first = firstCompleted();
    Map<Program, Curve> curves = new LinkedHashMap<>();
    Map<Program, PointSummary> points = new HashMap<>();
    for (Curve curve : Curve.all(report.summary())) {
      for (PointSummary point : curve.points()) {
        if (sizes.contains(point.parallelism())) {
          curves.putIfAbsent(point.point().program(), curve);
          points.putIfAbsent(point.point().program(), point);
        }
      }
    }
    // To look for changes in a trace of a run from before they were recorded takes longer than all
    // else in a page.
    List<Supplier<WarmUpTrace>> traces = new ArrayList<>();
    curves.forEach(
        (program, curve) -> {
          Measurement measurement = first.get(program);
          PointSummary point = points.get(program);
          if (measurement != null && point != null && traces.size() < MOST_TRACES) {
            RateSeries series = RateSeries.of(measurement);
            if (series.operations().length > 0) {
              traces.add(() -> new WarmUpTrace(curve, point, measurement, series));
            }
          }
        });
    return traces.parallelStream().map(Supplier::get).toList();
  }

  /// By the journal's order; later attempts at the same trial come later.
  private Map<Program, Measurement> firstCompleted() {
    Map<Program, Measurement> first = new HashMap<>();
    report.trials().stream()
        .sorted(Comparator.comparingInt(TrialRecord::sequence))
        .forEach(
            record -> {
              if (record.outcome() instanceof Completed completed) {
                first.putIfAbsent(record.trial().program(), completed.measurement());
              }
            });
    return first;
  }

  private Panel panel(List<WarmUpTrace> shown) {
    List<Trace> traces = shown.stream().map(WarmUpTrace::trace).toList();
    List<View> views = new ArrayList<>();
    for (Size size : Panel.SIZES) {
      views.add(
          new View(
              null,
              size,
              new Traces(
                  (PanelKind.WARM_UP.id() + "-" + size).toLowerCase(Locale.ROOT),
                  "Warm-up traces",
                  caption(shown),
                  description(shown),
                  traces,
                  size)));
    }
    List<ReadOut.Key> keys = shown.stream().map(WarmUpTraces::key).distinct().toList();
    List<Stop> stops = shown.stream().map(trace -> stop(trace, keys.indexOf(key(trace)))).toList();
    return new Panel(Place.COLLAPSED, views, new ReadOut("the traces", keys, stops));
  }

  private static ReadOut.Key key(WarmUpTrace trace) {
    return new ReadOut.Key(PlainText.printable(trace.curve().name()), trace.curve().style());
  }

  private Stop stop(WarmUpTrace trace, int key) {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row(key, trace.state() + ", " + trace.rate() + " in the window"));
    rows.add(new Row(-1, trace.changes()));
    rows.add(new Row(-1, trace.forks()));
    List<String> others =
        report.summary().points().stream()
            .filter(p -> p.point().program().equals(trace.point().point().program()))
            .map(PointSummary::strategy)
            .filter(name -> !name.equals(trace.curve().name()))
            .map(PlainText::printable)
            .toList();
    if (!others.isEmpty()) {
      rows.add(new Row(-1, "the same program: " + String.join(", ", others)));
    }
    return new Stop("N = " + trace.point().parallelism(), rows);
  }

  private String caption(List<WarmUpTrace> shown) {
    boolean changed = shown.stream().anyMatch(WarmUpTrace::changed);
    boolean shared =
        report.summary().points().stream()
            .filter(p -> sizes.contains(p.parallelism()))
            .collect(Collectors.groupingBy(p -> p.point().program(), Collectors.counting()))
            .values()
            .stream()
            .anyMatch(count -> count > 1);
    boolean classified =
        shown.stream().anyMatch(t -> t.steadyState() != SteadyState.NOT_CLASSIFIED);
    return Typography.of(
        "Rate over time of the first trial of each point that ran to its end"
            + (sizes.size() < allSizes ? ", at N = " + sizesInWords() : "")
            + ", from zero to its largest. Line: mean; around it the range of its slices. "
            + shaded(shown)
            + " Then the window, "
            + span(shown, false)
            + "; the wait before it is left out."
            + (changed ? " Upright lines: its rate changes." : "")
            + (shared ? " What is one program in several strategies is shown once." : "")
            + (classified ? "" : " Too short to be classified."));
  }

  private static String shaded(List<WarmUpTrace> shown) {
    boolean several =
        shown.stream().anyMatch(t -> t.point().point().program().layout().processes() > 1);
    double least = shown.stream().mapToDouble(t -> t.nanos(true)).min().orElseThrow();
    return "Shaded: warm-up, "
        + (least > 0 ? "" : "up to ")
        + span(shown, true)
        + (several ? ", of several processes while all were in it." : ".");
  }

  private String sizesInWords() {
    List<String> words = sizes.stream().map(n -> Integer.toString(n)).toList();
    return words.size() == 1
        ? words.getFirst()
        : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
  }

  private static String span(List<WarmUpTrace> shown, boolean warmUp) {
    List<String> ends =
        List.of(
                shown.stream().mapToDouble(t -> t.nanos(warmUp)).min().orElseThrow(),
                shown.stream().mapToDouble(t -> t.nanos(warmUp)).max().orElseThrow())
            .stream()
            .filter(nanos -> nanos > 0)
            .map(Quantities::nanos)
            .distinct()
            .toList();
    return String.join(" to ", ends);
  }

  private static String description(List<WarmUpTrace> shown) {
    List<String> words = shown.stream().map(WarmUpTrace::classInWords).toList();
    return "Warm-up traces. " + String.join("; ", words) + ".";
  }
}

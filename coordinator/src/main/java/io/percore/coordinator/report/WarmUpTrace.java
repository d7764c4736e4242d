package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.SteadyState;
import io.percore.coordinator.report.chart.Traces.Step;
import io.percore.coordinator.report.chart.Traces.Trace;
import io.percore.coordinator.stats.PointSummary;
import io.percore.coordinator.stats.steady.RateSeries;
import io.percore.coordinator.stats.steady.Steadiness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The rate of one trial over time, and what is said of it.
final class WarmUpTrace {
  /// A trace is drawn in so many steps.
  static final int STEPS = 60;

  private static final int MOST_CHANGES = 6;

  private final Curve curve;
  private final PointSummary point;
  private final Measurement measurement;
  private final RateSeries series;
  private final double[] rates;
  private final SteadyState state;
  private final List<Integer> changepoints;

  /// @param series not empty
  WarmUpTrace(Curve curve, PointSummary point, Measurement measurement, RateSeries series) {
    this.curve = curve;
    this.point = point;
    this.measurement = measurement;
    this.series = series;
    this.rates = series.operations();
    SteadyState told = measurement.steadyState();
    List<Integer> found = measurement.changepoints();
    if (told != null && found != null) {
      this.state = told;
      this.changepoints = found;
    } else {
      Steadiness steadiness = Steadiness.of(rates);
      this.state = steadiness.state();
      this.changepoints = steadiness.changepoints();
    }
  }

  /// The first strategy that it belongs to.
  Curve curve() {
    return curve;
  }

  PointSummary point() {
    return point;
  }

  /// The class that goes with the changepoints drawn.
  SteadyState steadyState() {
    return state;
  }

  boolean changed() {
    return !changepoints.isEmpty();
  }

  /// How long its warm-up, or its window, is.
  double nanos(boolean warmUp) {
    int slices = warmUp ? series.warmUpSlices() : rates.length - series.warmUpSlices();
    return (double) slices * series.sliceNanos();
  }

  String state() {
    return steadyState().title();
  }

  String rate() {
    return Typography.of(Quantities.rate(measurement.operationsPerSecond()));
  }

  /// When its rate changes.
  String changes() {
    List<Integer> at = changepoints;
    if (steadyState() == SteadyState.NOT_CLASSIFIED) {
      return "fewer than " + Steadiness.LEAST + " slices: no changes looked for";
    }
    if (at.isEmpty()) {
      return "no change of its rate found";
    }
    String more = at.size() > MOST_CHANGES ? ", and " + (at.size() - MOST_CHANGES) + " more" : "";
    return Typography.of(
        at.stream()
            .limit(MOST_CHANGES)
            .map(this::time)
            .collect(Collectors.joining(", ", "rate changes at ", more)));
  }

  private String time(int slice) {
    int warmUp = series.warmUpSlices();
    return slice < warmUp
        ? Quantities.nanos((double) slice * series.sliceNanos()) + " of the warm-up"
        : Quantities.nanos((double) (slice - warmUp) * series.sliceNanos()) + " of the window";
  }

  /// Classes of all forks of its point.
  String forks() {
    if (point.forks() == 0) {
      return "no fork of this point counts";
    }
    return Arrays.stream(SteadyState.values())
        .filter(state -> point.forksOf(state) > 0)
        .map(state -> point.forksOf(state) + " " + state.title())
        .collect(Collectors.joining(", ", Quantities.plural(point.forks(), "fork") + ": ", ""));
  }

  String classInWords() {
    return name() + ": " + state();
  }

  private String reading() {
    return name() + ": " + state() + ", " + rate() + " in the window; " + changes();
  }

  Trace trace() {
    double length = rates.length;
    return new Trace(
        name(),
        curve.style(),
        note(),
        reading(),
        steps(),
        series.warmUpSlices() / length,
        changepoints.stream().map(at -> at / length).toList());
  }

  private String name() {
    return PlainText.printable(curve.name()) + ", N = " + point.parallelism();
  }

  /// Its class, and how many forks of its point share it where not all do.
  private String note() {
    int alike = point.forksOf(steadyState());
    return alike == point.forks() || alike == 0
        ? state()
        : state() + " (" + alike + " of " + point.forks() + " forks)";
  }

  private List<Step> steps() {
    int count = Math.min(STEPS, rates.length);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) i * rates.length / count);
      int to = (int) ((long) (i + 1) * rates.length / count);
      double low = Arrays.stream(rates, from, to).min().orElse(0);
      double high = Arrays.stream(rates, from, to).max().orElse(0);
      double mean = Arrays.stream(rates, from, to).average().orElse(0);
      steps.add(new Step(low, mean, high));
    }
    return steps;
  }
}

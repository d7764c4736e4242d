package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.PointSummary;
import io.percore.coordinator.stats.ScalingSummary.Comparison;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/// What is true of a run, looked up in its summary and its trials by other code than that of the
/// sentences.
@NullUnmarked // A figure that is asked for and unknown breaks the reading, as it should.
record Facts(RunReport report) {
  List<PointSummary> points() {
    return report.summary().points();
  }

  List<PointSummary> measured() {
    return points().stream().filter(point -> point.forks() > 0).toList();
  }

  List<String> names() {
    return points().stream().map(PointSummary::strategy).distinct().toList();
  }

  int processors() {
    return report.environment().hardwareThreads();
  }

  PointSummary point(String name, int n) {
    return points().stream()
        .filter(point -> PlainText.printable(point.strategy()).equals(PlainText.printable(name)))
        .filter(point -> point.parallelism() == n)
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no " + name + " at N = " + n));
  }

  List<PointSummary> curve(String name) {
    return points().stream().filter(point -> point.strategy().equals(name)).toList();
  }

  Comparison comparison(String name, String reference, int n) {
    return Stream.concat(
            report.summary().comparisons().stream(), report.summary().contrasts().stream())
        .filter(c -> c.strategy().equals(name) && c.reference().equals(reference))
        .filter(c -> c.parallelism() == n)
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " and " + reference + " are not compared"));
  }

  double median(String name, int n) {
    Double median = point(name, n).throughputMedian();
    assertThat(median).as("median of %s at N = %d", name, n).isNotNull();
    return median;
  }

  /// How many programs have points of which this holds.
  long programs(Predicate<PointSummary> which) {
    Set<Program> seen = new HashSet<>();
    return points().stream().filter(which).filter(p -> seen.add(p.point().program())).count();
  }

  long trials(Predicate<TrialOutcome> which) {
    return report.trials().stream().map(TrialRecord::outcome).filter(which).count();
  }

  long disturbed() {
    return trials(o -> o instanceof Completed c && !c.disturbance().isEmpty());
  }

  static boolean exact(PointSummary point) {
    Long lost = point.lostUpdates();
    Long net = point.netError();
    return (lost == null || lost == 0)
        && (net == null || net == 0)
        && point.prematureFrees() + point.doubleFrees() + point.usesAfterFree() + point.leaks()
            == 0;
  }

  /// `a does 1.97x [1.95, 1.99] the work of b` in figures.
  static void ratio(String ratio, String ends, @Nullable Estimate truth) {
    assertThat(truth).as("ratio %s", ratio).isNotNull();
    Shown.is(ratio, truth.value());
    assertThat(ends.isEmpty())
        .as("'%s' has its interval, or says that there is none", ratio)
        .isFalse();
    Shown.ends(ends, truth.interval());
  }

  /// What the printed interval shows, and the medians do not gainsay.
  static void more(Estimate ratio, String ends, double median, double reference) {
    assertThat(Shown.low(ends)).as("shown lower end").isGreaterThan(1);
    assertThat(interval(ratio).low()).isGreaterThan(1);
    assertThat(median).as("median").isGreaterThanOrEqualTo(reference * (1 - 0.0051));
  }

  static void less(Estimate ratio, String ends, double median, double reference) {
    assertThat(Shown.high(ends)).as("shown upper end").isLessThan(1);
    assertThat(interval(ratio).high()).isLessThan(1);
    assertThat(median).as("median").isLessThanOrEqualTo(reference * (1 + 0.0051));
  }

  /// "Indistinguishable at ±x %": the interval lies within, and has 1 inside as far as is shown.
  static void same(Estimate ratio, String reach) {
    Interval interval = interval(ratio);
    double share = Shown.value(reach);
    assertThat(interval.low()).isLessThanOrEqualTo(1.005).isGreaterThanOrEqualTo(1 - share - 1e-12);
    assertThat(interval.high())
        .isGreaterThanOrEqualTo(0.9995 - 1e-12)
        .isLessThanOrEqualTo(1 + share + 1e-12);
    double least = Math.max(interval.high() - 1, 1 - interval.low());
    assertThat(share).as("no wider than it is").isLessThanOrEqualTo(1.1 * least + 1e-9);
  }

  /// Interval and medians point in opposite directions.
  static void opposite(Estimate ratio, double median, double reference) {
    Interval interval = interval(ratio);
    if (interval.low() > 1) {
      assertThat(median).isLessThan(reference);
    } else {
      assertThat(interval.high()).isLessThan(1);
      assertThat(median).isGreaterThan(reference);
    }
  }

  private static Interval interval(Estimate ratio) {
    assertThat(ratio.interval()).isNotNull();
    return ratio.interval();
  }
}

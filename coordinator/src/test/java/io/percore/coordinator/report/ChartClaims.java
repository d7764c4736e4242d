package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.report.Grammar.Claim;
import io.percore.coordinator.report.chart.Chart;
import io.percore.coordinator.report.chart.Chart.Datum;
import io.percore.coordinator.report.chart.Chart.Series;
import io.percore.coordinator.report.chart.Chart.Trend;
import io.percore.coordinator.report.chart.Scale;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.PointSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;

/// Reads back what stands at a chart: its caption, its description and the read-outs of its points.
@NullUnmarked // A figure that is claimed and unknown breaks the reading, as it should.
final class ChartClaims {
  private final Facts facts;
  private final Grammar captions;
  private final Grammar readings;
  private ChartKind kind = ChartKind.THROUGHPUT;
  private List<Series> series = List.of();
  private Scale scale = new Scale.Linear(0, 1);
  private PointSummary point;

  ChartClaims(Facts facts, Map<String, Integer> reached) {
    this.facts = facts;
    this.captions = new Grammar("caption", List.of(), reached);
    this.readings = new Grammar("reading", List.of(), reached);
    this.point = facts.points().getFirst();
    points();
    intervals();
    lines();
    readings();
  }

  void read(ChartKind which, Chart chart) {
    kind = which;
    series = chart.series();
    scale = chart.y().scale();
    captions.readAll(chart.caption());
    String description = kind.title() + ". ";
    List<String> parts = new ArrayList<>();
    for (Series s : series) {
      s.data().forEach(datum -> read(s, datum));
      Datum first = s.data().getFirst();
      Datum last = s.data().getLast();
      parts.add(s.name() + ": " + at(first) + (first.equals(last) ? "" : "; " + at(last)));
    }
    assertThat(chart.description()).isEqualTo(description + String.join(". ", parts) + ".");
  }

  private static String at(Datum datum) {
    return "at N = " + Math.round(datum.x()) + " " + datum.reading();
  }

  private void read(Series curve, Datum datum) {
    point = facts.point(curve.name(), (int) datum.x());
    readings.read(plain(datum.reading()));
  }

  /// Without the signs that a page has and a terminal has not.
  static String plain(String text) {
    return text.replace('\u00a0', ' ').replace('×', 'x').replace('µ', 'u').replace('−', '-');
  }

  private void points() {
    captions
        .form("Points: one fork.", _ -> assertThat(most()).isEqualTo(1))
        .form("Points: median of {count:k} fork{s:s}.", this::equalForks)
        .form("Points: median of {int:least} to {int:most} forks.", this::forks)
        .form("Points: mean ratio of {count:k} fork{s:s}, paired by block.", this::equalForks)
        .form(
            "Points: mean ratio of {int:least} to {int:most} forks, paired by block.", this::forks)
        .form(
            "Points: all forks together, warm-up included.",
            _ -> assertThat(kind).isEqualTo(ChartKind.LOST_UPDATES));
  }

  private int most() {
    return facts.measured().stream().mapToInt(PointSummary::forks).max().orElse(0);
  }

  private int least() {
    return facts.measured().stream().mapToInt(PointSummary::forks).min().orElse(0);
  }

  private void equalForks(Claim c) {
    Shown.is(c.text("k"), most());
    Shown.is(c.text("k"), least());
    Grammar.plural(c.text("s"), most());
  }

  private void forks(Claim c) {
    assertThat(c.number("least")).isEqualTo(least());
    assertThat(c.number("most")).isEqualTo(most()).isGreaterThan(least());
  }

  private void intervals() {
    captions
        .form(
            "Bars and bands: 95 % interval of the mean.",
            _ -> {
              assertThat(kind).isIn(ChartKind.THROUGHPUT, ChartKind.TIME_PER_OPERATION);
              assertThat(anyInterval()).isTrue();
            })
        .form(
            "Bars and bands: 95 % interval.",
            _ -> {
              assertThat(kind).isIn(ChartKind.SPEEDUP, ChartKind.EFFICIENCY);
              assertThat(anyInterval()).isTrue();
            })
        .form(
            "A bar without a cap goes on beyond the frame.",
            _ -> assertThat(kind == ChartKind.THROUGHPUT || cutOff()).isTrue())
        .form(
            "No intervals: each needs two forks, in the same blocks as those of its base.",
            _ -> assertThat(anyInterval()).isFalse());
  }

  /// That of throughput may be so on its other axis.
  private boolean cutOff() {
    return cutOff(series, scale);
  }

  static boolean cutOff(List<Series> series, Scale scale) {
    return intervals(series).anyMatch(i -> i.low() < scale.min() || i.high() > scale.max());
  }

  private boolean anyInterval() {
    return intervals(series).findAny().isPresent();
  }

  static Stream<Interval> intervals(List<Series> series) {
    return series.stream()
        .flatMap(s -> s.data().stream())
        .map(Datum::interval)
        .filter(Objects::nonNull);
  }

  private void lines() {
    captions
        .form(
            "Grey, dashed: ideal, N times the sequential rate, up to the {count:p} processor{s:s}"
                + " at hand.",
            this::ideal)
        .form("Grey, dashed: ideal, N, up to the {count:p} processor{s:s} at hand.", this::ideal)
        .form("Over each strategy's own N = 1.", _ -> is(ChartKind.EFFICIENCY))
        .form(
            "Thread time: N times the elapsed time, over the operations.",
            _ -> is(ChartKind.TIME_PER_OPERATION))
        .form("Strategies whose counts may be wrong.", _ -> is(ChartKind.LOST_UPDATES))
        .form(
            "Thin: fitted Universal Scalability Law{rest:beyond}.",
            c ->
                assertThat(c.text("beyond"))
                    .isEqualTo(
                        (trends().anyMatch(t -> !t.beyond().isEmpty())
                                ? ", dashed beyond the sizes fitted"
                                : "")
                            + (trends().anyMatch(t -> t.peak() != null)
                                ? "; a triangle marks its peak"
                                : "")))
        .form(
            "Dotted: Amdahl's law, fitted likewise.",
            _ -> assertThat(trends().anyMatch(t -> !t.other().isEmpty())).isTrue());
  }

  private Stream<Trend> trends() {
    return series.stream().map(Series::trend).filter(Objects::nonNull);
  }

  private void is(ChartKind expected) {
    assertThat(kind).isEqualTo(expected);
  }

  private void ideal(Claim c) {
    Shown.is(c.text("p"), facts.processors());
    Grammar.plural(c.text("s"), facts.processors());
    assertThat(facts.points()).anyMatch(p -> p.parallelism() > 1);
  }

  private void readings() {
    readings
        .form("{rate:v}{ends:i}, {count:k} fork{s:s}", this::rate)
        .form(
            "{ratio:v}{ends:i}, {count:k} fork{s:s}", c -> figure(c, point.speedupOverSequential()))
        .form("{percent:v}{ends:i}, {count:k} fork{s:s}", this::share)
        .form("{time:v}{ends:i}, {count:k} fork{s:s}", this::time);
  }

  private void forksOf(Claim c) {
    Shown.is(c.text("k"), point.forks());
    Grammar.plural(c.text("s"), point.forks());
  }

  private void rate(Claim c) {
    is(ChartKind.THROUGHPUT);
    forksOf(c);
    Shown.is(c.text("v"), Objects.requireNonNull(point.throughputMedian()));
    Shown.ends(c.text("i"), Objects.requireNonNull(point.throughputMean()).interval());
  }

  private void figure(Claim c, Estimate truth) {
    forksOf(c);
    Shown.is(c.text("v"), truth.value());
    Shown.ends(c.text("i"), truth.interval());
  }

  private void share(Claim c) {
    if (kind == ChartKind.EFFICIENCY) {
      figure(c, Objects.requireNonNull(point.efficiency()));
    } else {
      is(ChartKind.LOST_UPDATES);
      forksOf(c);
      Shown.is(c.text("v"), (double) point.lostUpdates() / point.expectedUpdates());
    }
  }

  /// A rate that may be zero bounds the time from below only.
  private void time(Claim c) {
    is(ChartKind.TIME_PER_OPERATION);
    Interval rate = Objects.requireNonNull(point.throughputMean()).interval();
    int n = point.parallelism();
    figure(
        c,
        new Estimate(
            n / Objects.requireNonNull(point.throughputMedian()),
            rate == null || rate.low() <= 0
                ? null
                : new Interval(n / rate.high(), n / rate.low())));
  }
}

package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.groups.Tuple.tuple;

import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.report.Axes.Form;
import io.percore.coordinator.report.chart.Chart;
import io.percore.coordinator.report.chart.Chart.Datum;
import io.percore.coordinator.report.chart.Chart.Series;
import io.percore.coordinator.report.chart.Chart.Size;
import io.percore.coordinator.report.chart.Chart.Tick;
import io.percore.coordinator.report.chart.Chart.Trend;
import io.percore.coordinator.report.chart.Chart.Vertex;
import io.percore.coordinator.report.chart.Chart.Zone;
import io.percore.coordinator.report.chart.Scale;
import io.percore.coordinator.report.chart.Svg;
import io.percore.coordinator.stats.PointSummary;
import io.percore.coordinator.stats.ScalingSummary;
import io.percore.coordinator.stats.SyntheticRun;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ChartsTest {
  @Test
  void aLawIsDrawnWhereItDescribesTheCurve() {
    Chart chart = chart(Fixtures.sixteenCores(), ChartKind.THROUGHPUT);
    Trend processes = Objects.requireNonNull(series(chart, "processes").trend());

    assertThat(processes.within().getFirst().x()).isEqualTo(1);
    assertThat(processes.within().getLast().x()).isCloseTo(16, within(1e-9));
    assertThat(processes.beyond().getLast().x()).isCloseTo(128, within(1e-9));
    assertThat(Objects.requireNonNull(processes.peak()).x()).isBetween(16.0, 128.0);
    // Where there is a peak, a law without one lies above it in the end.
    assertThat(processes.other().getFirst().x()).isEqualTo(1);
    assertThat(processes.other().getLast().x()).isCloseTo(128, within(1e-9));
    assertThat(processes.other().getLast().y())
        .isGreaterThan(1.03 * processes.beyond().getLast().y());
    assertThat(Objects.requireNonNull(series(chart, "gil").trend()).peak()).isNull();
    assertThat(series(chart, "atomic").trend()).isNull();
    assertThat(Svg.file(chart))
        .contains(
            "class=\"trend\"", "class=\"trend beyond\"", "class=\"trend other\"", "class=\"peak\"");
  }

  /// Without it the line would end a quarter above the last point.
  @Test
  void aLawIsDrawnWithTheClockThatWasDividedOutOfIt() {
    Series series =
        series(chart(Fixtures.droppingClock(0.05, 0.002, 0), ChartKind.THROUGHPUT), "atomic");
    Trend trend = Objects.requireNonNull(series.trend());

    assertThat(series.data())
        .filteredOn(datum -> Integer.bitCount((int) datum.x()) == 1)
        .hasSize(5)
        .allSatisfy(
            datum ->
                assertThat(trend.within())
                    .filteredOn(vertex -> Math.abs(vertex.x() - datum.x()) < 1e-6)
                    .singleElement()
                    .satisfies(
                        vertex -> assertThat(vertex.y() / datum.y()).isCloseTo(1, within(0.03))));
  }

  @Test
  void noLawIsDrawnThroughFewSizesOrInOtherCharts() {
    assertThat(chart(Fixtures.quickRun(), ChartKind.THROUGHPUT).series())
        .allMatch(series -> series.trend() == null);
    assertThat(chart(Fixtures.sixteenCores(), ChartKind.EFFICIENCY).series())
        .allMatch(series -> series.trend() == null);
  }

  @Test
  void plotsTheFiguresOfTheSummary() {
    RunReport run = Fixtures.defaultRun();
    PointSummary point = run.summary().point("atomic", 2).orElseThrow();
    Datum rate = datum(chart(run, ChartKind.THROUGHPUT), "atomic", 2);
    assertThat(rate.y()).isEqualTo(point.throughputMedian());
    assertThat(rate.interval())
        .isEqualTo(Objects.requireNonNull(point.throughputMean()).interval());
    assertThat(datum(chart(run, ChartKind.SPEEDUP), "atomic", 2).y())
        .isEqualTo(Objects.requireNonNull(point.speedupOverSequential()).value());
    assertThat(datum(chart(run, ChartKind.EFFICIENCY), "atomic", 2).y())
        .isEqualTo(Objects.requireNonNull(point.efficiency()).value());
    Datum time = datum(chart(run, ChartKind.TIME_PER_OPERATION), "atomic", 2);
    assertThat(time.y()).isEqualTo(point.nanosPerOperation());
    assertThat(Objects.requireNonNull(time.interval()).low())
        .isEqualTo(2e9 / Objects.requireNonNull(rate.interval()).high());
  }

  @Test
  void onlyTheRacyArmIsAmongLostUpdatesUnlessAnotherLoses() {
    assertThat(chart(Fixtures.defaultRun(), ChartKind.LOST_UPDATES).series())
        .extracting(Series::name)
        .containsExactly("racy");
    assertThat(chart(Fixtures.troubledRun(), ChartKind.LOST_UPDATES).series())
        .extracting(Series::name)
        .containsExactly("atomic", "racy");
  }

  @Test
  void noLineLeadsAcrossAMissingPoint() {
    Chart chart = chart(withoutAtomicAtTwo(), ChartKind.THROUGHPUT);
    assertThat(series(chart, "atomic").data())
        .extracting(Datum::x, Datum::connected)
        .containsExactly(tuple(1.0, false), tuple(4.0, false));
    assertThat(series(chart, "processes").data())
        .extracting(Datum::x, Datum::connected)
        .containsExactly(tuple(1.0, false), tuple(2.0, true), tuple(4.0, true));
  }

  private static RunReport withoutAtomicAtTwo() {
    RunReport run = Fixtures.defaultRun();
    ScalingSummary summary =
        new SyntheticRun(
                run.experiment(), run.catalogue(), 2, program -> Fixtures.truth(program, 2), 0.01)
            .with(ChartsTest::lostWhenAtomicAtTwo)
            .summary();
    return new RunReport(
        run.runId(),
        run.started(),
        run.wall(),
        run.experiment(),
        run.catalogue(),
        run.environment(),
        run.limits(),
        run.trials(),
        summary,
        false,
        run.aside());
  }

  private static TrialRecord lostWhenAtomicAtTwo(TrialRecord record) {
    Program program = record.trial().program();
    boolean lost = program.discipline().equals("atomic") && program.parallelism() == 2;
    return lost ? record.withOutcome(new TrialOutcome.Failed("worker 0 was lost", "")) : record;
  }

  @Test
  void oneForkHasNoInterval() {
    Chart chart = chart(Fixtures.oneFork(), ChartKind.THROUGHPUT);
    assertThat(series(chart, "atomic").data()).allMatch(d -> d.interval() == null);
    assertThat(chart.caption()).contains("one fork").contains("No intervals");
  }

  @Test
  void idealEndsRisingWhereProcessorsEnd() {
    Chart chart = chart(Fixtures.defaultRun(), ChartKind.SPEEDUP);
    assertThat(chart.references().getFirst().vertices())
        .containsExactly(new Vertex(1, 1), new Vertex(2, 2), new Vertex(4, 2));
  }

  @Test
  void zonesComeFromTheMachine() {
    assertThat(chart(Fixtures.sixteenCores(), ChartKind.THROUGHPUT).zones())
        .extracting(Zone::from, Zone::to)
        .containsExactly(tuple(16.0, 32.0), tuple(32.0, 128.0));
    assertThat(chart(Fixtures.defaultRun(), ChartKind.THROUGHPUT).zones())
        .extracting(Zone::from, Zone::to)
        .containsExactly(tuple(2.0, 4.0));
    assertThat(chart(Fixtures.quickRun(), ChartKind.THROUGHPUT).zones()).isEmpty();
  }

  @Test
  void linearSwitchesBothAxes() {
    Charts charts = new Charts(Fixtures.defaultRun());
    Chart log = charts.chart(ChartKind.THROUGHPUT, Form.LOG, Size.WIDE).orElseThrow();
    Chart linear = charts.chart(ChartKind.THROUGHPUT, Form.LINEAR, Size.WIDE).orElseThrow();
    assertThat(log.x().scale()).isInstanceOf(Scale.Logarithmic.class);
    assertThat(log.y().scale()).isInstanceOf(Scale.Logarithmic.class);
    assertThat(linear.x().scale()).isInstanceOf(Scale.Linear.class);
    assertThat(linear.y().scale()).isInstanceOf(Scale.Linear.class);
    assertThat(linear.y().scale().min()).isZero();
    assertThat(linear.x().ticks()).extracting(Tick::label).containsExactly("1", "4", "2");
  }

  @Test
  void everyValueLiesOnItsAxes() {
    for (ChartKind kind : ChartKind.values()) {
      for (Form form : Form.values()) {
        Chart chart =
            new Charts(Fixtures.sixteenCores()).chart(kind, form, Size.SMALL).orElseThrow();
        assertThat(chart.series())
            .flatMap(Series::data)
            .allSatisfy(
                d -> {
                  assertThat(chart.x().scale().fraction(d.x())).isBetween(0.0, 1 + 1e-9);
                  assertThat(chart.y().scale().fraction(d.y())).isBetween(0.0, 1.0);
                });
      }
    }
  }

  private static Chart chart(RunReport run, ChartKind kind) {
    return new Charts(run).chart(kind).orElseThrow();
  }

  private static Series series(Chart chart, String name) {
    return chart.series().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  private static Datum datum(Chart chart, String name, int n) {
    return series(chart, name).data().stream().filter(d -> d.x() == n).findFirst().orElseThrow();
  }
}

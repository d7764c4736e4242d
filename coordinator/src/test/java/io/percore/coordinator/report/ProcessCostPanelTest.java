package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.percore.coordinator.measurement.CallSample;
import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.SideTrials;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.report.chart.Chart;
import io.percore.coordinator.stats.BreakEven;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.JobCost;
import io.percore.coordinator.stats.ProcessCost;
import io.percore.coordinator.stats.ProcessCost.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProcessCostPanelTest {
  /// Two processes; a call takes 100 us and 12.4 ns for each operation.
  private static List<CallSample> calls(int fork) {
    return LongStream.of(10, 1_000, 100_000, 10_000_000)
        .mapToObj(
            size ->
                new CallSample(
                    size, 100, (long) (100 * (100_000 + 12.4 * size) / 2 * (1 + fork * 0.01))))
        .toList();
  }

  static RunReport called() {
    RunReport run = Fixtures.defaultRun();
    List<TrialRecord> called = new ArrayList<>();
    for (TrialRecord trial : run.trials()) {
      var program = trial.trial().program();
      if (program.discipline().equals("global-lock")
          && program.layout().processes() == 2
          && trial.outcome() instanceof Completed completed) {
        Measurement m = completed.measurement();
        called.add(
            new TrialRecord(
                called.size(),
                trial.trial(),
                1,
                trial.started(),
                trial.duration(),
                new Completed(
                    new Measurement(
                        m.windowNanos(),
                        m.rounds(),
                        m.threads(),
                        m.processes(),
                        m.verification(),
                        m.scoredRounds(),
                        m.launchNanos(),
                        m.windowStarted(),
                        m.steadyState(),
                        null,
                        calls(called.size())),
                    List.of())));
      }
    }
    return new RunReport(
        run.runId(),
        run.started(),
        run.wall(),
        run.experiment(),
        run.catalogue(),
        run.environment(),
        run.limits(),
        run.trials(),
        run.summary(),
        run.complete(),
        new SideTrials(List.of(), List.of(), called, List.of()));
  }

  @Test
  void withoutCallsThereIsNothing() {
    RunReport run = Fixtures.defaultRun();
    assertThat(ProcessCostPanel.of(run)).isEmpty();
    assertThat(new HtmlReport().render(run)).doesNotContain("id=\"process-cost\"", "id=\"calls\"");
  }

  @Test
  void processesAreComparedWithEveryStrategyOfThreads() {
    Panel panel = ProcessCostPanel.of(called()).orElseThrow();
    Chart chart = (Chart) panel.figure();
    assertThat(chart.series())
        .extracting(Chart.Series::name)
        .containsExactly("over gil", "over global-lock", "over atomic", "over unshared");
    assertThat(chart.series()).allMatch(series -> series.data().size() == 4);
    assertThat(panel.readOut().stops()).hasSize(4);
    assertThat(panel.readOut().stops().getFirst().label()).isEqualTo("10 operations per call");
  }

  /// Two processes reach 2 / 12.4 ns at best, which is what threads that share nothing reach; a
  /// shared lock is overtaken where a call of 100 us is worth it.
  @Test
  void breakEvenIsWhereTheFiguresSay() {
    RunReport run = called();
    ProcessCost cost = ProcessCost.of(run.aside().called(), run.summary()).getFirst();
    assertThat(cost.strategy()).isEqualTo("processes");
    assertThat(cost.parallelism()).isEqualTo(2);
    assertThat(cost.breakEven("gil")).containsInstanceOf(BreakEven.NotUpTo.class);
    assertThat(cost.breakEven("global-lock")).containsInstanceOf(BreakEven.Between.class);
    assertThat(ProcessCostSentences.of(cost))
        .contains(
            "With processes at N = 2 a call of 10 operations takes 103 us, the work included"
                + " (median of 6 forks).")
        .anyMatch(line -> line.startsWith("Calls to processes do more than global-lock from about"))
        .anyMatch(
            line -> line.startsWith("Calls to processes do not do more than gil at any size: 0.2"));
  }

  @Test
  void whatIntervalsDoNotShowIsNotEstablished() {
    assertThat(claim(new Interval(1.05, 1.4), 1.2))
        .isEqualTo(
            "Calls to processes do more than gil at every size: 1.20x [1.05, 1.40] at 10"
                + " operations.");
    assertThat(claim(new Interval(0.9, 1.6), 1.2))
        .endsWith(
            "1.20x [0.900, 1.60] at 10 operations. An interval holds 1: this is not established.");
    assertThat(claim(new Interval(0.5, 1.2), 0.8))
        .startsWith("Calls to processes do not do more than gil")
        .endsWith(" An interval holds 1: this is not established.");
    assertThat(claim(null, 1.2))
        .endsWith(
            "1.20x (no interval) at 10 operations. Without an interval this is not established.");
  }

  private static String claim(@Nullable Interval interval, double ratio) {
    Piece piece = new Piece(10, 3, 1e5, 2e5, Map.of("gil", new Estimate(ratio, interval)));
    return ProcessCostSentences.of(new ProcessCost("processes", 2, List.of(piece))).getLast();
  }

  /// With a start of s a job whose work takes as long as the start does half of what it would do
  /// without.
  @Test
  void aJobOfTheLengthOfTheStartDoesHalfAsMuch() {
    RunReport run = called();
    JobCost cost = JobCost.of(run.aside().called(), run.summary()).getFirst();
    double without = median(run, "processes") / median(run, "global-lock");
    assertThat(cost.startNanos()).isPositive();
    for (JobCost.Job job : cost.jobs()) {
      double share = job.nanos() / (job.nanos() + cost.startNanos());
      Estimate ratio = Objects.requireNonNull(job.against().get("global-lock"));
      assertThat(ratio.value() / without).isCloseTo(share, withinPercentage(5));
      assertThat(ratio.interval()).isNotNull();
    }
  }

  private static double median(RunReport run, String strategy) {
    return Objects.requireNonNull(
        run.summary().point(strategy, 2).orElseThrow().throughputMedian());
  }

  @Test
  void jobsAreComparedWithTheSameStrategies() {
    RunReport run = called();
    Panel calls = ProcessCostPanel.of(run).orElseThrow();
    Panel jobs = JobCostPanel.of(run).orElseThrow();
    assertThat(((Chart) jobs.figure()).series())
        .extracting(Chart.Series::name)
        .isEqualTo(((Chart) calls.figure()).series().stream().map(Chart.Series::name).toList());
    assertThat(jobs.readOut().stops())
        .extracting(stop -> Typography.of(stop.label()))
        .startsWith(Typography.of("job of 10 ms"), Typography.of("job of 100 ms"));
    assertThat(ProcessCostSentences.of(JobCost.of(run.aside().called(), run.summary()).getFirst()))
        .anyMatch(line -> line.startsWith("Starting the workers of processes at N = 2 takes "))
        .anyMatch(
            line ->
                line.startsWith(
                    "Started for a job, the workers of processes do more than global-lock"))
        .anyMatch(
            line ->
                line.startsWith(
                    "Started for a job, the workers of processes do not do more than unsh"));
  }

  @Test
  void theSummaryHoldsTheFigures() {
    var summary = JsonSummary.document(called());
    var cost = ProcessCost.of(called().aside().called(), called().summary()).getFirst();
    assertThat(summary.at("/processCost/0/calls").size()).isEqualTo(4);
    assertThat(summary.at("/processCost/0/calls/1/operations").asLong()).isEqualTo(1_000);
    assertThat(summary.at("/processCost/0/calls/1/nanos").asDouble())
        .isEqualTo(cost.pieces().get(1).callNanos());
    assertThat(summary.at("/processCost/0/jobs/2/nanos").asDouble()).isEqualTo(1e9);
    assertThat(summary.at("/processCost/0/jobs/2/over/gil/ciLow").asDouble()).isPositive();
    assertThat(JsonSummary.document(Fixtures.defaultRun()).has("processCost")).isFalse();
  }

  @Test
  void thePageShowsChartAndTable() {
    String page = new HtmlReport().render(called());
    assertThat(page).contains("How long must a job be?", "Starting the workers of");
    assertThat(page).contains("When do processes pay?", "What it costs to call a process");
    assertThat(page).contains("operations per call (log)", "over global-lock");
  }
}

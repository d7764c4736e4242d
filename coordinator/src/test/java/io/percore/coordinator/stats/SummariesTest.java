package io.percore.coordinator.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.ProcessSample;
import io.percore.coordinator.measurement.ThreadSample;
import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.measurement.Verification;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Layout;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.ScalePoint;
import io.percore.coordinator.plan.Scaling;
import io.percore.coordinator.plan.Sharing;
import io.percore.coordinator.plan.Strategy;
import io.percore.coordinator.plan.Trial;
import io.percore.coordinator.report.Fixtures;
import io.percore.coordinator.stats.ScalingSummary.Comparison;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SummariesTest {
  private static final long WINDOW = 1_000_000_000;
  private static final Program ATOMIC_1 = program("atomic", 1, 1);
  private static final Program ATOMIC_2 = program("atomic", 1, 2);
  private static final Program PLAIN = program("plain", 1, 1);

  private final List<TrialRecord> records = new ArrayList<>();

  @Test
  void figuresOfAPointWorkedOutByHand() {
    run(0, ATOMIC_1, 100);
    run(0, ATOMIC_2, 60);
    run(1, ATOMIC_1, 200);
    run(1, ATOMIC_2, 120);
    run(2, ATOMIC_1, 400);
    run(2, ATOMIC_2, 240);

    PointSummary two = point(summarize(3, "atomic"), "atomic", 2);

    assertThat(two.forks()).isEqualTo(3);
    assertThat(two.forkThroughputs()).containsExactly(60e6, 120e6, 240e6);
    assertThat(two.throughputMedian()).isEqualTo(120e6);
    assertThat(Objects.requireNonNull(two.throughputMean()).value()).isCloseTo(140e6, within(1.0));
    assertThat(two.nanosPerOperation()).isCloseTo(2 * 1e9 / 120e6, within(1e-9));
    // Paired: the blocks differ by a factor of four, the ratios within them not at all.
    assertThat(estimate(two.speedup()).value()).isCloseTo(0.6, within(1e-12));
    assertThat(interval(two.speedup()).high()).isCloseTo(0.6, within(1e-9));
    assertThat(estimate(two.efficiency()).value()).isCloseTo(0.3, within(1e-12));
    assertThat(interval(two.efficiency()).low()).isCloseTo(0.3, within(1e-9));
    assertThat(two.missing()).isZero();
    assertThat(two.expectedUpdates()).isEqualTo(3L * 1000);
    assertThat(two.lostUpdates()).isZero();
    assertThat(two.netError()).isNull();
    assertThat(two.startSkewNanos()).isEqualTo(700);
    assertThat(two.cpuShare()).isCloseTo(0.5, within(1e-12));
    assertThat(two.edgeErrorShare()).isCloseTo(1e-4, within(1e-12));
    assertThat(two.fairness()).isCloseTo(1, within(1e-12));
    assertThat(two.pinned()).isTrue();
    assertThat(two.collector()).isEqualTo("Serial");
    assertThat(two.scoredMillisMedian()).isEqualTo(1000);
  }

  @Test
  void speedupAtOneIsExactlyOneWithoutInterval() {
    run(0, ATOMIC_1, 100);
    run(1, ATOMIC_1, 110);

    PointSummary one = point(summarize(2, "atomic"), "atomic", 1);

    assertThat(one.speedup()).isEqualTo(new Estimate(1, null));
    assertThat(one.efficiency()).isEqualTo(new Estimate(1, null));
  }

  @Test
  void pairsOnlyBlocksThatHaveBoth() {
    run(0, ATOMIC_1, 100);
    run(1, ATOMIC_2, 999);
    run(2, ATOMIC_1, 100);
    run(2, ATOMIC_2, 50);
    run(3, ATOMIC_1, 100);
    run(3, ATOMIC_2, 50);

    PointSummary two = point(summarize(4, "atomic"), "atomic", 2);

    assertThat(two.forks()).isEqualTo(3);
    assertThat(two.missing()).isEqualTo(1);
    assertThat(estimate(two.speedup()).value()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void onePairHasARatioButNoInterval() {
    run(0, ATOMIC_1, 100);
    run(0, ATOMIC_2, 50);

    Estimate speedup = estimate(point(summarize(6, "atomic"), "atomic", 2).speedup());

    assertThat(speedup.value()).isCloseTo(0.5, within(1e-12));
    assertThat(speedup.interval()).isNull();
  }

  @Test
  void noPairHasNoRatio() {
    run(0, ATOMIC_1, 100);
    run(1, ATOMIC_2, 50);

    assertThat(point(summarize(2, "atomic"), "atomic", 2).speedup()).isNull();
  }

  @Test
  void pointWithoutTrialsHasNoFigures() {
    run(0, ATOMIC_1, 100);

    PointSummary two = point(summarize(1, "atomic"), "atomic", 2);

    assertThat(two.forks()).isZero();
    assertThat(two.missing()).isEqualTo(1);
    assertThat(two.throughputMedian()).isNull();
    assertThat(two.throughputMean()).isNull();
    assertThat(two.nanosPerOperation()).isNull();
    assertThat(two.speedup()).isNull();
    assertThat(two.efficiency()).isNull();
    assertThat(two.lostUpdates()).isNull();
    assertThat(two.fairness()).isNull();
    assertThat(two.startSkewNanos()).isNull();
    assertThat(two.pinned()).isFalse();
  }

  @Test
  void lastCompletedAttemptCounts() {
    Trial trial = new Trial(0, 0, ATOMIC_1);
    add(trial, 1, new TrialOutcome.Invalidated("stopped"));
    add(trial, 2, completed(ATOMIC_1, 100, 0, List.of()));
    add(trial, 3, completed(ATOMIC_1, 300, 0, List.of()));
    add(trial, 4, new TrialOutcome.Failed("killed", ""));
    add(trial, 5, new TrialOutcome.TimedOut("late"));

    PointSummary one = point(summarize(1, "atomic"), "atomic", 1);

    assertThat(one.forkThroughputs()).containsExactly(300e6);
    assertThat(one.invalidated()).isEqualTo(1);
    assertThat(one.failed()).isEqualTo(2);
    assertThat(one.missing()).isZero();
  }

  @Test
  void aTrialThatStaysDisturbedIsKeptAndCounted() {
    Trial trial = new Trial(0, 0, ATOMIC_1);
    TrialOutcome.Completed any = (TrialOutcome.Completed) completed(ATOMIC_1, 100, 0, List.of());
    add(trial, 1, new TrialOutcome.Invalidated("others took 9 %", any.measurement()));
    add(trial, 2, new TrialOutcome.Invalidated("others took 8 %", any.measurement()));
    add(trial, 3, new TrialOutcome.Completed(any.measurement(), List.of(), "others took 7 %"));

    PointSummary one = point(summarize(1, "atomic"), "atomic", 1);

    assertThat(one.forkThroughputs()).containsExactly(100e6);
    assertThat(one.invalidated()).isEqualTo(2);
    assertThat(one.disturbed()).isEqualTo(1);
    assertThat(one.missing()).isZero();
  }

  @Test
  void figuresOfAWrongCountAreNotUsedButItsCountsAre() {
    run(0, ATOMIC_1, 100);
    add(new Trial(1, 1, ATOMIC_1), 1, completed(ATOMIC_1, 500, 7, List.of("wrong count")));

    PointSummary one = point(summarize(2, "atomic"), "atomic", 1);

    assertThat(one.forkThroughputs()).containsExactly(100e6);
    assertThat(one.forks()).isEqualTo(1);
    assertThat(one.missing()).isZero();
    assertThat(one.lostUpdates()).isEqualTo(7);
    assertThat(one.expectedUpdates()).isEqualTo(2000);
    assertThat(one.defects()).containsExactly("wrong count");
  }

  @Test
  void wrongCountThatNobodyRecordedIsFound() {
    add(new Trial(0, 0, ATOMIC_1), 1, completed(ATOMIC_1, 500, 7, List.of()));

    PointSummary one = point(summarize(1, "atomic"), "atomic", 1);

    assertThat(one.forks()).isZero();
    assertThat(one.defects())
        .singleElement()
        .asString()
        .contains("expected 1000 updates, observed 993");
  }

  @Test
  void wrongCountOfTheRacyArmIsAResult() {
    Program racy = program("racy", 1, 2);
    add(new Trial(0, 0, racy), 1, completed(racy, 500, 400, List.of()));

    PointSummary two = point(summarize(1, "racy"), "racy", 2);

    assertThat(two.exactRequired()).isFalse();
    assertThat(two.forkThroughputs()).containsExactly(500e6);
    assertThat(two.lostUpdates()).isEqualTo(400);
    assertThat(two.defects()).isEmpty();
  }

  @Test
  void impossibleSpeedOfTheRacyArmIsNone() {
    Program racy = program("racy", 1, 2);
    add(new Trial(0, 0, racy), 1, completed(racy, 500, 400, List.of("too fast")));

    PointSummary two = point(summarize(1, "racy"), "racy", 2);

    assertThat(two.forks()).isZero();
    assertThat(two.defects()).containsExactly("too fast");
  }

  @Test
  void aTrialFasterThanItsBlocksFloorAllowsIsNotUsed() {
    // Every process has measured 0.6 ns for a load and a store; these take 0.4 and 0.5 ns.
    run(0, ATOMIC_1, 2500);
    run(1, ATOMIC_1, 2000);

    PointSummary point = point(summarize(2, "atomic"), "atomic", 1);

    assertThat(point.forkThroughputs()).containsExactly(2e9);
    assertThat(point.defects()).singleElement().asString().contains("0.6");
  }

  @Test
  void parameterCanMakeADisciplineInexact() {
    Program gil = program("gil", 1, 2);
    add(new Trial(0, 0, gil), 1, completed(gil, 500, 400, List.of()));

    PointSummary two =
        point(
            summarize(experiment(1, Map.of("gil", Map.of("checkpoint", "every-op")), "gil")),
            "gil",
            2);

    assertThat(two.exactRequired()).isFalse();
    assertThat(two.forks()).isEqualTo(1);
    assertThat(point(summarize(1, "gil"), "gil", 2).exactRequired()).isTrue();
  }

  @Test
  void forksThatWereCompiledUnlikeMostAreCounted() {
    int[] compilations = {2, 3, 2, -1, 2, 1};
    for (int block = 0; block < compilations.length; block++) {
      add(
          new Trial(block, block, ATOMIC_1),
          1,
          completed(ATOMIC_1, 100, 0, compilations[block], List.of()));
    }

    assertThat(point(summarize(6, "atomic"), "atomic", 1).oddlyCompiled()).isEqualTo(2);
  }

  @Test
  void pointsWithEqualProgramsShareTheirTrials() {
    Program base = program("global-lock", 1, 1);
    run(0, base, 80);
    run(1, base, 82);
    run(0, program("global-lock", 2, 1), 160);
    run(1, program("global-lock", 2, 1), 164);

    ScalingSummary summary = summarize(2, "global-lock", "processes", "unshared");

    for (String strategy : List.of("global-lock", "processes", "unshared")) {
      assertThat(point(summary, strategy, 1).forkThroughputs()).containsExactly(80e6, 82e6);
    }
    assertThat(estimate(point(summary, "processes", 2).speedup()).value())
        .isCloseTo(2, within(1e-12));
  }

  @Test
  void comparesWithThePlainSequentialRun() {
    for (int block = 0; block < 2; block++) {
      run(block, PLAIN, 1000);
      run(block, ATOMIC_2, 100);
    }

    ScalingSummary summary = summarize(2, "atomic", "sequential");

    assertThat(estimate(point(summary, "atomic", 2).speedupOverSequential()).value())
        .isCloseTo(0.1, within(1e-12));
    assertThat(point(summary, "sequential", 1).speedupOverSequential())
        .isEqualTo(new Estimate(1, null));
  }

  @Test
  void fixedLayoutHasTheSingleThreadAsItsBase() {
    for (int block = 0; block < 2; block++) {
      run(block, ATOMIC_1, 100);
      run(block, program("atomic", 2, 2), 150);
    }

    PointSummary four = point(summarize(2, "atomic@2x2"), "atomic@2x2", 4);

    assertThat(estimate(four.speedup()).value()).isCloseTo(1.5, within(1e-12));
    assertThat(estimate(four.efficiency()).value()).isCloseTo(0.375, within(1e-12));
  }

  @Test
  void unpinnedPointFallsBackToThePinnedBase() {
    Program unpinned = new Program("atomic", Sharing.PROCESS, new Layout(1, 4), false);
    run(0, ATOMIC_1, 100);
    run(0, unpinned, 70);
    Experiment experiment = experiment(1, Map.of(), "atomic");

    ScalingSummary summary =
        Summaries.summarize(
            experiment,
            Fixtures.catalogue(),
            2,
            List.of(
                new ScalePoint(Strategy.parse("atomic"), ATOMIC_1),
                new ScalePoint(Strategy.parse("atomic"), unpinned)),
            records);

    assertThat(estimate(point(summary, "atomic", 4).speedup()).value())
        .isCloseTo(0.7, within(1e-12));
  }

  @Test
  void fixedWorkTakesTheHarmonicMean() {
    run(0, ATOMIC_1, 40);
    run(1, ATOMIC_1, 60);
    Experiment fixedTime = experiment(2, Map.of(), "atomic");
    Experiment fixedWork =
        new Experiment(
            fixedTime.strategies(),
            fixedTime.parallelisms(),
            fixedTime.workload(),
            Map.of(),
            Map.of(),
            new Scaling.Strong(1000),
            2,
            fixedTime.warmUp(),
            fixedTime.window(),
            fixedTime.pinning(),
            1);

    assertThat(estimate(point(summarize(fixedWork), "atomic", 1).throughputMean()).value())
        .isCloseTo(48e6, within(1e-3));
    assertThat(estimate(point(summarize(fixedTime), "atomic", 1).throughputMean()).value())
        .isCloseTo(50e6, within(1e-3));
  }

  @Test
  void comparesContestantsAtTheLargestCommonParallelismThatHasProcessors() {
    ScalingSummary summary = Fixtures.defaultRun().summary();

    assertThat(summary.comparisons())
        .extracting(Comparison::strategy)
        .containsExactlyInAnyOrder("gil", "processes", "unshared", "atomic", "global-lock");
    assertThat(summary.comparisons())
        .allSatisfy(
            comparison -> {
              assertThat(comparison.reference()).isEqualTo("sequential@Nx1");
              assertThat(comparison.parallelism()).isEqualTo(2);
            });
    assertThat(summary.comparisons())
        .extracting(comparison -> -comparison.ratio().value())
        .isSorted();
    assertThat(summary.contrasts())
        .extracting(c -> c.strategy() + "/" + c.reference())
        .containsExactlyInAnyOrder(
            "unshared/global-lock", "processes/global-lock", "processes/unshared");
  }

  /// It would win, by leaving out what the others do.
  @Test
  void whatFreesNothingIsShownAndNotCompared() {
    for (int block = 0; block < 3; block++) {
      run(block, program("striped", 1, 2), 900 + block);
      run(block, program("atomic", 1, 2), 90 + block);
      run(block, program("gil", 1, 2), 50 + block);
    }

    ScalingSummary summary = summarize(3, "striped", "atomic", "gil");

    assertThat(point(summary, "striped", 2).referenceCount()).isFalse();
    assertThat(point(summary, "striped", 2).forks()).isEqualTo(3);
    assertThat(point(summary, "atomic", 2).referenceCount()).isTrue();
    assertThat(summary.comparisons())
        .singleElement()
        .satisfies(
            comparison -> {
              assertThat(comparison.strategy()).isEqualTo("gil");
              assertThat(comparison.reference()).isEqualTo("atomic");
            });
  }

  @Test
  void comparesWithoutAProcessorForEachThreadWhenNothingElseGoesParallel() {
    for (String strategy : List.of("atomic", "gil")) {
      run(0, program(strategy, 1, 1), 100);
      run(0, program(strategy, 1, 2), 50);
    }
    Experiment experiment = experiment(1, Map.of(), "atomic", "gil");

    assertThat(summarize(experiment, 1).comparisons())
        .extracting(Comparison::parallelism)
        .containsExactly(2);
  }

  @Test
  void strategyThatStoppedEarlyLowersTheCommonParallelism() {
    assertThat(Fixtures.troubledRun().summary().comparisons())
        .isNotEmpty()
        .allSatisfy(comparison -> assertThat(comparison.parallelism()).isEqualTo(2));
  }

  @Test
  void warnsOfBasesThatDisagree() {
    assertThat(bases(110).baselineWarnings())
        .singleElement()
        .asString()
        .contains("gil/unpinned (not pinned) does 1.10x [")
        .contains("gil (pinned)");
  }

  @Test
  void doesNotWarnOfBasesThatAgree() {
    assertThat(bases(102).baselineWarnings()).isEmpty();
  }

  private ScalingSummary bases(double unpinnedRate) {
    Program pinned = program("gil", 1, 1);
    Program unpinned = new Program("gil", Sharing.PROCESS, new Layout(1, 1), false);
    for (int block = 0; block < 6; block++) {
      run(block, pinned, 100 + 0.1 * block);
      run(block, unpinned, unpinnedRate + 0.1 * (block % 2));
    }
    Strategy gil = Strategy.parse("gil");
    Strategy variant =
        new Strategy(
            "gil/unpinned",
            gil.discipline(),
            gil.sharing(),
            gil.processes(),
            gil.threadsPerProcess());
    return Summaries.summarize(
        experiment(6, Map.of(), "gil"),
        Fixtures.catalogue(),
        2,
        List.of(new ScalePoint(gil, pinned), new ScalePoint(variant, unpinned)),
        records);
  }

  @Property(tries = 50)
  void orderOfRecordsDoesNotMatter(@ForAll long seed) {
    var report = Fixtures.troubledRun();
    List<ScalePoint> points = report.summary().points().stream().map(PointSummary::point).toList();
    List<TrialRecord> shuffled = new ArrayList<>(report.trials());
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(
            Summaries.summarize(report.experiment(), report.catalogue(), 2, points, shuffled)
                .points())
        .usingRecursiveComparison()
        .withComparatorForType(
            (a, b) -> Math.abs(a - b) <= 1e-12 * Math.abs(a) ? 0 : Double.compare(a, b),
            Double.class)
        .ignoringFields("defects")
        .isEqualTo(report.summary().points());
  }

  private ScalingSummary summarize(int forks, String... strategies) {
    return summarize(experiment(forks, Map.of(), strategies));
  }

  private ScalingSummary summarize(Experiment experiment) {
    return summarize(experiment, 2);
  }

  private ScalingSummary summarize(Experiment experiment, int processors) {
    List<ScalePoint> points = new ArrayList<>();
    for (Strategy strategy : experiment.strategies()) {
      IntStream.of(1, 2)
          .mapToObj(n -> n == 1 ? new Layout(1, 1) : strategy.layoutAt(n))
          .distinct()
          .forEach(
              layout ->
                  points.add(
                      new ScalePoint(
                          strategy,
                          new Program(strategy.discipline(), strategy.sharing(), layout, true))));
    }
    return Summaries.summarize(experiment, Fixtures.catalogue(), processors, points, records);
  }

  private static Experiment experiment(
      int forks, Map<String, Map<String, String>> parameters, String... strategies) {
    Experiment design =
        Fixtures.experiment(List.of(strategies), List.of(1, 2), new Scaling.FixedTime(), forks);
    return new Experiment(
        design.strategies(),
        design.parallelisms(),
        design.workload(),
        design.workloadParameters(),
        parameters,
        design.scaling(),
        design.forks(),
        design.warmUp(),
        design.window(),
        design.pinning(),
        design.seed());
  }

  private static PointSummary point(ScalingSummary summary, String strategy, int n) {
    return summary.point(strategy, n).orElseThrow();
  }

  private static Program program(String discipline, int processes, int threads) {
    return new Program(discipline, Sharing.PROCESS, new Layout(processes, threads), true);
  }

  private void run(int block, Program program, double millionsPerSecond) {
    add(
        new Trial(records.size(), block, program),
        1,
        completed(program, millionsPerSecond, 0, List.of()));
  }

  private void add(Trial trial, int attempt, TrialOutcome outcome) {
    records.add(
        new TrialRecord(
            records.size(), trial, attempt, Instant.EPOCH, Duration.ofSeconds(1), outcome));
  }

  private static TrialOutcome completed(
      Program program, double millionsPerSecond, long lost, List<String> defects) {
    return completed(program, millionsPerSecond, lost, 1, defects);
  }

  private static TrialOutcome completed(
      Program program,
      double millionsPerSecond,
      long lost,
      int compilations,
      List<String> defects) {
    int n = program.parallelism();
    double operations = millionsPerSecond * 1e6 / n;
    List<ThreadSample> threads =
        IntStream.range(0, n)
            .mapToObj(
                i ->
                    new ThreadSample(
                        0, i, operations, operations * 1e-4, 700 - i, 0, 500, 1000, 0, 0, 0, i))
            .toList();
    ProcessSample process =
        new ProcessSample(
            0,
            1,
            4096,
            0.6,
            program.pinned(),
            "",
            0,
            0,
            0,
            0,
            0,
            compilations,
            0,
            "Serial",
            1,
            List.of());
    return new TrialOutcome.Completed(
        new Measurement(
            WINDOW,
            1,
            threads,
            List.of(process),
            new Verification(1000, 1000L, 1000L - lost, 0, 0, 0, 0, 0, true),
            List.of(),
            0),
        defects);
  }

  private static Estimate estimate(@Nullable Estimate estimate) {
    return Objects.requireNonNull(estimate);
  }

  private static Interval interval(@Nullable Estimate estimate) {
    return Objects.requireNonNull(estimate(estimate).interval());
  }
}

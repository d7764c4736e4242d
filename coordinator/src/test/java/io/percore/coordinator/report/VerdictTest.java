package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Scaling;
import io.percore.coordinator.plan.Sharing;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.PointSummary;
import io.percore.coordinator.stats.ScalingSummary;
import io.percore.coordinator.stats.ScalingSummary.Comparison;
import io.percore.coordinator.stats.Summaries;
import io.percore.coordinator.stats.SyntheticRun;
import io.percore.coordinator.stats.SyntheticRun.Truth;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final List<String> THREE = List.of("global-lock", "processes", "unshared");

  @Test
  void collectorsAreComparedWithEachOtherAndNotWithStrategies() {
    RunReport report = Fixtures.bothCollectors();

    assertThat(Verdict.sentences(report.summary(), report.experiment(), report.catalogue()))
        .noneMatch(sentence -> sentence.startsWith("At N = 1 "))
        .filteredOn(sentence -> sentence.contains("/g1"))
        .singleElement()
        .asString()
        .matches(
            "Under another collector, over the same under serial at N = 2: gil/g1 .*"
                + " \\(indistinguishable\\), atomic/g1 0\\.(89|90)\\dx \\[.*\\]\\.");
    assertThat(report.summary().point("atomic/g1", 1).orElseThrow().speedup())
        .isEqualTo(new Estimate(1, null));
    assertThat(median(report, "atomic/g1")).isLessThan(0.93 * median(report, "atomic"));
  }

  private static double median(RunReport report, String strategy) {
    return Objects.requireNonNull(
        report.summary().point(strategy, 1).orElseThrow().throughputMedian());
  }

  @Test
  void gainIsThatOfNotSharing() {
    assertThat(first(machine(10, 20, 20), THREE))
        .matches(
            "At N = 2 not sharing is what pays: unshared does (1\\.9|2\\.0)\\dx \\[.*\\] the work"
                + " of global-lock; separate processes show no difference: processes and unshared"
                + " are indistinguishable at ±\\d+(\\.\\d+)? %\\.");
  }

  @Test
  void whatIsLeftIsThatOfProcesses() {
    assertThat(first(machine(10, 15, 20), THREE))
        .containsPattern("not sharing is what pays: unshared does 1\\.(49|50)")
        .contains("; separate processes add to that: processes does 1.3");
  }

  @Test
  void processesCanFallBehind() {
    assertThat(first(machine(10, 20, 15), THREE))
        .contains("not sharing is what pays")
        .contains("; separate processes fall behind that: processes does 0.7");
  }

  @Test
  void notSharingCanGainNothing() {
    assertThat(first(machine(10, 10, 20), THREE))
        .contains("no gain from not sharing is seen: unshared and global-lock are indistinguish")
        .contains("separate processes add to that: processes does 2.0");
  }

  @Test
  void notSharingCanCost() {
    assertThat(first(machine(10, 5, 5), THREE))
        .containsPattern("not sharing costs: unshared does 0\\.(49|50)");
  }

  @Test
  void withoutUnsharedAGainCannotBeAttributed() {
    assertThat(first(machine(10, 20, 20), List.of("global-lock", "processes")))
        .startsWith("At N = 2 processes does 2.0")
        .endsWith("cannot be told without threads of global-lock that share nothing.");
  }

  @Test
  void namesTheFastestOfUnrelatedStrategies() {
    assertThat(first(machine(10, 20, 20), List.of("gil", "atomic")))
        .matches(
            "At N = 2 gil does the most work of the 2 compared, 300 .*; next, atomic does .* the"
                + " work of gil\\.");
  }

  @Test
  void oneStrategyIsComparedWithItself() {
    assertThat(first(machine(10, 20, 20), List.of("atomic")))
        .matches("atomic does 12.* \\(median\\) at N = 2: .*x \\[.*\\] its own N = 1\\.");
  }

  @Test
  void negativeControlAloneIsSpokenOf() {
    assertThat(sentences(machine(10, 20, 20), List.of("racy", "sequential"), 6).getFirst())
        .matches("racy does (9\\.9|10\\.).* at N = 2: .* its own N = 1\\.");
  }

  @Test
  void nothingMeasuredIsNoResult() {
    RunReport report = Fixtures.oneFork();
    ScalingSummary nothing =
        Summaries.summarize(
            report.experiment(),
            report.catalogue(),
            2,
            report.summary().points().stream().map(PointSummary::point).toList(),
            List.of());

    assertThat(Verdict.sentences(nothing, report.experiment(), report.catalogue()))
        .startsWith("No trial has a usable result.")
        .anyMatch(s -> s.startsWith("Incomplete: atomic at N = 1 has 0 of 1 fork."));
  }

  @Test
  void failuresComeFirst() {
    assertThat(of(Fixtures.troubledRun()))
        .startsWith(
            of(Fixtures.troubledRun()).stream()
                .filter(s -> s.startsWith("Verification failed: atomic at N = 2: wrong count"))
                .findFirst()
                .orElseThrow());
  }

  @Test
  void saysWhatIsMissingAndWhatWasThrownAway() {
    assertThat(of(Fixtures.troubledRun()))
        .anyMatch(
            s ->
                s.startsWith(
                    "Incomplete: global-lock at N = 2 has 5 of 6 forks; processes at N = 4 has 0 of"
                        + " 6 forks. They rest"))
        .anyMatch(s -> s.startsWith("1 attempt was invalidated, and 7 attempts failed;"));
  }

  @Test
  void lossesOfTheRacyArmAreAResult() {
    assertThat(of(Fixtures.defaultRun()))
        .anyMatch(
            s ->
                s.startsWith("racy at N = 2 lost 42.0 % of its updates (")
                    && s.contains("; at N = 1 none."));
    assertThat(of(Fixtures.pairs()))
        .anyMatch(s -> s.startsWith("racy at N = 2 ended with a net error of -"));
  }

  @Test
  void aRaceThatDoesNotShowIsSaidNotToShow() {
    assertThat(sentences(machine(10, 20, 20), List.of("racy"), 6))
        .anyMatch(s -> s.contains("this run does not show the race"));
  }

  @Test
  void fewForksAreSaid() {
    assertThat(of(Fixtures.quickRun())).anyMatch(s -> s.startsWith("3 forks for each point:"));
    assertThat(of(Fixtures.oneFork()))
        .anyMatch(s -> s.startsWith("1 fork for each point: there is no interval"));
    assertThat(of(Fixtures.defaultRun())).noneMatch(s -> s.contains("for each point"));
  }

  @Test
  void withoutIntervalsNothingIsClaimed() {
    assertThat(sentences(machine(10, 20, 20), THREE, 1).getFirst())
        .doesNotContain("pays")
        .contains("(no interval)");
  }

  private static final Pattern DOES =
      Pattern.compile(
          "(?<claim>[a-z ]+: |next, )?(?<a>\\S+) does (?<r>\\S+)x \\[(?<low>\\S+), (?<high>\\S+)\\]"
              + " the work of (?<b>[^ .;]+)");
  private static final Pattern SAME =
      Pattern.compile("(?<a>\\S+) and (?<b>\\S+) are indistinguishable at ±(?<x>\\S+) %");

  /// Whatever the machine does, however noisy and incomplete the run, the words follow the figures.
  @Property(tries = 200)
  void neverContradictsItsTable(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int forks) {
    Random random = new Random(seed);
    double noise = 0.002 * Math.pow(100, random.nextDouble());
    double shared = 1 + random.nextInt(3);
    double unshared = 1 + random.nextInt(3);
    double processes = 1 + random.nextInt(3);
    double gaps = random.nextInt(3) * 0.15;
    SyntheticRun run =
        run(machine(10 * shared, 10 * unshared, 10 * processes), everything(), forks, noise)
            .with(record -> random.nextDouble() < gaps ? failed(record) : record);
    ScalingSummary summary = run.summary();
    List<String> sentences =
        Verdict.sentences(summary, experiment(everything(), forks), Fixtures.catalogue());

    assertThat(sentences).isNotEmpty().allMatch(s -> s.endsWith("."));
    String text = String.join(" ", sentences);
    DOES.matcher(text).results().forEach(match -> checkDoes(match, summary));
    SAME.matcher(text).results().forEach(match -> checkSame(match, summary));
    if (text.contains("does the most work")) {
      assertThat(summary.comparisons()).allMatch(c -> Standing.of(c, summary) == Standing.LESS);
    }
  }

  private static void checkDoes(MatchResult match, ScalingSummary summary) {
    Comparison c = comparison(match.group("a"), match.group("b"), summary);
    Interval interval = c.ratio().interval();
    assertThat(interval).isNotNull();
    assertThat(match.group("low")).isEqualTo(Quantities.number(low(c)));
    assertThat(match.group("high")).isEqualTo(Quantities.number(high(c)));
    String claim = match.group("claim");
    if (claim == null) {
      return;
    }
    if (claim.contains("pays") || claim.contains("add to")) {
      assertThat(Double.parseDouble(match.group("low"))).isGreaterThan(1);
      assertThat(medianOf(c.strategy(), c, summary))
          .isGreaterThanOrEqualTo(medianOf(c.reference(), c, summary));
    } else if (claim.contains("costs") || claim.contains("fall behind") || claim.contains("next")) {
      assertThat(Double.parseDouble(match.group("high"))).isLessThan(1);
      assertThat(medianOf(c.strategy(), c, summary))
          .isLessThanOrEqualTo(medianOf(c.reference(), c, summary));
    }
  }

  private static void checkSame(MatchResult match, ScalingSummary summary) {
    Comparison c = comparison(match.group("a"), match.group("b"), summary);
    double reach = Double.parseDouble(match.group("x")) / 100;
    assertThat(Quantities.rounded(low(c))).isLessThanOrEqualTo(1);
    assertThat(Quantities.rounded(high(c))).isGreaterThanOrEqualTo(1);
    assertThat(low(c)).isGreaterThanOrEqualTo(1 - reach);
    assertThat(high(c)).isLessThanOrEqualTo(1 + reach);
  }

  private static double low(Comparison c) {
    Interval interval = c.ratio().interval();
    return interval == null ? Double.NaN : interval.low();
  }

  private static double high(Comparison c) {
    Interval interval = c.ratio().interval();
    return interval == null ? Double.NaN : interval.high();
  }

  private static double medianOf(String strategy, Comparison c, ScalingSummary summary) {
    Double median = summary.point(strategy, c.parallelism()).orElseThrow().throughputMedian();
    return median == null ? Double.NaN : Quantities.rounded(median);
  }

  private static Comparison comparison(String a, String b, ScalingSummary summary) {
    return Stream.concat(summary.contrasts().stream(), summary.comparisons().stream())
        .filter(c -> c.strategy().equals(a) && c.reference().equals(b))
        .findFirst()
        .orElseThrow();
  }

  private static TrialRecord failed(TrialRecord record) {
    return record.withOutcome(new TrialOutcome.Failed("lost", ""));
  }

  private static List<String> everything() {
    return Fixtures.DEFAULT_STRATEGIES;
  }

  /// A machine on which N = 2 of the global lock does so many million operations per second.
  private static SyntheticRun.Machine machine(double shared, double unshared, double processes) {
    return program -> new Truth(1e6 * millions(program, shared, unshared, processes), 0);
  }

  private static double millions(
      Program program, double shared, double unshared, double processes) {
    if (program.parallelism() == 1) {
      return 10;
    }
    if (program.layout().threadsPerProcess() == 1) {
      return processes;
    }
    if (program.sharing() == Sharing.THREAD) {
      return unshared;
    }
    return switch (program.discipline()) {
      case "gil" -> 300;
      case "atomic" -> 125;
      default -> shared;
    };
  }

  private static Experiment experiment(List<String> strategies, int forks) {
    return Fixtures.experiment(strategies, List.of(1, 2), new Scaling.FixedTime(), forks);
  }

  private static SyntheticRun run(
      SyntheticRun.Machine machine, List<String> strategies, int forks, double noise) {
    return new SyntheticRun(experiment(strategies, forks), Fixtures.catalogue(), 2, machine, noise);
  }

  private static List<String> sentences(
      SyntheticRun.Machine machine, List<String> strategies, int forks) {
    return Verdict.sentences(
        run(machine, strategies, forks, 0.003).summary(),
        experiment(strategies, forks),
        Fixtures.catalogue());
  }

  private static String first(SyntheticRun.Machine machine, List<String> strategies) {
    return sentences(machine, strategies, 6).getFirst();
  }

  private static List<String> of(RunReport report) {
    return Verdict.sentences(report.summary(), report.experiment(), report.catalogue());
  }
}

package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// No sentence of a report contradicts its figures, whatever the run was like.
///
/// Runs of every shape are made from seeds; every text that was generated of them is read back by a
/// grammar that knows nothing of how it was written, and each claim is held against the summary and
/// the trials. A sentence of no known form fails, and so does a form that no run reached.
class NoContradictionTest {
  /// In so many every form occurs.
  private static final int ENOUGH = 400;

  private static final int RUNS = Integer.getInteger("percore.truth.runs", ENOUGH);
  private static final long FIRST = Long.getLong("percore.truth.first", 1);

  /// Reading a whole page back takes longest.
  private static final int PAGE_EVERY = 4;

  private final Map<String, Integer> reached = new TreeMap<>();

  @Test
  void everySentenceIsTrueOfItsFigures() throws Exception {
    for (long seed = FIRST; seed < FIRST + RUNS; seed++) {
      RunReport report = AnyCalls.addedTo(AnyRun.of(seed), seed);
      report = AnyLocks.addedTo(AnyMemory.addedTo(report, seed), seed);
      try {
        read(report, seed % PAGE_EVERY == 0 || mishaps(report) > PageTrials.MOST);
        readVerdict(AnyRun.turned(report));
        new RankingClaims(new Facts(AnyRun.turned(report)), reached).read();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("run of seed " + seed + ": " + e.getMessage(), e);
      }
    }
    everyFormWasReached();
  }

  @Test
  void everySentenceOfSeveralMachinesIsTrueOfTheirFigures() {
    for (long seed = FIRST; seed < FIRST + RUNS; seed++) {
      RunReport report = AnyCluster.of(seed);
      try {
        new MachineClaims(report, reached).read(MachineReport.of(report).orElseThrow().sentences());
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("cluster of seed " + seed + ": " + e.getMessage(), e);
      }
    }
    everyFormWasReached();
  }

  private void everyFormWasReached() {
    reached.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(
            e ->
                System.out.printf("%9.3f per run  %s%n", (double) e.getValue() / RUNS, e.getKey()));
    List<String> never =
        reached.entrySet().stream().filter(e -> e.getValue() == 0).map(Map.Entry::getKey).toList();
    if (RUNS >= ENOUGH) {
      assertThat(never).as("forms that no run reached").isEmpty();
    }
  }

  private static long mishaps(RunReport report) {
    return report.trials().stream()
        .filter(trial -> !PageTrials.reason(trial.outcome()).isEmpty())
        .count();
  }

  private void readVerdict(RunReport report) {
    new VerdictClaims(new Facts(report), reached)
        .read(Verdict.sentences(report.summary(), report.experiment(), report.catalogue()));
  }

  private void read(RunReport report, boolean page) throws Exception {
    readVerdict(report);
    Facts facts = new Facts(report);
    new LawClaims(facts, reached).read(LawSummary.sentences(report));
    StringWriter markdown = new StringWriter();
    new MarkdownSummary().render(report, markdown);
    new TableClaims(facts, reached)
        .read(markdown.toString(), ConsoleTable.render(report, 10_000, false));
    new CostClaims(facts, reached).read();
    new RankingClaims(facts, reached).read();
    new MemoryClaims(facts, reached).read();
    new LockClaims(facts, reached).read();
    ChartClaims charts = new ChartClaims(facts, reached);
    Charts drawn = new Charts(report);
    for (ChartKind kind : ChartKind.values()) {
      drawn.chart(kind).ifPresent(chart -> charts.read(kind, chart));
    }
    if (page) {
      new PageClaims(facts, reached).read(new HtmlReport().render(report));
    } else {
      new PageClaims(facts, reached);
    }
  }
}

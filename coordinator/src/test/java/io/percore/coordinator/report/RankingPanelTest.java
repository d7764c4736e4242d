package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.percore.coordinator.report.chart.RankedBars;
import io.percore.coordinator.report.chart.RankedBars.Bar;
import io.percore.coordinator.report.chart.ReadOut.Row;
import io.percore.coordinator.report.chart.ReadOut.Stop;
import io.percore.coordinator.report.chart.Svg;
import io.percore.coordinator.stats.PointSummary;
import io.percore.coordinator.stats.ScalingSummary.Comparison;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class RankingPanelTest {
  private static final Pattern DOT = Pattern.compile("M([\\d.]+) ([\\d.]+)h0");

  private static Panel panel(RunReport run) {
    return RankingPanel.of(run).orElseThrow();
  }

  private static RankedBars figure(RunReport run) {
    return (RankedBars) panel(run).figure();
  }

  private static Document file(RunReport run) throws Exception {
    return Pages.xml(Svg.file(panel(run).figure()));
  }

  @Test
  void theHighestMedianComesFirstAtTheSizeAtWhichTheyAreCompared() {
    RunReport run = Fixtures.defaultRun();
    Comparison compared = run.summary().comparisons().getFirst();
    RankedBars figure = figure(run);
    assertThat(figure.title()).isEqualTo("Fastest first, at N\u00a0=\u00a02");
    assertThat(compared.parallelism()).isEqualTo(2);
    assertThat(figure.bars()).hasSize(8);
    assertThat(figure.bars())
        .isSortedAccordingTo(Comparator.comparingDouble(Bar::value).reversed());
    assertThat(figure.bars().getFirst().name()).isEqualTo(compared.reference());
    assertThat(figure.bars())
        .filteredOn(Bar::pale)
        .extracting(Bar::name)
        .containsExactly("sequential, N\u00a0=\u00a01", "racy");
  }

  @Test
  void everyForkHasADotAtItsPlaceBesideTheMedian() throws Exception {
    RunReport run = Fixtures.defaultRun();
    RankedBars figure = figure(run);
    List<Element> rows = Pages.ofClass(file(run), "dots");
    assertThat(rows).hasSize(8);
    // Where two forks of one row lie says where all others do.
    double perUnit = 0;
    double origin = 0;
    for (int i = 0; i < rows.size(); i++) {
      Bar bar = figure.bars().get(i);
      List<Double> forks = bar.singles().stream().map(v -> v / bar.value() - 1).sorted().toList();
      List<Double> dots =
          DOT.matcher(rows.get(i).getAttribute("d"))
              .results()
              .map(MatchResult::group)
              .map(dot -> Double.parseDouble(dot.substring(1, dot.indexOf(' '))))
              .toList();
      assertThat(dots).hasSize(6).hasSameSizeAs(forks);
      if (i == 0) {
        perUnit = (dots.getLast() - dots.getFirst()) / (forks.getLast() - forks.getFirst());
        origin = dots.getFirst() - perUnit * forks.getFirst();
      }
      for (int fork = 0; fork < forks.size(); fork++) {
        assertThat(dots.get(fork)).isCloseTo(origin + perUnit * forks.get(fork), within(0.5));
      }
    }
  }

  @Test
  void forksThatAreAlikeLieBesideEachOther() throws Exception {
    int alike = 0;
    for (Element row : Pages.ofClass(file(Fixtures.defaultRun()), "dots")) {
      List<double[]> dots =
          DOT.matcher(row.getAttribute("d"))
              .results()
              .map(
                  m ->
                      new double[] {Double.parseDouble(m.group(1)), Double.parseDouble(m.group(2))})
              .toList();
      for (int i = 1; i < dots.size(); i++) {
        if (dots.get(i)[0] - dots.get(i - 1)[0] < 4) {
          assertThat(Math.abs(dots.get(i)[1] - dots.get(i - 1)[1])).isGreaterThan(4);
          alike++;
        }
      }
    }
    assertThat(alike).isPositive();
  }

  @Test
  void theReadOutListsTheForksThatCountAndNoOther() {
    RunReport run = Fixtures.troubledRun();
    Panel panel = panel(run);
    Stop stop =
        panel.readOut().stops().stream()
            .filter(s -> s.label().equals("global-lock"))
            .findFirst()
            .orElseThrow();
    PointSummary point = run.summary().point("global-lock", 2).orElseThrow();
    assertThat(point.forks()).isEqualTo(5);
    String forks =
        point.forkThroughputs().stream()
            .sorted()
            .map(rate -> Quantities.count(rate))
            .reduce((a, b) -> a + ", " + b)
            .orElseThrow();
    assertThat(stop.rows())
        .extracting(Row::text)
        .contains(Typography.of("forks " + forks + " ops/s"))
        .anyMatch(line -> line.contains("of 5 forks"));
    assertThat(panel.figure().description()).contains(Typography.of(forks));
    assertThat(panel.readOut().stops()).hasSameSizeAs(panel.figure().draw(false).stops());
  }

  @Test
  void whoCannotBeToldFromTheFastestIsMarkedAndListedWithTheInterval() {
    RankedBars figure = figure(Fixtures.troubledRun());
    assertThat(figure.caption())
        .contains("processes has the highest median of the 4 compared.")
        .containsPattern("Indistinguishable from it \\(≈\\): unshared [\\d.]+× \\[.+,.+]\\.$");
    assertThat(figure.bars())
        .filteredOn(bar -> bar.figure().endsWith("≈"))
        .extracting(Bar::name)
        .containsExactly("unshared");
    assertThat(figure(Fixtures.defaultRun()).caption())
        .contains("does the most work of the 6 compared.")
        .doesNotContain("≈");
  }

  @Test
  void severalSpeedsHaveALineEach() throws Exception {
    RunReport run = Fixtures.defaultRun();
    assertThat(figure(run).bars()).allMatch(bar -> bar.levels().size() == 1);
    RunReport bimodal = Fixtures.unevenSpeeds();
    List<Bar> bars = figure(bimodal).bars();
    Bar two = bars.stream().filter(bar -> bar.levels().size() == 2).findFirst().orElseThrow();
    assertThat(two.levels().getLast() / two.levels().getFirst()).isGreaterThan(1.15);
    assertThat(figure(bimodal).caption()).contains("or those of several speeds");
    assertThat(two.reading()).contains("2 speeds: ");
    assertThat(Pages.ofClass(file(bimodal), "level"))
        .hasSize(bars.stream().mapToInt(bar -> bar.levels().size()).sum());
  }

  @Test
  void ofManyForksTheDistributionIsDrawn() throws Exception {
    RunReport run = Fixtures.manyTrials(1_000);
    assertThat(figure(run).bars().getFirst().singles()).hasSizeGreaterThan(RankedBars.MOST_DOTS);
    Document document = file(run);
    assertThat(Pages.ofClass(document, "dots")).isEmpty();
    assertThat(Pages.ofClass(document, "held")).hasSize(8);
    assertThat(figure(run).caption()).contains("as thick as they are many");
    assertThat(figure(run).bars().getFirst().reading()).contains("forks from ");
  }

  /// What is drawn of many forks is bounded by what can be told apart.
  @Test
  void aHundredTimesTheForksDoNotMakeTheDrawingLarger() {
    int some = Svg.file(figure(Fixtures.manyTrials(1_000))).length();
    assertThat(Svg.file(figure(Fixtures.manyTrials(10_000))).length()).isLessThan(2 * some);
  }

  @Test
  void aSingleForkEachLeavesNothingBesideItsMedian() throws Exception {
    RunReport run = Fixtures.quickRun();
    RunReport single = Fixtures.manyTrials(1);
    assertThat(figure(run).relative()).isNotNull();
    assertThat(figure(single).relative()).isNull();
    assertThat(figure(single).caption())
        .startsWith("Bars: one fork. No intervals")
        .doesNotContain("Dots");
    assertThat(Pages.ofClass(file(single), "dots")).isEmpty();
  }

  @Test
  void isNotThereWhereThereIsNothingToCompare() {
    assertThat(RankingPanel.of(Fixtures.oneFork())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fourteen strategies", "up to 512 workers", "hostile names"})
  void everyStrategyWithFiguresAtThatSizeIsThere(String name) {
    RunReport run = PageRuns.run(name);
    int n = run.summary().comparisons().getFirst().parallelism();
    List<String> names =
        run.summary().points().stream()
            .filter(p -> p.parallelism() == n && p.forks() > 0)
            .map(p -> PlainText.printable(Objects.requireNonNull(p.strategy())))
            .toList();
    assertThat(figure(run).bars()).extracting(Bar::name).containsAll(names);
    assertThat(n).isLessThanOrEqualTo(run.environment().hardwareThreads());
  }
}

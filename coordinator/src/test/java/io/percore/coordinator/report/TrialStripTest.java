package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialOutcome.Invalidated;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Scaling;
import io.percore.coordinator.report.chart.ReadOut;
import io.percore.coordinator.report.chart.ReadOut.Row;
import io.percore.coordinator.report.chart.Strip;
import io.percore.coordinator.report.chart.Strip.Dot;
import io.percore.coordinator.report.chart.Strip.Level;
import io.percore.coordinator.report.chart.Strip.Standing;
import io.percore.coordinator.report.chart.Svg;
import io.percore.coordinator.stats.SyntheticRun;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TrialStripTest {
  private static final int MANY = 625;

  @Test
  void everyAttemptHasItsDotAndItsStopInTheOrderInWhichTheyRan() {
    RunReport run = Fixtures.defaultRun();
    Panel panel = panel(run);
    Strip strip = strip(panel);
    assertThat(strip.dots())
        .hasSize(run.trials().size())
        .allMatch(dot -> dot.standing() == Standing.COUNTS)
        .extracting(Dot::x)
        .isSorted();
    assertThat(panel.readOut().stops()).hasSameSizeAs(strip.dots());
    assertThat(strip.stops()).hasSameSizeAs(strip.dots());
    assertThat(panel.readOut().stops().getFirst().label())
        .isEqualTo("attempt 1 of %d: trial 1, block 1".formatted(run.trials().size()));
    assertThat(strip.levels()).hasSize(6);
    assertThat(strip.caption())
        .contains("medians of the blocks")
        .doesNotContain("Hollow", "Ringed", "Arrow");
    assertThat(strip.description()).contains("all used");
  }

  /// A dot's height is its rate over the median that the table gives for its point.
  @Test
  void aValueIsHeldAgainstTheMedianOfItsOwnPoint() {
    RunReport run = Fixtures.defaultRun();
    TrialRecord third = run.trials().get(2);
    double median =
        run.summary().points().stream()
            .filter(p -> p.point().program().equals(third.trial().program()))
            .map(p -> Objects.requireNonNull(p.throughputMedian()))
            .findFirst()
            .orElseThrow();
    double rate = ((Completed) third.outcome()).measurement().operationsPerSecond();
    assertThat(Objects.requireNonNull(strip(panel(run)).dots().get(2).y()))
        .isCloseTo(rate / median, within(1e-12));
  }

  @Test
  void aDriftShowsInTheMediansOfTheBlocks() {
    RunReport run = run(6, record -> scaled(record, 1 + 0.05 * record.trial().block()));
    assertThat(strip(panel(run)).levels()).extracting(Level::y).isSorted();
    assertThat(strip(panel(run)).levels().getLast().y()).isGreaterThan(1.08);
    assertThat(strip(panel(run)).caption()).contains("medians of the blocks, 8", "\u00a0% to 11");
  }

  @Test
  void whatIsNotUsedIsHollowWithItsReasonAndLeadsToTheNextAttempt() {
    RunReport run = Fixtures.troubledRun();
    Panel panel = panel(run);
    Strip strip = strip(panel);
    List<Dot> unused =
        strip.dots().stream().filter(d -> d.standing() == Standing.NOT_COUNTED).toList();
    long expected =
        run.trials().stream().filter(t -> !PageTrials.reason(t.outcome()).isEmpty()).count();
    assertThat(unused).hasSize((int) expected);
    assertThat(unused).anyMatch(dot -> dot.y() == null).anyMatch(dot -> dot.y() != null);
    assertThat(strip.caption())
        .contains("not used, %d of %d".formatted(expected, run.trials().size()));
    assertThat(strip.links()).hasSize(1);
    int from = strip.links().getFirst().from();
    int to = strip.links().getFirst().to();
    assertThat(rows(panel.readOut(), from))
        .contains("not used: worker 0 was stopped for 61 ms inside the window");
    assertThat(rows(panel.readOut(), to)).contains("attempt 2 at this trial");
    assertThat(Svg.inPage(strip)).contains("class=\"cross\"", "class=\"link\"", "mark hollow");
  }

  @Test
  void whatIsKeptAlthoughDisturbedIsRinged() {
    RunReport run =
        run(
            2,
            record ->
                record.sequence() == 3
                    ? record.withOutcome(
                        new Completed(measurement(record), List.of(), "steal of 9 %"))
                    : record);
    Panel panel = panel(run);
    assertThat(strip(panel).dots().get(3).standing()).isEqualTo(Standing.MARKED);
    assertThat(strip(panel).caption()).contains("Ringed: kept although disturbed, 1.");
    assertThat(rows(panel.readOut(), 3)).contains("kept, the last attempt, although steal of 9 %");
    assertThat(Svg.inPage(strip(panel))).containsOnlyOnce("<circle");
  }

  @Test
  void whatLiesBeyondTheAxisIsAtItsEdgeWithItsFigure() {
    RunReport run = run(6, record -> record.sequence() == 5 ? scaled(record, 3) : record);
    Strip strip = strip(panel(run));
    assertThat(strip.y().scale().max()).isEqualTo(1.5);
    assertThat(strip.caption()).endsWith("Arrow: beyond the axis.");
    assertThat(Svg.inPage(strip))
        .containsOnlyOnce("class=\"arrow")
        .contains(">" + strip.dots().get(5).figure() + "</text>");
  }

  @Test
  void withoutTwoTrialsOfAPointThereIsNothingToCompare() {
    assertThat(TrialStrip.panel(Fixtures.oneFork())).isEmpty();
  }

  @Test
  void ofTenThousandTrialsNoExtremeAndNoneThatWasNotUsedIsHidden() {
    RunReport run =
        run(
            MANY,
            record ->
                switch (record.sequence()) {
                  case 4_000 -> scaled(record, 0.7);
                  case 7_001 -> scaled(record, 1.3);
                  case 1_234, 1_236, 9_000 ->
                      record.withOutcome(new Invalidated("steal of 4 %", measurement(record)));
                  default -> record;
                });
    assertThat(run.trials()).hasSize(10_000);
    Panel panel = panel(run);
    Strip strip = strip(panel);
    assertThat(strip.dots()).hasSizeLessThan(2 * TrialStrip.MOST_GROUPS + 4);
    assertThat(strip.dots())
        .extracting(Dot::x)
        .contains(4_001.0, 7_002.0, 1_235.0, 1_237.0, 9_001.0)
        .isSorted();
    assertThat(strip.levels()).hasSize(TrialStrip.MOST_GROUPS).allMatch(l -> l.low() < l.high());
    assertThat(strip.caption()).contains("50 at a time", "not used, 3 of 10000, every one.");
    assertThat(panel.readOut().stops()).hasSize(TrialStrip.MOST_GROUPS);
    assertThat(panel.readOut().stops().get(24).label()).isEqualTo("attempts 1201 to 1250 of 10000");
    assertThat(rows(panel.readOut(), 24))
        .filteredOn(text -> text.contains("not used: steal of 4 %"))
        .hasSize(2);
    assertThat(new HtmlReport().render(run).getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThan(450_000);
  }

  /// Every one is a result of its own, and yet the picture has an end.
  @Test
  void tenThousandThatWereNotUsedTakeNoMoreRoomThanCanBeToldApart() {
    RunReport run =
        run(
            MANY,
            record ->
                record.trial().block() < 2
                    ? record
                    : record.withOutcome(new Invalidated("steal", measurement(record))));
    String svg = Svg.inPage(strip(panel(run)));
    assertThat(svg).hasSizeLessThan(1_500_000);
    assertThat(svg.split("class=\"cross\"", -1)).hasSizeBetween(200, 350);
  }

  private static Panel panel(RunReport run) {
    return TrialStrip.panel(run).orElseThrow();
  }

  private static Strip strip(Panel panel) {
    return (Strip) panel.figure();
  }

  private static List<String> rows(ReadOut readOut, int stop) {
    return readOut.stops().get(stop).rows().stream().map(Row::text).toList();
  }

  /// The default comparison with other trials, ten thousand of them at most.
  private static RunReport run(int forks, UnaryOperator<TrialRecord> mishaps) {
    RunReport run = Fixtures.defaultRun();
    Experiment experiment =
        Fixtures.experiment(
            Fixtures.DEFAULT_STRATEGIES, List.of(1, 2, 4), new Scaling.FixedTime(), forks);
    SyntheticRun trials =
        new SyntheticRun(
                experiment, run.catalogue(), 2, program -> Fixtures.truth(program, 2), 0.008)
            .with(mishaps);
    return new RunReport(
        run.runId(),
        run.started(),
        run.wall(),
        experiment,
        run.catalogue(),
        run.environment(),
        run.limits(),
        trials.records().stream().limit(10_000).toList(),
        trials.summary(),
        true,
        run.aside());
  }

  private static Measurement measurement(TrialRecord record) {
    return ((Completed) record.outcome()).measurement();
  }

  /// The same at another speed.
  private static TrialRecord scaled(TrialRecord record, double factor) {
    Measurement m = measurement(record);
    return record.withOutcome(
        new Completed(
            new Measurement(
                Math.round(m.windowNanos() / factor),
                m.rounds(),
                m.threads(),
                m.processes(),
                m.verification(),
                m.scoredRounds(),
                m.launchNanos()),
            List.of()));
  }
}

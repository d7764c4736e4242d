package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.measurement.LockLedger;
import io.percore.coordinator.plan.Layout;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Sharing;
import io.percore.coordinator.report.Panel.View;
import io.percore.coordinator.report.chart.Box;
import io.percore.coordinator.report.chart.Lanes;
import io.percore.coordinator.report.chart.Svg;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class LockPanelTest {
  private static RunReport watched(int threads, int turns) {
    return Asides.with(
        Fixtures.defaultRun(),
        Asides.watched(
            new Program("gil", Sharing.PROCESS, new Layout(1, threads), true),
            turns(threads, turns)));
  }

  /// Threads that hold a lock in turn, for 5 ms each time.
  static List<LockLedger> turns(int threads, int turns) {
    List<LockLedger> ledgers = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int own = thread;
      ledgers.add(
          LockTimelineTest.ledger(
              thread,
              0,
              IntStream.range(0, turns)
                  .mapToLong(turn -> 5_000_000L * (turn * (long) threads + own))
                  .flatMap(from -> LongStream.of(from, from + 5_000_000))
                  .toArray()));
    }
    return ledgers;
  }

  private static void stopsMatch(Panel panel) {
    for (View view : panel.views()) {
      assertThat(view.figure().draw(false).stops()).hasSameSizeAs(panel.readOut().stops());
    }
  }

  @Test
  void drawsEachTurnToScaleAndSaysThatWatchingSlows() throws Exception {
    Panel panel = LockPanel.of(watched(2, 3)).orElseThrow();
    stopsMatch(panel);
    assertThat(panel.readOut().stops()).hasSize(6);
    assertThat(panel.figure().caption()).contains("a trial of its own, since watching takes time");
    assertThat(panel.figure().description()).contains("6 turns of 2 threads in 30.0\u00a0ms");
    Document document = Pages.xml(Svg.file(panel.figure()));
    assertThat(Pages.ofClass(document, "held")).hasSize(2);
    // Three turns of a sixth of the axis each, one after the other.
    String first = Pages.ofClass(document, "held").getFirst().getAttribute("d");
    assertThat(first.split("M", -1)).hasSize(4);
    List<Box> stops = panel.figure().draw(false).stops();
    double length = stops.getLast().x() + stops.getLast().width() - stops.getFirst().x();
    assertThat(length).isGreaterThan(700);
    List<Double> widths =
        Pattern.compile("h([0-9.]+)")
            .matcher(first)
            .results()
            .map(result -> Double.valueOf(result.group(1)))
            .toList();
    assertThat(widths)
        .hasSize(3)
        .allSatisfy(w -> assertThat(w * 6).isBetween(length - 1, length + 1));
    assertThat(panel.readOut().stops().getFirst().rows().getFirst().text())
        .isEqualTo("thread 0 held it for 5.00\u00a0ms");
  }

  @Test
  void ofMoreTurnsThanCanBeSeenShowsSharesAndAnExcerpt() {
    RunReport run = watched(4, 25_000);
    Panel panel = LockPanel.of(run).orElseThrow();
    stopsMatch(panel);
    assertThat(panel.readOut().stops()).hasSize(200 + 120);
    assertThat(Svg.file(panel.figure()))
        .contains("as high as the share of each", "from the middle of that")
        .hasSizeLessThan(60_000);
  }

  @Test
  void fiveHundredThreadsStayBounded() throws Exception {
    Panel panel = LockPanel.of(watched(512, 31)).orElseThrow();
    stopsMatch(panel);
    for (View view : panel.views()) {
      assertThat(view.figure().draw(false).height()).isLessThan(1200);
      assertThat(Svg.file(view.figure())).contains("481 others").hasSizeLessThan(200_000);
      Pages.xml(Svg.file(view.figure()));
    }
  }

  @Test
  void aRowOfSeveralLocksIsFilledOnceWhereSeveralAreHeld() {
    List<LockLedger> ledgers = new ArrayList<>();
    for (int slot = 0; slot < 35; slot++) {
      ledgers.add(LockTimelineTest.ofWorker(slot, 0, 0, 1_000L * slot, 40_000, 90_000, 99_000));
    }
    RunReport run =
        Asides.with(
            Fixtures.defaultRun(),
            Asides.watched(new Program("gil", Sharing.PROCESS, new Layout(35, 1), true), ledgers));
    Panel panel = LockPanel.of(run).orElseThrow();
    stopsMatch(panel);
    assertThat(((Lanes) panel.figure()).groups().getFirst().lanes().getLast())
        .isEqualTo(
            new Lanes.Lane(
                "4 others",
                List.of(new Lanes.Span(31_000, 40_000, 1), new Lanes.Span(90_000, 99_000, 1))));
    assertThat(panel.readOut().stops().getLast().rows().getFirst().text())
        .isEqualTo("one of 4 others held it for 9.00\u00a0µs");
  }

  @Test
  void isNotThereWhenNobodyGotTheLock() {
    assertThat(LockPanel.of(Fixtures.defaultRun())).isEmpty();
    assertThat(LockPanel.of(watched(2, 0))).isEmpty();
    assertThat(new HtmlReport().render(watched(2, 0))).contains("Turns with the lock");
  }
}

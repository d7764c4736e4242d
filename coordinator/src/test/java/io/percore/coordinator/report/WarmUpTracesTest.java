package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.SteadyState;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialOutcome.Invalidated;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Scaling;
import io.percore.coordinator.report.Panel.Place;
import io.percore.coordinator.report.chart.ReadOut.Row;
import io.percore.coordinator.report.chart.Svg;
import io.percore.coordinator.report.chart.Traces;
import io.percore.coordinator.report.chart.Traces.Trace;
import io.percore.coordinator.stats.Summaries;
import io.percore.coordinator.stats.SyntheticRun;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WarmUpTracesTest {
  /// Slices of a trial: of its warm-up, and of its window.
  private record Slices(List<Long> warmUp, List<Long> window) {}

  private static final Slices STEADY = new Slices(level(400, 1000, 1), level(1600, 1000, 2));
  private static final Slices WARMING = new Slices(level(400, 500, 1), level(1600, 1000, 2));
  private static final Slices QUICK = new Slices(level(200, 1000, 1), level(400, 1000, 2));

  @Test
  void eachProgramIsShownOnceWithItsClassAndItsChanges() {
    RunReport run = run(List.of("atomic", "sequential"), List.of(1, 2), _ -> WARMING);
    Panel panel = WarmUpTraces.panel(run).orElseThrow();
    List<Trace> traces = traces(panel);
    assertThat(traces)
        .extracting(Trace::name)
        .containsExactly("atomic, N = 1", "atomic, N = 2", "sequential, N = 1");
    assertThat(traces)
        .allSatisfy(
            trace -> {
              assertThat(trace.note()).isEqualTo("warm-up");
              assertThat(trace.steps()).hasSize(WarmUpTrace.STEPS);
              assertThat(trace.shaded()).isEqualTo(0.2);
              assertThat(trace.changes()).hasSize(1);
              assertThat(trace.changes().getFirst()).isCloseTo(0.2, within(0.005));
            });
    assertThat(panel.place()).isEqualTo(Place.COLLAPSED);
    assertThat(panel.figure().caption())
        .contains("Shaded: warm-up, 400\u00a0ms.", "the window, 1.60\u00a0s", "its rate changes")
        .doesNotContain("at N", "shown once", "several processes", "Too short");
    assertThat(panel.readOut().stops()).hasSize(3);
    assertThat(panel.readOut().stops().get(1).rows())
        .extracting(Row::text)
        .anyMatch(text -> text.startsWith("warm-up, "))
        .anyMatch(text -> text.startsWith("rate changes at ") && text.endsWith(" of the window"))
        .contains("3 forks: 3 warm-up");
    assertThat(Svg.inPage(panel.figure()))
        .contains("class=\"envelope\"", "class=\"change\"")
        .as("halves of a pixel have no zero before their point")
        .containsPattern("class=\"trace\" d=\"M[^l]*l[^\"]*[ -]\\.5")
        .doesNotContainPattern("class=\"trace\" d=\"M[^l]*l[^\"]*(?<![\\d.])0\\.");
  }

  @Test
  void changesThatWereRecordedAreNotLookedForAgain() {
    RunReport run =
        run(
            List.of("atomic"),
            List.of(1),
            _ -> WARMING,
            record -> {
              Measurement m = ((Completed) record.outcome()).measurement();
              return record.withOutcome(
                  new Completed(
                      m.withSteadyState(SteadyState.SLOWDOWN, List.of(1_000, 1_500)), List.of()));
            });
    Trace trace = traces(WarmUpTraces.panel(run).orElseThrow()).getFirst();
    assertThat(trace.note()).isEqualTo("slowdown");
    assertThat(trace.changes()).containsExactly(0.5, 0.75);
  }

  @Test
  void theFirstThatRanToItsEndIsShownWhateverItLooksLike() {
    RunReport run =
        run(
            List.of("atomic"),
            List.of(1),
            r -> r.trial().block() == 1 ? WARMING : STEADY,
            r -> r.trial().block() == 0 ? invalidated(r) : r);
    Trace trace = traces(WarmUpTraces.panel(run).orElseThrow()).getFirst();
    assertThat(trace.note()).isEqualTo("warm-up (1 of 2 forks)");
  }

  @Test
  void aSteadyTraceHasNoChange() {
    Trace trace =
        traces(WarmUpTraces.panel(run(List.of("atomic"), List.of(1), _ -> STEADY)).orElseThrow())
            .getFirst();
    assertThat(trace.note()).isEqualTo("flat");
    assertThat(trace.changes()).isEmpty();
    assertThat(trace.reading()).endsWith("no change of its rate found");
  }

  @Test
  void aShortTraceIsShownAndNotClassified() {
    Panel panel = WarmUpTraces.panel(run(List.of("atomic"), List.of(1), _ -> QUICK)).orElseThrow();
    assertThat(traces(panel).getFirst().note()).isEqualTo("not classified");
    assertThat(panel.figure().caption())
        .contains("Too short to be classified.")
        .doesNotContain("Upright");
  }

  @Test
  void withoutSlicesThereIsNone() {
    assertThat(WarmUpTraces.panel(Fixtures.defaultRun())).isEmpty();
    assertThat(WarmUpTraces.panel(Fixtures.fixedWork())).isEmpty();
  }

  @Test
  void whatSeveralStrategiesShareIsShownOnceAndSaysSo() {
    Panel panel =
        WarmUpTraces.panel(run(List.of("global-lock", "unshared"), List.of(1, 2), _ -> STEADY))
            .orElseThrow();
    assertThat(traces(panel))
        .extracting(Trace::name)
        .contains("global-lock, N = 1", "global-lock, N = 2", "unshared, N = 2")
        .doesNotContain("unshared, N = 1");
    assertThat(panel.figure().caption()).contains("shown once");
    assertThat(panel.readOut().stops().getFirst().rows())
        .extracting(Row::text)
        .contains("the same program: unshared");
  }

  @Test
  void ofManySizesThreeAreShown() {
    Panel panel =
        WarmUpTraces.panel(run(List.of("atomic"), List.of(1, 2, 3, 4, 8), _ -> QUICK))
            .orElseThrow();
    assertThat(traces(panel))
        .extracting(Trace::name)
        .contains("atomic, N = 1", "atomic, N = 2", "atomic, N = 8")
        .doesNotContain("atomic, N = 3", "atomic, N = 4");
    assertThat(panel.figure().caption()).contains("at N\u00a0=\u00a01, 2 and 8");
  }

  @Test
  void thePageIsCollapsedAndSmall() throws Exception {
    RunReport run = run(Fixtures.DEFAULT_STRATEGIES, List.of(1, 2, 4), _ -> WARMING);
    String html = new HtmlReport().render(run);
    assertThat(html.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(300_000);
    assertThat(Pages.byId(Pages.page(html), "warm-up").getFirstChild().getNodeName())
        .isEqualTo("details");
  }

  private static List<Trace> traces(Panel panel) {
    return ((Traces) panel.figure()).traces();
  }

  private static List<Long> level(int slices, long operations, long seed) {
    Random random = new Random(seed);
    return LongStream.range(0, slices)
        .map(i -> operations + random.nextInt(-20, 21))
        .boxed()
        .toList();
  }

  private static RunReport run(
      List<String> strategies, List<Integer> sizes, Function<TrialRecord, Slices> slices) {
    return run(strategies, sizes, slices, Function.identity());
  }

  /// Three blocks on two cores.
  private static RunReport run(
      List<String> strategies,
      List<Integer> sizes,
      Function<TrialRecord, Slices> slices,
      Function<TrialRecord, TrialRecord> mishaps) {
    RunReport run = Fixtures.defaultRun();
    Experiment experiment = Fixtures.experiment(strategies, sizes, new Scaling.FixedTime(), 3);
    SyntheticRun trials =
        new SyntheticRun(
            experiment, run.catalogue(), 2, program -> Fixtures.truth(program, 2), 0.008);
    List<TrialRecord> records =
        trials.records().stream().map(r -> sliced(r, slices.apply(r))).map(mishaps).toList();
    return new RunReport(
        run.runId(),
        run.started(),
        run.wall(),
        experiment,
        run.catalogue(),
        run.environment(),
        run.limits(),
        records,
        Summaries.summarize(experiment, run.catalogue(), 2, trials.points(), records),
        true,
        run.aside());
  }

  private static TrialRecord invalidated(TrialRecord record) {
    return record.withOutcome(
        new Invalidated("steal", ((Completed) record.outcome()).measurement()));
  }

  private static TrialRecord sliced(TrialRecord record, Slices slices) {
    SteadyState state =
        slices.equals(QUICK)
            ? SteadyState.NOT_CLASSIFIED
            : slices.equals(WARMING) ? SteadyState.WARM_UP : SteadyState.FLAT;
    return record.withOutcome(Asides.sliced(record, slices.warmUp(), slices.window(), state));
  }
}

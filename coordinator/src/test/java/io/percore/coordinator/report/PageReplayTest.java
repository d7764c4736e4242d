package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.plan.Replay;
import io.percore.coordinator.plan.Scaling;
import io.percore.coordinator.report.chart.Markup;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PageReplayTest {
  private static final String SECTION = "id=\"replay\"";

  private static final Replay ATOMIC =
      new Replay("atomic", List.of(new Replay.Step("A", "ADD", 1, 2)), 1, 2, 2, 1, false);

  @Test
  void aRunWrittenBeforeThereWereReplaysHasNoSection() {
    assertThat(page("racy", null)).doesNotContain(SECTION);
  }

  @Test
  void aRunOfExactDisciplinesAloneHasNoSection() {
    assertThat(page("global-lock", List.of(ATOMIC))).doesNotContain(SECTION);
    assertThat(page("atomic", List.of(ATOMIC))).doesNotContain(SECTION);
  }

  @Test
  void aRunThatMayLoseUpdatesHasItWhicheverReplayComesFirst() {
    assertThat(page("racy", List.of(ATOMIC))).contains(SECTION);
  }

  @Test
  void paperGoesWithoutAndSaysSo() {
    assertThat(notes(run("racy", List.of(ATOMIC)))).contains("how an update gets lost");
    assertThat(notes(run("atomic", List.of(ATOMIC)))).doesNotContain("how an update gets lost");
  }

  private static String notes(RunReport run) {
    Markup page = new Markup();
    PageNotes.write(page, run);
    return page.toString();
  }

  private static String page(String strategy, @Nullable List<Replay> replays) {
    Markup page = new Markup();
    PageReplay.write(page, run(strategy, replays));
    return page.toString();
  }

  private static RunReport run(String strategy, @Nullable List<Replay> replays) {
    RunReport run = Fixtures.defaultRun();
    Catalogue offered = run.catalogue();
    return new RunReport(
        run.runId(),
        run.started(),
        run.wall(),
        Fixtures.experiment(
            List.of(strategy), run.experiment().parallelisms(), new Scaling.FixedTime(), 5),
        new Catalogue(offered.disciplines(), offered.workloads(), replays),
        run.environment(),
        run.limits(),
        run.trials(),
        run.summary(),
        run.complete(),
        run.aside());
  }
}

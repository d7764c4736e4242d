package io.percore.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.plan.Experiment.Pinning;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static Experiment experiment(Pinning pinning, long seed, String... strategies) {
    return new Experiment(
        Stream.of(strategies).map(Strategy::parse).toList(),
        List.of(1, 2, 4),
        "counter",
        Map.of(),
        Map.of(),
        new Scaling.FixedTime(),
        6,
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        pinning,
        seed);
  }

  private static List<String> layouts(Planner planner, String strategy) {
    return planner.points().stream()
        .filter(point -> point.strategy().name().equals(strategy))
        .map(point -> point.program().layout().toString())
        .toList();
  }

  @Test
  void armsThatAreOneProgramShareTheirTrial() {
    Planner planner =
        new Planner(experiment(Pinning.AUTO, 1, "global-lock", "processes", "unshared"), 2, true);
    // At N = 1 the three are one thread under its own lock.
    assertThat(planner.points()).hasSize(9);
    assertThat(planner.programs()).hasSize(7);
  }

  @Test
  void everyProgramRunsUnderEachCollectorAndTheFirstLeavesNamesAsTheyAre() {
    Experiment one = experiment(Pinning.AUTO, 1, "atomic", "sequential");
    Planner plain = new Planner(one, 2, true);
    Planner two = new Planner(one.under(List.of(Collector.SERIAL, Collector.G1)), 2, true);

    assertThat(two.points())
        .extracting(point -> point.strategy().name() + " " + point.program().collector())
        .containsSubsequence(
            "atomic SERIAL", "atomic/g1 G1", "sequential SERIAL", "sequential/g1 G1")
        .doesNotContain("atomic G1", "atomic null");
    assertThat(two.programs()).hasSize(2 * plain.programs().size()).doesNotHaveDuplicates();
    assertThat(plain.programs()).extracting(Program::collector).containsOnlyNulls();
  }

  @Test
  void everyMachineHasAnNOfOneOfItsOwn() {
    Experiment experiment = experiment(Pinning.AUTO, 1, "processes", "unshared", "atomic");
    assertThat(new Planner(experiment, 4, true).baselines()).isEmpty();

    Planner two = new Planner(experiment, new Cluster(List.of(2, 2)), true);
    assertThat(two.baselines())
        .extracting(Program::name)
        .containsExactly("global-lock@2x1 on each machine", "atomic@2x1 on each machine");
    assertThat(two.baselines()).allMatch(Program::pinned);
    assertThat(two.block(3)).extracting(Trial::program).containsAll(two.baselines());
    // Those of N = 2 are two processes on the first machine.
    assertThat(two.points())
        .extracting(ScalePoint::program)
        .contains(new Program("global-lock", Sharing.PROCESS, new Layout(2, 1), true))
        .doesNotContainAnyElementsOf(two.baselines());
  }

  @Test
  void everyCurveBeginsWithItsOwnBase() {
    Planner planner =
        new Planner(experiment(Pinning.AUTO, 1, "atomic@2x2", "atomic@Nx2", "atomic"), 2, true);
    assertThat(layouts(planner, "atomic@2x2")).containsExactly("1x1", "2x2");
    assertThat(layouts(planner, "atomic@Nx2")).containsExactly("1x1", "1x2", "2x2", "4x2");
    assertThat(layouts(planner, "atomic")).containsExactly("1x1", "1x2", "1x4");
  }

  @Test
  void whatIsWatchedHasOneLockThreadsThatShareItAndALargestSize() {
    Planner planner =
        new Planner(
            experiment(Pinning.AUTO, 1, "gil", "atomic", "processes", "unshared", "gil@2x2"),
            4,
            true);
    Catalogue catalogue =
        new Catalogue(List.of(discipline("gil", true), discipline("atomic", false)), List.of());
    List<Trial> trials = planner.watchable(catalogue, 6);
    assertThat(trials)
        .extracting(trial -> trial.program().discipline() + "@" + trial.program().layout())
        .containsExactly("gil@1x4");
    assertThat(trials.getFirst().block()).isEqualTo(6);
    assertThat(trials.getFirst().index()).isEqualTo(planner.block(5).getLast().index() + 1);
    Catalogue older = new Catalogue(List.of(discipline("gil", null)), List.of());
    assertThat(planner.watchable(older, 6)).isEmpty();
  }

  @Test
  void memoryIsMeasuredAtTheLargestSizeThatHasProcessors() {
    Planner planner =
        new Planner(
            experiment(Pinning.AUTO, 1, "atomic", "atomic@1x2", "processes", "sequential"),
            2,
            true);
    List<Trial> trials = planner.largest(7);
    // The two of atomic are one program.
    assertThat(trials)
        .extracting(trial -> trial.program().discipline() + "@" + trial.program().layout())
        .containsExactly("atomic@1x2", "global-lock@2x1", "plain@1x1");
    assertThat(trials).extracting(Trial::block).containsOnly(7);
  }

  private static Catalogue.Discipline discipline(String id, @Nullable Boolean watchable) {
    return new Catalogue.Discipline(
        id, id, "", true, false, 1, 1, 64, List.of(), List.of(), null, watchable);
  }

  @Test
  void theSameSeedGivesTheSameOrderAndAnotherOneAnother() {
    List<Trial> first = new Planner(experiment(Pinning.AUTO, 7, "gil", "atomic"), 2, true).block(3);
    assertThat(new Planner(experiment(Pinning.AUTO, 7, "gil", "atomic"), 2, true).block(3))
        .isEqualTo(first);
    List<List<Program>> orders =
        Stream.of(8L, 9L, 10L, 11L)
            .map(seed -> new Planner(experiment(Pinning.AUTO, seed, "gil", "atomic"), 2, true))
            .map(planner -> planner.block(3).stream().map(Trial::program).toList())
            .distinct()
            .toList();
    assertThat(orders).hasSizeGreaterThan(1);
  }

  @Test
  void blocksAreCompleteShuffledDifferentlyAndNumberedOn() {
    Planner planner = new Planner(experiment(Pinning.AUTO, 7, "gil", "atomic", "racy"), 2, true);
    List<Trial> first = planner.block(0);
    List<Trial> second = planner.block(1);
    assertThat(first)
        .extracting(Trial::program)
        .containsExactlyInAnyOrderElementsOf(planner.programs());
    assertThat(second)
        .extracting(Trial::program)
        .containsExactlyInAnyOrderElementsOf(planner.programs())
        .isNotEqualTo(first.stream().map(Trial::program).toList());
    assertThat(second.getFirst().index()).isEqualTo(first.getLast().index() + 1);
  }

  @Test
  void threadsArePinnedWhereThereAreEnoughProcessors() {
    Planner planner = new Planner(experiment(Pinning.AUTO, 1, "atomic"), 2, true);
    assertThat(planner.points())
        .extracting(point -> point.program().pinned())
        .containsExactly(true, true, false);
    assertThat(new Planner(experiment(Pinning.ON, 1, "atomic"), 2, false).programs())
        .noneMatch(Program::pinned);
  }

  @Test
  void bothPinningsAddCurvesWhoseNewProgramsOnlyAreRun() {
    Planner auto = new Planner(experiment(Pinning.AUTO, 1, "gil", "atomic"), 2, true);
    Planner both = new Planner(experiment(Pinning.BOTH, 1, "gil", "atomic"), 2, true);
    assertThat(both.points())
        .extracting(p -> p.strategy().name())
        .contains("gil/unpinned", "gil/pinned");
    assertThat(both.programs()).containsAll(auto.programs());
    assertThat(both.programs())
        .contains(
            new Program("gil", Sharing.PROCESS, new Layout(1, 2), false),
            new Program("gil", Sharing.PROCESS, new Layout(1, 4), true));
  }
}

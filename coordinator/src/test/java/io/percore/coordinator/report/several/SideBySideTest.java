package io.percore.coordinator.report.several;

import static io.percore.coordinator.report.several.SeveralFixtures.by;
import static io.percore.coordinator.report.several.SeveralFixtures.named;
import static io.percore.coordinator.report.several.SeveralFixtures.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.report.Fixtures;
import io.percore.coordinator.report.RunReport;
import io.percore.coordinator.report.several.Relation.Difference;
import io.percore.coordinator.report.several.Relation.Withheld;
import io.percore.coordinator.stats.RunComparison;
import io.percore.coordinator.stats.RunComparison.PointChange;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SideBySideTest {
  private static final RunReport RUN = Fixtures.defaultRun();
  private static final Environment HERE = RUN.environment();

  @Test
  void oneThingThatDiffersLeavesARatio() {
    Relation relation = SeveralFixtures.oneMachine().relations().getFirst();

    assertThat(relation.differences())
        .containsExactly(new Difference(Factor.JVM, "JVM arguments", "", "-XX:+UseParallelGC"));
    assertThat(Objects.requireNonNull(relation.comparison()).points())
        .hasSameSizeAs(RUN.summary().points());
    assertThat(relation.change("atomic", 2))
        .get()
        .extracting(PointChange::parallelism)
        .isEqualTo(2);
  }

  @Test
  void twoThingsThatDifferLeaveNone() {
    Environment there = SeveralFixtures.otherMachine(HERE, "other", "Xeon");
    Relation relation = relationOf(on(RUN, SeveralFixtures.otherJvm(there, "26+1")));

    assertThat(relation.factors()).containsExactly(Factor.MACHINE, Factor.JVM);
    assertThat(relation.comparison()).isNull();
    assertThat(relation.change("atomic", 2)).isEmpty();
  }

  @Test
  void whatFollowsFromTheMachineIsNoDifferenceOfTheJvm() {
    Environment there =
        SeveralFixtures.otherMachine(HERE, "other", "Xeon")
            .withJvmArguments(
                Stream.concat(
                        Stream.of("-XX:SharedArchiveFile=/x/y.jsa", "-XX:ActiveProcessorCount=64"),
                        HERE.jvmArguments().stream())
                    .toList());

    assertThat(relationOf(on(RUN, there)).factors()).containsExactly(Factor.MACHINE);
  }

  /// The heap that a worker gets for the largest size, and one that somebody chose.
  @Test
  void theHeapThatFollowsFromTheSizesIsNoDifferenceEither() {
    NamedRun usual = named("a", on(RUN, HERE.withJvmArguments(List.of("-Xms65m", "-Xmx65m"))));
    NamedRun chosen = named("b", on(RUN, HERE.withJvmArguments(List.of("-Xms1g", "-Xmx1g"))));

    assertThat(Fact.JVM_ARGUMENTS.of(usual)).isEmpty();
    assertThat(Fact.JVM_ARGUMENTS.of(chosen)).containsExactly("-Xms1g", "-Xmx1g");
  }

  @Test
  void aStrategyWithOtherParametersHasNoRatioOfItsOwn() {
    Map<String, Map<String, String>> parameters =
        new HashMap<>(RUN.experiment().disciplineParameters());
    parameters.put("gil", Map.of("switch-interval", "1000", "checkpoint", "backward-jump"));
    Relation relation =
        relationOf(by(RUN, e -> SeveralFixtures.withDisciplineParameters(e, parameters)));

    assertThat(relation.withheld()).extracting(Withheld::strategy).containsExactly("gil");
    assertThat(relation.withheld().getFirst().reason())
        .isEqualTo("switch-interval=1000, not switch-interval=5000");
    assertThat(relation.change("gil", 2)).isEmpty();
    assertThat(relation.change("atomic", 2)).isPresent();
  }

  @Test
  void allRatiosAreOneFamily() {
    NamedRun first = named("a", RUN);
    NamedRun second = named("b", RUN);
    NamedRun third = named("c", RUN);
    double alone = low(SideBySide.of(List.of(first, second)));
    assertThat(low(SideBySide.of(List.of(first, second, third)))).isLessThan(alone);
  }

  private static double low(SideBySide runs) {
    RunComparison comparison = Objects.requireNonNull(runs.relations().getFirst().comparison());
    return Objects.requireNonNull(comparison.points().getFirst().adjusted()).low();
  }

  @Test
  void machinesAreCountedAndRunsOfOneAreNoMachines() {
    NamedRun here = named("a", RUN);
    NamedRun again = named("b", on(RUN, SeveralFixtures.withArgument(HERE, "-Da=b")));
    NamedRun elsewhere = named("c", on(RUN, SeveralFixtures.otherHost(HERE, "elsewhere")));

    assertThat(SideBySide.of(List.of(here, again)).title())
        .isEqualTo("2 runs on one machine: Counter");
    assertThat(SideBySide.of(List.of(here, elsewhere)).title()).isEqualTo("2 machines: Counter");
    assertThat(SideBySide.of(List.of(here, again, elsewhere)).title())
        .isEqualTo("3 runs on 2 machines: Counter");
    assertThat(SideBySide.of(List.of(here, elsewhere)).relations().getFirst().factors())
        .containsExactly(Factor.MACHINE);
  }

  @Test
  void whatCannotStandSideBySideIsNamed() {
    NamedRun run = named("a", RUN);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SideBySide.of(List.of(run, run)))
        .withMessage("a is named twice: name each run once");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SideBySide.of(List.of(run, named("b", Fixtures.pairs()))))
        .withMessageContaining("workload of a and b differs: counter and hot");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SideBySide.of(List.of(run, named("b", Fixtures.fixedWork()))))
        .withMessageContaining("kind of scaling of a and b differs");
    assertThatIllegalArgumentException().isThrownBy(() -> SideBySide.of(List.of(run)));
  }

  @Test
  void namesAreAsShortAsTheyTellApart() {
    assertThat(NamedRun.names(List.of(Path.of("x/a"), Path.of("x/b")))).containsExactly("a", "b");
    assertThat(NamedRun.names(List.of(Path.of("x/run"), Path.of("y/run"))))
        .containsExactly("x/run", "y/run");
    assertThat(NamedRun.names(List.of(Path.of("/"), Path.of("/a")))).containsExactly("/", "a");
    assertThat(NamedRun.names(List.of(Path.of("/a"), Path.of("/b/a")))).containsExactly("a", "b/a");
  }

  private static Relation relationOf(RunReport other) {
    return SideBySide.of(List.of(named("a", RUN), named("b", other))).relations().getFirst();
  }
}

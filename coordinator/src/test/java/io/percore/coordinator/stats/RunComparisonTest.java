package io.percore.coordinator.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.report.Fixtures;
import io.percore.coordinator.stats.RunComparison.Change;
import io.percore.coordinator.stats.RunComparison.Pair;
import io.percore.coordinator.stats.RunComparison.PointChange;
import io.percore.coordinator.stats.SyntheticRun.Machine;
import io.percore.coordinator.stats.SyntheticRun.Truth;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunComparisonTest {
  private static final int PAIRS = 100;
  private static final double NOISE = 0.01;
  private static final Machine SAME = program -> new Truth(1e8 / program.parallelism(), 0);

  /// Six forks of some twenty points, a hundred times.
  @Test
  void equalRunsAreSeldomCalledDifferent() {
    long different =
        IntStream.range(0, PAIRS)
            .filter(
                pair ->
                    compare(points(SAME, 2 * pair + 1), points(SAME, 2 * pair + 2), 1)
                        .points()
                        .stream()
                        .anyMatch(point -> point.change() != Change.INDISTINGUISHABLE))
            .count();
    assertThat(different).isBetween(1L, 8L);
  }

  @Test
  void equalRunsSeldomRegress() {
    assertThat(
            IntStream.range(0, PAIRS)
                .filter(
                    pair ->
                        compare(points(SAME, 2 * pair + 1), points(SAME, 2 * pair + 2), 1)
                            .regressed())
                .count())
        .isLessThanOrEqualTo(5);
  }

  @Test
  void whatGotSlowerIsFoundAndNothingElse() {
    Machine slower =
        program -> new Truth(SAME.run(program).rate() * (isAtomicAtTwo(program) ? 0.85 : 1), 0);

    RunComparison comparison = compare(points(SAME, 1), points(slower, 2), 0.95);

    assertThat(comparison.regressed()).isTrue();
    assertThat(comparison.points())
        .filteredOn(PointChange::regressed)
        .extracting(point -> point.strategy() + " " + point.parallelism())
        .containsExactly("atomic 2");
    assertThat(comparison.points()).filteredOn(point -> point.change() == Change.SLOWER).hasSize(1);
  }

  @Test
  void whatIsSlowerByLessThanAskedForIsNoRegression() {
    Machine slower = program -> new Truth(SAME.run(program).rate() * 0.97, 0);

    RunComparison comparison = compare(points(SAME, 1), points(slower, 2), 0.9);

    assertThat(comparison.regressed()).isFalse();
    assertThat(compare(points(slower, 2), points(SAME, 1), 0.9).points())
        .noneMatch(point -> point.change() == Change.SLOWER);
  }

  /// A machine whose clock is three per cent lower on the second day: seen, and no regression.
  @Test
  void whatAMachineDoesFromRunToRunIsNoRegression() {
    Machine later = program -> new Truth(SAME.run(program).rate() * 0.97, 0);

    RunComparison comparison =
        compare(points(SAME, 1), points(later, 2), RunComparison.USUAL_BOUND);

    assertThat(comparison.points()).anyMatch(point -> point.change() == Change.SLOWER);
    assertThat(comparison.regressed()).isFalse();
    assertThat(compare(points(SAME, 1), points(later, 2), 1).regressed()).isTrue();
  }

  @Test
  void aPointThatOneRunLacksIsNamed() {
    List<PointSummary> all = points(SAME, 1);
    List<PointSummary> some =
        all.stream().filter(point -> !point.strategy().equals("gil")).toList();

    assertThat(compare(all, some, 1).onlyInBase()).contains("gil at N = 2");
    assertThat(compare(all, some, 1).incomplete()).isTrue();
    assertThat(compare(some, all, 1).onlyInNew()).contains("gil at N = 2");
    assertThat(compare(some, all, 1).incomplete()).isFalse();
  }

  /// Three runs against one, a hundred times: adjusted pair by pair, about 14 would differ.
  @Test
  void severalPairsAreAdjustedAsOneFamily() {
    long different =
        IntStream.range(0, PAIRS).filter(i -> anyDiffers(equalPairs(4 * i + 1, 3))).count();
    assertThat(different).isBetween(1L, 8L);

    List<Pair> pairs = equalPairs(1, 3);
    assertThat(
            Objects.requireNonNull(
                    RunComparison.family(pairs, 1).getFirst().points().getFirst().adjusted())
                .low())
        .isLessThan(
            Objects.requireNonNull(
                    RunComparison.family(pairs.subList(0, 1), 1)
                        .getFirst()
                        .points()
                        .getFirst()
                        .adjusted())
                .low());
  }

  private static List<Pair> equalPairs(long seed, int pairs) {
    List<PointSummary> base = points(SAME, seed);
    return IntStream.rangeClosed(1, pairs)
        .mapToObj(i -> new Pair(base, points(SAME, seed + i)))
        .toList();
  }

  private static boolean anyDiffers(List<Pair> pairs) {
    return RunComparison.family(pairs, 1).stream()
        .flatMap(comparison -> comparison.points().stream())
        .anyMatch(point -> point.change() != Change.INDISTINGUISHABLE);
  }

  /// Nothing is known of one fork's scatter.
  @Test
  void oneForkIsUnknown() {
    RunComparison comparison = compare(points(SAME, 1), Fixtures.oneFork().summary().points(), 1);

    assertThat(comparison.points())
        .isNotEmpty()
        .allSatisfy(
            point -> {
              assertThat(point.change()).isEqualTo(Change.UNKNOWN);
              assertThat(point.ratio()).isNull();
              assertThat(point.regressed()).isFalse();
            });
    assertThat(comparison.incomplete()).isTrue();
  }

  private static boolean isAtomicAtTwo(Program program) {
    return program.discipline().equals("atomic")
        && program.layout().threadsPerProcess() == 2
        && program.layout().processes() == 1;
  }

  private static RunComparison compare(
      List<PointSummary> base, List<PointSummary> now, double bound) {
    return RunComparison.of(base, now, bound);
  }

  private static List<PointSummary> points(Machine machine, long seed) {
    Experiment like = Fixtures.defaultRun().experiment();
    Experiment experiment =
        new Experiment(
            like.strategies(),
            like.parallelisms(),
            like.workload(),
            like.workloadParameters(),
            like.disciplineParameters(),
            like.scaling(),
            like.forks(),
            like.warmUp(),
            like.window(),
            like.pinning(),
            like.place(),
            seed,
            like.collectors());
    return new SyntheticRun(experiment, Fixtures.defaultRun().catalogue(), 2, machine, NOISE)
        .summary()
        .points();
  }
}

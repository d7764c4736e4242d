package io.percore.coordinator.stats.steady;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PeltTest {
  @Property(tries = 300)
  void findsTheBestOfAllSegmentations(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 150) int length,
      @ForAll @IntRange(min = 0, max = 6) int changes,
      @ForAll @IntRange(min = 2, max = 12) int minimum,
      @ForAll @DoubleRange(min = 0.5, max = 60) double penalty) {
    double[] series = piecewise(new Random(seed), length, changes);

    List<Integer> found = Pelt.changepoints(series, penalty, minimum);

    List<Segment> segments = Segment.between(series, found);
    assertThat(segments)
        .allSatisfy(
            s -> assertThat(s.to() - s.from()).isGreaterThanOrEqualTo(Math.min(minimum, length)));
    if (length >= minimum) {
      NormalCost cost = new NormalCost(series);
      double total =
          segments.stream().mapToDouble(s -> cost(cost, s.from(), s.to())).sum()
              + penalty * found.size();
      assertThat(total).isCloseTo(leastTotal(cost, penalty, minimum), within(1e-6));
    }
  }

  @Test
  void findsStepsOfTheMean() {
    Random random = new Random(1);
    double[] series =
        IntStream.range(0, 1000)
            .mapToDouble(i -> (i < 300 ? 10 : i < 600 ? 13 : 11) + random.nextGaussian() / 2)
            .toArray();

    List<Integer> found = Pelt.changepoints(series, Pelt.penalty(1000), 20);

    assertThat(found).hasSize(2);
    assertThat(found.get(0)).isBetween(298, 302);
    assertThat(found.get(1)).isBetween(598, 602);
  }

  @Test
  void findsAStepOfTheVariance() {
    Random random = new Random(2);
    double[] series =
        IntStream.range(0, 1000)
            .mapToDouble(i -> 50 + (i < 400 ? 1 : 4) * random.nextGaussian())
            .toArray();

    assertThat(Pelt.changepoints(series, Pelt.penalty(1000), 20))
        .singleElement()
        .satisfies(at -> assertThat(at).isBetween(385, 415));
  }

  @Test
  void constantsHaveNone() {
    double[] series = new double[1000];
    assertThat(Pelt.changepoints(series, Pelt.penalty(1000), 20)).isEmpty();
    Arrays.fill(series, 7e8);
    assertThat(Pelt.changepoints(series, Pelt.penalty(1000), 20)).isEmpty();
  }

  @Test
  void aStepBetweenConstantsIsFoundExactly() {
    double[] series = new double[1000];
    Arrays.fill(series, 0, 250, 7e8);
    Arrays.fill(series, 250, 1000, 8e8);
    assertThat(Pelt.changepoints(series, Pelt.penalty(1000), 20)).containsExactly(250);
  }

  @Test
  void neitherUnitNorOffsetMatters() {
    double[] series = piecewise(new Random(3), 500, 4);
    double[] other = Arrays.stream(series).map(x -> 1e9 + 1e6 * x).toArray();
    assertThat(Pelt.changepoints(other, 40, 5)).isEqualTo(Pelt.changepoints(series, 40, 5));
  }

  @Test
  void whatIsTooShortToSplitHasNone() {
    assertThat(Pelt.changepoints(new double[] {}, 1, 2)).isEmpty();
    assertThat(Pelt.changepoints(new double[] {1, 100, 1}, 1, 2)).isEmpty();
  }

  @Test
  void refusesWhatIsTooSmall() {
    double[] series = {1, 2, 3};
    assertThatThrownBy(() -> Pelt.changepoints(series, 0, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Pelt.changepoints(series, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double cost(NormalCost costs, int from, int to) {
    double[] cost = new double[1];
    costs.fill(cost, new int[] {from}, 1, to);
    return cost[0];
  }

  /// Optimal partitioning without pruning.
  private static double leastTotal(NormalCost cost, double penalty, int minimum) {
    double[] best = new double[cost.length() + 1];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    best[0] = -penalty;
    for (int end = minimum; end <= cost.length(); end++) {
      for (int start = 0; start <= end - minimum; start++) {
        best[end] = Math.min(best[end], best[start] + cost(cost, start, end) + penalty);
      }
    }
    return best[cost.length()];
  }

  private static double[] piecewise(Random random, int length, int changes) {
    int[] at = random.ints(changes, 0, length).sorted().toArray();
    double[] series = new double[length];
    double mean = 0;
    double deviation = 1;
    int next = 0;
    for (int i = 0; i < length; i++) {
      for (; next < changes && at[next] == i; next++) {
        mean = 5 * random.nextGaussian();
        deviation = 0.2 + 2 * random.nextDouble();
      }
      series[i] = mean + deviation * random.nextGaussian();
    }
    return series;
  }
}

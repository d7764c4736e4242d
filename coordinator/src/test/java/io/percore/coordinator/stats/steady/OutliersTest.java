package io.percore.coordinator.stats.steady;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutliersTest {
  /// What each value is held against must be what sorting its surroundings anew says.
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 199, 200, 201, 1000})
  void aMovedWindowIsTheSortedOne(int length) {
    Random random = new Random(length);
    double[] series =
        IntStream.range(0, length)
            .mapToDouble(
                _ -> random.nextInt(40) == 0 ? random.nextInt(9) * 1e3 : random.nextInt(50))
            .toArray();
    double[] expected = IntStream.range(0, length).mapToDouble(i -> usual(series, i)).toArray();
    assertThat(Outliers.replaced(series)).containsExactly(expected);
    assertThat(Arrays.equals(series, expected)).isEqualTo(length < 199);
  }

  private static double usual(double[] series, int i) {
    int width = Math.min(Outliers.SURROUNDINGS, series.length);
    int from = Math.clamp(i - width / 2, 0, series.length - width);
    double[] around = Arrays.stream(series, from, from + width).sorted().toArray();
    double median = around[width / 2];
    double spread = around[width * 9 / 10] - around[width / 10];
    return Math.abs(series[i] - median) > 3 * spread ? median : series[i];
  }
}

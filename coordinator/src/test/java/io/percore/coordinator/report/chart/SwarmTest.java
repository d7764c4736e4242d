package io.percore.coordinator.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SwarmTest {
  @Test
  void dotsThatAreApartStayOnTheLine() {
    assertThat(lanes(5, 30, 10, 20)).containsExactly(0, 0, 0);
  }

  @Test
  void equalOnesSpreadToBothSidesAndThenLieOnEachOther() {
    assertThat(lanes(3, 10, 10, 10)).containsExactly(0, 1, -1);
    assertThat(lanes(3, 10, 10, 10, 10)).containsExactly(0, 1, -1, 0);
  }

  @Test
  void theLineIsTakenAgainWhereItIsFree() {
    assertThat(lanes(5, 10, 12, 15)).containsExactly(0, 1, 0);
  }

  private static List<Integer> lanes(int lanes, double... positions) {
    return Swarm.of(positions, 5, lanes).stream().map(Swarm.Dot::lane).toList();
  }

  @Property
  void noneMovesAlongTheLineAndNoneHidesAnother(
      @ForAll @Size(max = 24) List<@DoubleRange(min = 0, max = 300) Double> positions) {
    double[] at = positions.stream().mapToDouble(x -> x).toArray();
    List<Swarm.Dot> dots = Swarm.of(at, 5, 24);
    Arrays.sort(at);
    assertThat(dots.stream().mapToDouble(Swarm.Dot::at).toArray()).containsExactly(at);
    for (int i = 0; i < dots.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(
                dots.get(i).lane() != dots.get(j).lane()
                    || dots.get(i).at() - dots.get(j).at() >= 5)
            .isTrue();
      }
    }
  }
}

package io.percore.coordinator.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LabelColumnTest {
  @Test
  void labelsThatAreApartStayWhereTheyWish() {
    assertThat(LabelColumn.place(List.of(80., 20., 50.), 16, 0, 100)).containsExactly(80, 20, 50);
  }

  @Test
  void equalWishesSpreadEvenlyAroundTheirPlace() {
    assertThat(LabelColumn.place(List.of(50., 50., 50.), 10, 0, 100)).containsExactly(40, 50, 60);
  }

  @Test
  void noneLeavesTheEnds() {
    assertThat(LabelColumn.place(List.of(0., 0.), 10, 5, 95)).containsExactly(5, 15);
    assertThat(LabelColumn.place(List.of(99., 99.), 10, 5, 95)).containsExactly(85, 95);
  }

  @Property
  void keepsDistanceOrderAndEnds(
      @ForAll @Size(min = 1, max = 14) List<@DoubleRange(min = 0, max = 300) Double> wishes) {
    double[] placed = LabelColumn.place(wishes, 16, 8, 292);
    double[] sorted = placed.clone();
    Arrays.sort(sorted);
    assertThat(sorted[0]).isGreaterThanOrEqualTo(8 - 1e-9);
    assertThat(sorted[sorted.length - 1]).isLessThanOrEqualTo(292 + 1e-9);
    for (int i = 1; i < sorted.length; i++) {
      assertThat(sorted[i] - sorted[i - 1]).isGreaterThanOrEqualTo(16 - 1e-9);
    }
    for (int i = 0; i < placed.length; i++) {
      for (int j = 0; j < placed.length; j++) {
        if (wishes.get(i) < wishes.get(j)) {
          assertThat(placed[i]).isLessThan(placed[j]);
        }
      }
    }
  }

  @Property
  void noLabelMovesWhenNoneIsInItsWay(@ForAll @DoubleRange(min = 10, max = 290) double wish) {
    assertThat(LabelColumn.place(List.of(wish), 16, 8, 292)[0]).isCloseTo(wish, within(1e-9));
  }
}

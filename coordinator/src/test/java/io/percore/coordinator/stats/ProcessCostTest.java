package io.percore.coordinator.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.percore.coordinator.stats.ProcessCost.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessCostTest {
  private static ProcessCost cost(double... ratios) {
    List<Piece> pieces = new ArrayList<>();
    long size = 10;
    for (double ratio : ratios) {
      pieces.add(new Piece(size, 3, 100, ratio, Map.of("atomic", new Estimate(ratio, null))));
      size *= 10;
    }
    return new ProcessCost("processes", 2, pieces);
  }

  @Test
  void theBreakEvenLiesWhereTheLineCrossesOne() {
    BreakEven.Between even =
        (BreakEven.Between) cost(0.01, 0.1, 10, 20).breakEven("atomic").orElseThrow();
    assertThat(even.above()).isEqualTo(100);
    assertThat(even.upTo()).isEqualTo(1_000);
    assertThat(even.at()).isCloseTo(Math.sqrt(100_000), within(1e-6));
  }

  @Test
  void aLaterDipCounts() {
    BreakEven.Between even =
        (BreakEven.Between) cost(0.5, 2, 0.5, 2).breakEven("atomic").orElseThrow();
    assertThat(even.above()).isEqualTo(1_000);
  }

  @Test
  void processesMayAlwaysPayOrNeverDo() {
    assertThat(cost(1.5, 2).breakEven("atomic")).contains(new BreakEven.Always());
    assertThat(cost(0.1, 1).breakEven("atomic")).contains(new BreakEven.NotUpTo(100));
  }

  @Test
  void whatIsNotComparedHasNoBreakEven() {
    assertThat(cost(0.1, 2).breakEven("gil")).isEmpty();
    assertThat(cost().breakEven("atomic")).isEmpty();
  }
}

package io.percore.coordinator.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.percore.coordinator.stats.JobCost.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobCostTest {
  private static JobCost cost(double... ratios) {
    double nanos = 1e7;
    List<Job> jobs = new ArrayList<>();
    for (double ratio : ratios) {
      jobs.add(new Job(nanos, Map.of("gil", new Estimate(ratio, null))));
      nanos *= 10;
    }
    return new JobCost("processes", 2, 3, 5e8, jobs);
  }

  @Test
  void aStartIsWorthItFromWhereTheLineCrossesOne() {
    BreakEven.Between even =
        (BreakEven.Between) cost(0.01, 0.1, 10, 20).breakEven("gil").orElseThrow();
    assertThat(even.above()).isEqualTo(1e8);
    assertThat(even.upTo()).isEqualTo(1e9);
    assertThat(even.at()).isCloseTo(Math.sqrt(1e17), within(1.0));
  }

  @Test
  void itMayNeverBe() {
    assertThat(cost(0.1, 0.9).breakEven("gil")).contains(new BreakEven.NotUpTo(1e8));
    assertThat(cost(0.1, 0.9).breakEven("atomic")).isEmpty();
    assertThat(cost().breakEven("gil")).isEmpty();
  }
}

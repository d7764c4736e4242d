package io.percore.coordinator.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Forks of which some run at half the speed, as on contended lines: how often that is noticed, and
/// what the interval of a ratio is worth then.
class HalfSpeedModeTest {
  private static final int RUNS = 20_000;
  private static final double SCATTER = 0.03;

  /// Found: at least two forks are slow, and two are not. Suspected, and so run on to 30 forks with
  /// `--adaptive`: at least one of each. The expected shares are those of the binomial
  /// distribution.
  @ParameterizedTest
  @CsvSource({
    "0.1, 6", "0.1, 10", "0.1, 30", "0.3, 6", "0.3, 10", "0.3, 30", "0.5, 6", "0.5, 10", "0.5, 30"
  })
  void slowForksAreFoundWhereThereAreTwo(double slow, int forks) {
    Random random = new Random(4_711);
    int found = 0;
    int suspected = 0;
    int covered = 0;
    for (int run = 0; run < RUNS; run++) {
      double[] rates = rates(slow, forks, random);
      double[] bases = rates(0, forks, random);
      found += Modes.count(rates) == 2 ? 1 : 0;
      suspected += Modes.possible(rates) ? 1 : 0;
      Interval interval = LogRatio.paired(rates, bases).interval();
      covered += interval != null && interval.contains(Math.pow(0.5, slow)) ? 1 : 0;
    }
    String cell = "HALF_SPEED " + slow + " " + forks;
    CoverageTable.record(cell + " found", (double) found / RUNS);
    CoverageTable.record(cell + " suspected", (double) suspected / RUNS);
    CoverageTable.record(cell + " covered", (double) covered / RUNS);
    double one = forks * slow * Math.pow(1 - slow, forks - 1);
    double allButOne = forks * (1 - slow) * Math.pow(slow, forks - 1);
    double same = Math.pow(slow, forks) + Math.pow(1 - slow, forks);
    assertThat((double) found / RUNS).isCloseTo(1 - one - allButOne - same, within(0.015));
    assertThat((double) suspected / RUNS).isCloseTo(1 - same, within(0.015));
  }

  /// What is of one speed is rarely taken for two.
  @ParameterizedTest
  @CsvSource({"6", "10", "30"})
  void oneSpeedIsOneMode(int forks) {
    Random random = new Random(4_712);
    int found = 0;
    for (int run = 0; run < RUNS; run++) {
      found += Modes.count(rates(0, forks, random)) > 1 ? 1 : 0;
    }
    assertThat((double) found / RUNS).isLessThan(0.001);
  }

  private static double[] rates(double slow, int forks, Random random) {
    double[] rates = new double[forks];
    Arrays.setAll(
        rates,
        _ -> (random.nextDouble() < slow ? 0.5 : 1) * Math.exp(SCATTER * random.nextGaussian()));
    return rates;
  }
}

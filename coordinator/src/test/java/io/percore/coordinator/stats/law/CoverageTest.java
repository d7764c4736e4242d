package io.percore.coordinator.stats.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.stats.CoverageTable;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.Median;
import io.percore.coordinator.stats.Noise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// How often the nominal 95 % intervals of the laws hold the true parameters, by simulation.
///
/// The weights and the degrees of freedom were chosen on curves of other parameters (sigma, kappa:
/// 0.1, 0.01; 0.3, 0.01; 0.05, 0.03), other sizes, other scatter and other seeds than those here.
class CoverageTest {
  private static final int RUNS = 300;
  private static final double RATE = 1e8;

  /// Strategies of a run whose trials have canaries.
  private static final int CURVES = 3;

  private static final List<String> NAMES = List.of("sigma", "kappa", "lambda");

  private static final double[][] SIZES = {{1, 2, 3, 5, 8, 11}, {1, 2, 4, 6, 9, 12, 18, 24}};

  /// Standard deviation of the forks as a share of the rate.
  enum Scatter {
    EQUAL(0.02, 0),
    GROWING(0.015, 0.0015);

    private final double base;
    private final double slope;

    Scatter(double base, double slope) {
      this.base = base;
      this.slope = slope;
    }

    double at(double size) {
      return base + slope * size;
    }
  }

  /// A family of curves, and the law that is fitted to them.
  ///
  /// @param clockDrops whether the clock is lower the more cores are at work, and canaries, which
  ///   scatter by 1 %, say by how much
  record Family(String name, Box box, List<Usl> laws, boolean clockDrops) {
    Family(String name, Box box, List<Usl> laws) {
      this(name, box, laws, false);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Family> FAMILIES =
      List.of(
          new Family(
              "INSIDE", Box.USL, List.of(new Usl(0.15, 0.006, RATE), new Usl(0.25, 0.02, RATE))),
          // A bound is active in many of the fits.
          new Family(
              "NEAR_A_BOUND",
              Box.USL,
              List.of(new Usl(0.1, 2e-4, RATE), new Usl(0.004, 0.01, RATE))),
          new Family(
              "ON_A_BOUND", Box.USL, List.of(new Usl(0.12, 0, RATE), new Usl(0, 0.008, RATE))),
          new Family("AMDAHL", Box.AMDAHL, List.of(new Usl(0.06, 0, RATE), new Usl(0.35, 0, RATE))),
          new Family(
              "CLOCK_DROPS",
              Box.USL,
              List.of(new Usl(0.15, 0.006, RATE), new Usl(0.25, 0.02, RATE)),
              true));

  static Stream<Arguments> cells() {
    return FAMILIES.stream()
        .flatMap(
            family ->
                Stream.of(Noise.values())
                    .flatMap(
                        noise -> Stream.of(5, 10, 30).map(n -> Arguments.of(family, noise, n))));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void coverage(Family family, Noise noise, int forks) {
    double[] covered = new double[3];
    int fits = 0;
    for (Scatter scatter : Scatter.values()) {
      for (Usl law : family.laws) {
        for (double[] sizes : SIZES) {
          Random random = new Random(90_017L + 31L * sizes.length + forks);
          for (int run = 0; run < RUNS; run++) {
            count(covered, law, fit(law, family, sizes, forks, scatter, noise, random));
            fits++;
          }
        }
      }
    }
    for (int p = 0; p < covered.length; p++) {
      double share = covered[p] / fits;
      if (!family.box.range(p).fixed()) {
        String cell = family + " " + noise + " " + forks + " " + NAMES.get(p);
        CoverageTable.record(cell, share);
        assertThat(share).as(cell).isBetween(0.93, 0.98);
      }
    }
  }

  private static LawFit fit(
      Usl law,
      Family family,
      double[] sizes,
      int forks,
      Scatter scatter,
      Noise noise,
      Random random) {
    List<Observation> curve = new ArrayList<>();
    Map<Integer, Double> canaries = new TreeMap<>();
    for (double size : sizes) {
      double clock = family.clockDrops ? 1 - 0.01 * (size - 1) : 1;
      List<Double> rates =
          scattered(clock * law.throughput(size), scatter.at(size), forks, noise, random);
      curve.add(Observation.ofForks(size, rates));
      if (family.clockDrops) {
        List<Double> seen = scattered(clock, 0.01, CURVES * forks, noise, random);
        canaries.put((int) size, Median.of(seen.stream().mapToDouble(c -> c).toArray()));
      }
    }
    if (family.clockDrops) {
      double alone = canaries.getOrDefault(1, Double.NaN);
      canaries.replaceAll((_, speed) -> speed / alone);
      curve.replaceAll(ClockDrop.of(List.copyOf(canaries.keySet()), canaries)::without);
    }
    return new LawFitter(curve, Weighting.INVERSE.weights(curve)).fit(family.box).orElseThrow();
  }

  private static List<Double> scattered(
      double mean, double scatter, int times, Noise noise, Random random) {
    return Stream.generate(() -> mean * (1 + scatter * noise.next(random))).limit(times).toList();
  }

  private static void count(double[] covered, Usl truth, LawFit fit) {
    Interval sigma = fit.sigma();
    Interval kappa = fit.kappa();
    covered[0] += sigma != null && sigma.contains(truth.sigma()) ? 1 : 0;
    covered[1] += kappa != null && kappa.contains(truth.kappa()) ? 1 : 0;
    covered[2] += fit.lambda().contains(truth.lambda()) ? 1 : 0;
  }
}

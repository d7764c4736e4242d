package io.percore.coordinator.stats.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Published curves and what others have fitted to them, to the digits that were printed.
class UslGoldenTest {
  private static final double[] RAYTRACER_N = {1, 4, 8, 12, 16, 20, 24, 28, 32, 48, 64};
  private static final double[] RAYTRACER_X = {20, 78, 130, 170, 190, 200, 210, 230, 260, 280, 310};

  @Test
  void raytracerLiesOnTheBoundary() {
    // Gunther 2007; R package usl 3.0.3
    LawFit fit = fit(RAYTRACER_N, RAYTRACER_X).usl();

    assertThat(fit.law().sigma()).isCloseTo(.057771, within(5e-7));
    assertThat(fit.standardErrors().getFirst()).isCloseTo(.013293, within(5e-7));
    assertThat(fit.law().kappa()).isZero();
    assertThat(fit.law().lambda()).isCloseTo(21.848843, within(5e-7));
    assertThat(fit.residualSquares()).isCloseTo(697.2378, within(5e-5));
    assertThat(fit.law().peak()).isNull();
    assertThat(fit.activeBounds()).containsExactly("kappa");
    assertThat(Objects.requireNonNull(fit.kappa()).low()).isZero();
    assertThat(Objects.requireNonNull(fit.sigma()).contains(.057771)).isTrue();
  }

  @Test
  void raytracerWithoutBounds() {
    LawFit fit = fit(RAYTRACER_N, RAYTRACER_X).unconstrained().orElseThrow();

    assertThat(fit.law().sigma()).isCloseTo(.0781478, within(5e-8));
    assertThat(fit.law().kappa()).isCloseTo(-2.01121e-4, within(5e-10));
    assertThat(fit.law().lambda()).isCloseTo(24.76617, within(5e-6));
    assertThat(fit.residualSquares()).isCloseTo(484.018, within(5e-4));
  }

  @Test
  void firstSixPointsOfRaytracer() {
    LawFit fit = fit(Arrays.copyOf(RAYTRACER_N, 6), Arrays.copyOf(RAYTRACER_X, 6)).usl();

    assertThat(fit.law().sigma()).isCloseTo(.0244440, within(5e-8));
    assertThat(fit.law().kappa()).isCloseTo(.00162681, within(5e-9));
    assertThat(fit.law().lambda()).isCloseTo(20.85605, within(5e-6));
    assertThat(fit.law().peak()).isCloseTo(24.488, within(5e-4));
    assertThat(fit.peakExtrapolated()).isTrue();
    assertThat(Objects.requireNonNull(fit.sigma()).low()).isCloseTo(-.00226, within(5e-6));
    assertThat(fit.sigma().high()).isCloseTo(.05115, within(5e-6));
  }

  @Test
  void synthetic() {
    LawFit fit =
        fit(
                new double[] {1, 2, 4, 6, 8, 10},
                new double[] {1, 1.8868, 3.0769, 3.5294, 3.5398, 3.3557})
            .usl();

    assertThat(fit.law().sigma()).isCloseTo(.02, within(5e-5));
    assertThat(fit.law().kappa()).isCloseTo(.02, within(5e-5));
    assertThat(fit.law().lambda()).isCloseTo(1.00, within(5e-5));
    assertThat(fit.law().peak()).isCloseTo(7, within(5e-2));
    assertThat(fit.peakExtrapolated()).isFalse();
  }

  @Test
  void specsdm91() {
    // SPEC SDM91 on a SPARCcenter 2000; the README of R's usl 3
    LawFit fit =
        fit(
                new double[] {1, 18, 36, 72, 108, 144, 216},
                new double[] {64.9, 995.9, 1652.4, 1853.2, 1828.9, 1775.0, 1702.2})
            .usl();

    assertThat(fit.law().sigma()).isCloseTo(.0277285, within(5e-8));
    assertThat(fit.law().kappa()).isCloseTo(.0001044, within(5e-8));
    assertThat(fit.law().lambda()).isCloseTo(89.9952330, within(5e-5));
    assertThat(fit.standardErrors().get(0)).isCloseTo(.0091217, within(5e-8));
    assertThat(fit.standardErrors().get(1)).isCloseTo(.0000199, within(5e-8));
    assertThat(fit.standardErrors().get(2)).isCloseTo(14.2134894, within(5e-6));
  }

  @Test
  void cisco() {
    // B. Schwartz, Practical Scalability Analysis with the Universal Scalability Law, 2015; printed
    // by R's nls, which stops a little before the least: 2 in the sixth digit
    double[] rates = {
      955.16, 1878.91, 2688.01, 3548.68, 4315.54, 5130.43, 5931.37, 6531.08, 7219.8, 7867.61,
      8278.71, 8646.7, 9047.84, 9426.55, 9645.37, 9897.24, 10097.6, 10240.5, 10532.39, 10798.52,
      11151.43, 11518.63, 11806, 12089.37, 12075.41, 12177.29, 12211.41, 12158.93, 12155.27,
      12118.04, 12140.4, 12074.39
    };
    LawFit fit = fit(IntStream.rangeClosed(1, 32).asDoubleStream().toArray(), rates).usl();

    assertThat(fit.law().sigma()).isCloseTo(.02671591, within(5e-8));
    assertThat(fit.law().kappa()).isCloseTo(7.690945e-4, within(1e-9));
    assertThat(fit.law().lambda()).isCloseTo(995.6486, within(5e-4));
    assertThat(Math.floor(Objects.requireNonNull(fit.law().peak()))).isEqualTo(35);
    assertThat(fit.law().throughput(35)).isCloseTo(12341.7, within(.05));
  }

  private static ScalingLaws.Fitted fit(double[] sizes, double[] rates) {
    List<Observation> curve =
        IntStream.range(0, sizes.length).mapToObj(i -> Observation.of(sizes[i], rates[i])).toList();
    return (ScalingLaws.Fitted) ScalingLaws.of(curve, Weighting.NONE);
  }
}

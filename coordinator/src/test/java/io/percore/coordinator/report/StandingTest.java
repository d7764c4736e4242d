package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.ScalingSummary;
import io.percore.coordinator.stats.ScalingSummary.Comparison;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StandingTest {
  private final ScalingSummary summary = Fixtures.defaultRun().summary();

  @Test
  void followsTheInterval() {
    assertThat(standing("unshared", "global-lock", new Interval(5.5, 5.7)))
        .isEqualTo(Standing.MORE);
    assertThat(standing("global-lock", "unshared", new Interval(0.17, 0.18)))
        .isEqualTo(Standing.LESS);
    assertThat(standing("processes", "unshared", new Interval(0.98, 1.01)))
        .isEqualTo(Standing.SAME);
    assertThat(standing("processes", "unshared", null)).isEqualTo(Standing.UNKNOWN);
  }

  @Test
  void claimsNothingThatTheShownDigitsDoNotShow() {
    assertThat(standing("unshared", "global-lock", new Interval(1.002, 1.3)))
        .isEqualTo(Standing.SAME);
    assertThat(standing("global-lock", "unshared", new Interval(0.7, 0.9997)))
        .isEqualTo(Standing.SAME);
  }

  @Test
  void claimsNothingAgainstTheMedians() {
    assertThat(standing("global-lock", "unshared", new Interval(1.2, 1.8)))
        .isEqualTo(Standing.UNSETTLED);
    assertThat(standing("unshared", "global-lock", new Interval(0.5, 0.8)))
        .isEqualTo(Standing.UNSETTLED);
  }

  @Test
  void headlineSaysThatItIsNotSettled() {
    Comparison contrast = comparison("unshared", "global-lock", new Interval(0.5, 0.8));
    ScalingSummary unsettled =
        new ScalingSummary(
            summary.points(),
            List.of(),
            List.of(contrast),
            List.of(),
            List.of(),
            summary.ceiling());

    assertThat(new Headline(unsettled).sentence())
        .startsWith("At N = 4 the gain from not sharing is not settled: unshared does ")
        .endsWith("the medians say the opposite.");
  }

  private Standing standing(String strategy, String reference, @Nullable Interval interval) {
    return Standing.of(comparison(strategy, reference, interval), summary);
  }

  private static Comparison comparison(
      String strategy, String reference, @Nullable Interval interval) {
    double value = interval == null ? 1 : (interval.low() + interval.high()) / 2;
    return new Comparison(strategy, reference, 4, new Estimate(value, interval));
  }
}

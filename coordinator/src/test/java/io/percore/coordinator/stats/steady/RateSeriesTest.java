package io.percore.coordinator.stats.steady;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.ProcessSample;
import io.percore.coordinator.measurement.Verification;
import io.percore.coordinator.measurement.WarmUpSlices;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RateSeriesTest {
  private static final Verification EXACT = new Verification(0, 0L, 0L, 0, 0, 0, 0, 0, true);

  @Test
  void theWindowFollowsTheWarmUp() {
    double[] series = of(process(slices(500, 10, 1L, 2L, 3L), 10, 4L, 5L));
    assertThat(series).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void processesAreAddedUpOverTheTimeThatTheyHaveInCommon() {
    double[] series =
        of(
            process(slices(100, 10, 10L, 20L, 30L), 10, 1L, 2L),
            process(slices(105, 10, 40L, 40L, 40L), 10, 3L, 4L));
    assertThat(series).containsExactly(15 + 40, 25 + 40, 4, 6);
  }

  @Test
  void unequalSlicesAreMadeEqual() {
    double[] series = of(process(slices(0, 10, 1L, 2L, 3L, 4L, 5L), 20, 7L, 9L));
    assertThat(series).containsExactly(3, 7, 7, 9);
  }

  @Test
  void theFirstSlicesAreThoseOfTheWarmUp() {
    RateSeries series = series(process(slices(0, 10, 1L, 2L, 3L), 10, 7L, 9L));
    assertThat(series.warmUpSlices()).isEqualTo(3);
    assertThat(series.sliceNanos()).isEqualTo(10);
    Long[] ones = Collections.nCopies(4000, 1L).toArray(Long[]::new);
    RateSeries longer = series(process(slices(0, 10, ones), 10, ones));
    assertThat(longer.warmUpSlices()).isEqualTo(1000);
    assertThat(longer.sliceNanos()).isEqualTo(40);
  }

  @Test
  void manySlicesAreMadeFew() {
    Long[] ones = Collections.nCopies(4000, 1L).toArray(Long[]::new);
    double[] series = of(process(slices(0, 10, ones), 10, ones));
    assertThat(series).hasSizeBetween(Steadiness.LEAST, RateSeries.MOST).containsOnly(4);
    assertThat(Arrays.stream(series).sum()).isEqualTo(8000);
  }

  @Test
  void warmUpsThatNeverMetLeaveTheWindow() {
    double[] series =
        of(process(slices(0, 10, 1L), 10, 1L, 2L), process(slices(500, 10, 1L), 10, 3L, 4L));
    assertThat(series).containsExactly(4, 6);
  }

  @Test
  void withoutAllWarmUpsThereIsNone() {
    assertThat(of(process(null, 10, 1L, 2L))).isEmpty();
    assertThat(of(process(slices(0, 10, 1L), 10, 1L), process(null, 10, 1L))).isEmpty();
    assertThat(of(process(slices(0, 10, 1L), 0))).isEmpty();
  }

  @Test
  void fixedWorkHasNone() {
    ProcessSample process = process(slices(0, 10, 1L), 10, 1L);
    var round = new Measurement.RoundSample(10, EXACT);
    assertThat(
            RateSeries.of(
                    new Measurement(10, 1, List.of(), List.of(process), EXACT, List.of(round), 0))
                .operations())
        .isEmpty();
  }

  private static double[] of(ProcessSample... processes) {
    return series(processes).operations();
  }

  private static RateSeries series(ProcessSample... processes) {
    return RateSeries.of(
        new Measurement(10, 1, List.of(), List.of(processes), EXACT, List.of(), 0));
  }

  private static WarmUpSlices slices(long start, long length, Long... operations) {
    return new WarmUpSlices(1, start, length, List.of(operations));
  }

  private static ProcessSample process(
      @Nullable WarmUpSlices warmUp, long sliceNanos, Long... operations) {
    return new ProcessSample(
        0,
        1,
        1,
        1,
        true,
        "",
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        "Serial",
        sliceNanos,
        List.of(operations),
        null,
        warmUp,
        null,
        null,
        null,
        null,
        null);
  }
}

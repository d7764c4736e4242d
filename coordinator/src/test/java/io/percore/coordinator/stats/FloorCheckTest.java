package io.percore.coordinator.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.ThreadSample;
import io.percore.coordinator.measurement.Verification;
import io.percore.coordinator.plan.Catalogue.Discipline;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class FloorCheckTest {
  @Test
  void passesAboveSevenTenthsOfTheFloor() {
    assertThat(FloorCheck.defect(taking(0.71, 1), 1.0, discipline(1, 1))).isEmpty();
  }

  @Test
  void failsBelowSevenTenthsOfTheFloor() {
    assertThat(FloorCheck.defect(taking(0.008, 1), 0.6, discipline(1, 1)))
        .hasValueSatisfying(line -> assertThat(line).contains("0.008 ns/op").contains("0.600 ns"));
    assertThat(FloorCheck.defect(taking(0.69, 1), 1.0, discipline(1, 1))).isPresent();
  }

  @Test
  void countsTheTimeOfAllThreads() {
    assertThat(FloorCheck.defect(taking(0.8, 4), 1.0, discipline(1, 1))).isEmpty();
  }

  @Test
  void leavesOutWhatNeitherLoadsNorStores() {
    assertThat(FloorCheck.defect(taking(0.001, 1), 1.0, discipline(0, 1))).isEmpty();
    assertThat(FloorCheck.defect(taking(0.001, 1), 1.0, discipline(1, 0))).isEmpty();
  }

  @Test
  void doesNotPassWhatItCannotCheck() {
    for (double floor : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThat(FloorCheck.defect(taking(5, 1), floor, discipline(1, 1))).isPresent();
    }
  }

  private static Measurement taking(double nanosPerOperation, int threads) {
    long window = 1_000_000_000;
    ThreadSample thread =
        new ThreadSample(0, 0, window / nanosPerOperation, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    return new Measurement(
        window,
        1,
        Collections.nCopies(threads, thread),
        List.of(),
        new Verification(0, 0L, 0L, 0, 0, 0, 0, 0, true),
        List.of(),
        0);
  }

  private static Discipline discipline(int loads, int stores) {
    return new Discipline(
        "d", "D", "", true, false, loads, stores, 64, List.of(), List.of(), null, null);
  }
}

package io.percore.worker.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WindowSummaryTest {
  private static final long MILLI = 1_000_000;

  private static ReadingLog log(long... timesAndCounts) {
    ReadingLog log = new ReadingLog(0);
    log.begin(0, 100 * MILLI);
    for (int i = 0; i < timesAndCounts.length; i += 2) {
      log.record(timesAndCounts[i], timesAndCounts[i + 1]);
    }
    log.end();
    return log;
  }

  @Test
  void slicesAddUpTheThreads() {
    List<ReadingLog> logs =
        List.of(
            log(MILLI, 10, 2 * MILLI, 30, 3 * MILLI, 60),
            log(MILLI, 1, 2 * MILLI, 2, 3 * MILLI, 3));

    assertThat(WindowSummary.slices(logs, 3 * MILLI)).containsExactly(11L, 21L, 31L);
  }

  @Test
  void slicesAreWholeAndRoundedAsARunningTotal() {
    List<ReadingLog> logs = List.of(log(4 * MILLI, 10));

    assertThat(WindowSummary.slices(logs, 4 * MILLI)).containsExactly(3L, 2L, 3L, 2L);
    assertThat(WindowSummary.slices(logs, 4 * MILLI - 1)).hasSize(3);
    assertThat(WindowSummary.slices(logs, MILLI / 2)).isEmpty();
  }

  @Test
  void slicesOfALongWindowAreLongerSoThatTheyStayFew() {
    long hour = 3_600_000 * MILLI;

    assertThat(WindowSummary.sliceNanos(2_000 * MILLI)).isEqualTo(MILLI);
    assertThat(WindowSummary.sliceNanos(4_096 * MILLI)).isEqualTo(MILLI);
    assertThat(WindowSummary.sliceNanos(4_097 * MILLI)).isEqualTo(1_000_245);
    assertThat(hour / WindowSummary.sliceNanos(hour))
        .isBetween(4_000L, (long) WindowSummary.MOST_SLICES);
  }

  @Test
  void aWarmUpThatIsStillFasterInItsLastQuarterGains() {
    // 10, 20, 30 and 33 operations in the four quarters; then 31.
    ReadingLog growing = log(MILLI, 10, 2 * MILLI, 30, 3 * MILLI, 60, 4 * MILLI, 93, 5 * MILLI, 93);
    ReadingLog warm = log(MILLI, 10, 2 * MILLI, 30, 3 * MILLI, 60, 4 * MILLI, 91, 5 * MILLI, 91);
    ReadingLog slower = log(MILLI, 40, 2 * MILLI, 80, 3 * MILLI, 110, 4 * MILLI, 120, 5 * MILLI, 1);

    assertThat(WindowSummary.stillGains(List.of(growing), 4 * MILLI)).isTrue();
    assertThat(WindowSummary.stillGains(List.of(warm), 4 * MILLI)).isFalse();
    assertThat(WindowSummary.stillGains(List.of(slower), 4 * MILLI)).isFalse();
    assertThat(WindowSummary.stillGains(List.of(growing, slower), 4 * MILLI)).isFalse();
  }

  @Test
  void aGapIsATimeInWhichNoThreadTookAReading() {
    ReadingLog first = log(MILLI, 1, 2 * MILLI, 2, 9 * MILLI, 3, 10 * MILLI, 4);
    ReadingLog second = log(MILLI, 1, 4 * MILLI, 2, 5 * MILLI, 3, 10 * MILLI, 4);

    assertThat(WindowSummary.longestGapNanos(List.of(first), 10 * MILLI)).isEqualTo(7 * MILLI);
    assertThat(WindowSummary.longestGapNanos(List.of(first, second), 10 * MILLI))
        .isEqualTo(4 * MILLI);
  }

  @Test
  void gapsReachToTheEdgesOfTheWindow() {
    List<ReadingLog> logs = List.of(log(3 * MILLI, 1, 4 * MILLI, 2));

    assertThat(WindowSummary.longestGapNanos(logs, 4 * MILLI)).isEqualTo(3 * MILLI);
    assertThat(WindowSummary.longestGapNanos(logs, 20 * MILLI)).isEqualTo(16 * MILLI);
  }
}

package io.percore.worker.trial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadingLogTest {
  private static final long MILLI = 1_000_000;

  private final ReadingLog log = new ReadingLog(0);

  @Test
  void interpolatesBetweenTheReadingsAroundTheEdge() {
    log.begin(100, 10 * MILLI);
    log.record(10 * MILLI - 40_000, 5_000);
    log.record(10 * MILLI + 60_000, 6_000);
    log.record(10 * MILLI + 160_000, 7_000);
    log.end();

    assertThat(log.countAt(10 * MILLI)).isEqualTo(5_400);
    assertThat(log.errorAt(10 * MILLI)).isEqualTo(1_000);
  }

  @Test
  void isExactWhereAReadingIs() {
    log.begin(0, 2 * MILLI);
    log.record(2 * MILLI, 70);
    log.record(2 * MILLI + 1, 80);
    log.end();

    assertThat(log.countAt(2 * MILLI)).isEqualTo(70);
    assertThat(log.errorAt(2 * MILLI)).isZero();
  }

  @Test
  void nothingWasDoneBeforeTheStartAndNothingMoreAfterTheEnd() {
    log.begin(50, 10 * MILLI);
    log.record(3 * MILLI, 900);
    log.end();

    assertThat(log.countAt(0)).isZero();
    assertThat(log.countAt(50)).isZero();
    assertThat(log.errorAt(0)).isZero();
    assertThat(log.countAt(20 * MILLI)).isEqualTo(900);
    assertThat(log.errorAt(20 * MILLI)).isZero();
  }

  @Test
  void takesOneReadingInAMillisecond() {
    log.begin(0, 1_000 * MILLI);
    for (int i = 1; i <= 1_000; i++) {
      log.record(i * 10_000L, i);
    }
    log.end();

    assertThat(log.size()).isEqualTo(11);
    assertThat(log.lastTime()).isEqualTo(10 * MILLI);
    assertThat(log.lastCount()).isEqualTo(1_000);
  }

  /// What was done before a stall must not be spread over it.
  @Test
  void keepsTheReadingBeforeAStall() {
    log.begin(0, 1_000 * MILLI);
    log.record(MILLI, 1_000);
    log.record(MILLI + 900_000, 1_900);
    log.record(9 * MILLI, 2_000);
    log.end();

    assertThat(log.countAt(MILLI + 900_000)).isEqualTo(1_900);
    assertThat(log.countAt(9 * MILLI)).isEqualTo(2_000);
  }

  @Test
  void thinsOutInAPhaseLongerThanExpected() {
    log.begin(0, Long.MAX_VALUE);
    int millis = 100_000;
    for (int i = 1; i <= millis; i++) {
      log.record(i * MILLI, 3L * i);
    }
    log.end();

    assertThat(log.size()).isBetween(2_048, 8_192);
    assertThat(log.lastCount()).isEqualTo(3L * millis);
    for (long at : new long[] {1, 777, 50_000, 99_999}) {
      assertThat(log.countAt(at * MILLI)).isEqualTo(3.0 * at);
    }
  }

  @Test
  void holdsALongPhaseThatWasExpected() {
    ReadingLog longLog = new ReadingLog(60_000 * MILLI);
    longLog.begin(0, 60_000 * MILLI);
    for (int i = 1; i <= 60_000; i++) {
      longLog.record(i * MILLI, i);
    }
    longLog.end();

    assertThat(longLog.size()).isEqualTo(60_001);
  }

  @Test
  void canBeUsedAgain() {
    log.begin(0, 5 * MILLI);
    log.record(MILLI, 10);
    log.end();
    log.begin(7, 5 * MILLI);
    log.record(2 * MILLI, 20);
    log.end();

    assertThat(log.firstTime()).isEqualTo(7);
    assertThat(log.size()).isEqualTo(2);
    assertThat(log.lastCount()).isEqualTo(20);
  }
}

package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.percore.coordinator.measurement.LockLedger;
import io.percore.coordinator.report.LockTimeline.Excerpt;
import io.percore.coordinator.report.LockTimeline.Turn;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LockTimelineTest {
  /// A ledger of which all turns were written down, but for `more`.
  static LockLedger ledger(int thread, long more, long... ends) {
    return ofWorker(0, thread, more, ends);
  }

  /// As above, of any worker.
  static LockLedger ofWorker(int slot, int thread, long more, long... ends) {
    List<Long> from = new ArrayList<>();
    List<Long> until = new ArrayList<>();
    for (int i = 0; i < ends.length; i += 2) {
      from.add(ends[i]);
      until.add(ends[i + 1]);
    }
    return new LockLedger(slot, thread, from.size() + more, 0, 0, 0, 0, 0, 0, from, until);
  }

  @Test
  void showsEveryTurnFromTheFirstToTheLast() {
    LockTimeline timeline =
        LockTimeline.of(
            List.of(ledger(0, 0, 5_000, 6_000, 9_000, 10_000), ledger(1, 0, 6_500, 8_000)));
    assertThat(timeline.start()).isEqualTo(5_000);
    assertThat(timeline.length()).isEqualTo(5_000);
    assertThat(timeline.lanes()).containsExactly("thread 0", "thread 1");
    assertThat(timeline.turns())
        .containsExactly(
            new Turn(0, 0, 1_000, 1), new Turn(1, 1_500, 3_000, 1), new Turn(0, 4_000, 5_000, 1));
  }

  @Test
  void endsWhereAThreadsTurnsAreNoLongerKnown() {
    LockTimeline timeline =
        LockTimeline.of(List.of(ledger(0, 7, 0, 50, 60, 70), ledger(1, 0, 50, 60, 69, 90)));
    assertThat(timeline.length()).isEqualTo(70);
    assertThat(timeline.turns()).last().isEqualTo(new Turn(1, 69, 70, 1));
  }

  @Test
  void beginsWithTheCommonStart() {
    LockTimeline timeline = LockTimeline.of(List.of(ledger(0, 0, -500, -400, -10, 30)));
    assertThat(timeline.start()).isZero();
    assertThat(timeline.turns()).containsExactly(new Turn(0, 0, 30, 1));
  }

  @Test
  void turnsOfOneThreadInARowAreOne() {
    LockTimeline timeline =
        LockTimeline.of(
            List.of(
                ledger(0, 0, 0, 100, 200, 300, 2_000, 2_100, 2_200, 2_300),
                ledger(1, 0, 2_120, 2_180)));
    assertThat(timeline.turns())
        .containsExactly(
            new Turn(0, 0, 300, 2),
            new Turn(0, 2_000, 2_100, 1),
            new Turn(1, 2_120, 2_180, 1),
            new Turn(0, 2_200, 2_300, 1));
  }

  @Test
  void eachWorkerHasALockOfItsOwn() {
    LockTimeline timeline =
        LockTimeline.of(
            List.of(
                ofWorker(0, 0, 0, 0, 100, 200, 300),
                ofWorker(1, 0, 0, 120, 180),
                ofWorker(1, 1, 0, 190, 210)));
    assertThat(timeline.lanes())
        .containsExactly("worker 0 thread 0", "worker 1 thread 0", "worker 1 thread 1");
    assertThat(timeline.turns())
        .containsExactly(
            new Turn(0, 0, 300, 2), new Turn(1, 120, 180, 1), new Turn(2, 190, 210, 1));
  }

  @Test
  void countsATurnThatTheClockDidNotSee() {
    LockTimeline timeline = LockTimeline.of(List.of(ledger(0, 0, 10, 10, 5_000, 6_000)));
    assertThat(timeline.turns())
        .containsExactly(new Turn(0, 0, 0, 1), new Turn(0, 4_990, 5_990, 1));
  }

  @Test
  void anExcerptShowsTheTurnsThatAreUnderWayWhenItBegins() {
    LockTimeline timeline =
        LockTimeline.of(
            List.of(
                ofWorker(0, 0, 0, 0, 9_000),
                ofWorker(1, 0, 0, 0, 100, 2_000, 2_100, 6_000, 6_100, 8_000, 8_100)));
    assertThat(timeline.middle(1))
        .isEqualTo(
            new Excerpt(
                6_000, 2_000, List.of(new Turn(0, -6_000, 3_000, 1), new Turn(1, 0, 100, 1))));
  }

  @Test
  void gapsBetweenTurnsAreNoSharesOfTheLock() {
    LockTimeline timeline = LockTimeline.of(List.of(ledger(0, 0, 0, 400, 500, 1_000)));
    assertThat(timeline.turns()).containsExactly(new Turn(0, 0, 1_000, 2));
    assertThat(timeline.shares(1)[0]).containsExactly(0.9);
  }

  @Test
  void sharesOfColumnsAddUpToTheTimeForWhichTheLockWasHeld() {
    LockTimeline timeline =
        LockTimeline.of(List.of(ledger(0, 0, 0, 3_000, 8_000, 10_000), ledger(1, 0, 3_000, 7_000)));
    double[][] shares = timeline.shares(4);
    assertThat(shares[0]).containsExactly(1, 0.2, 0, 0.8);
    assertThat(shares[1]).containsExactly(0, 0.8, 0.8, 0);
  }

  @Test
  void aLaneOfSeveralLocksHasNoMoreThanAllOfTheTime() {
    List<LockLedger> ledgers = new ArrayList<>();
    for (int slot = 0; slot < LockTimeline.MOST_LANES + 1; slot++) {
      ledgers.add(ofWorker(slot, 0, 0, 0, 10_000));
    }
    assertThat(LockTimeline.of(ledgers).shares(2)[LockTimeline.MOST_LANES - 1])
        .containsExactly(1, 1);
  }

  @Test
  void aHundredThousandTurnsBecomeBoundedColumnsThatKeepTheirSum() {
    long[] many = new long[200_000];
    for (int i = 0; i < many.length; i++) {
      many[i] = 2_000L * i;
    }
    LockTimeline timeline = LockTimeline.of(List.of(ledger(0, 0, many), ledger(1, 0)));
    assertThat(timeline.turns()).hasSize(100_000);
    assertThat(timeline.columns()).isEqualTo(200);
    double sum = 0;
    for (double share : timeline.shares(timeline.columns())[0]) {
      sum += share;
    }
    assertThat(sum / 200).isCloseTo(0.5, within(1e-3));
    assertThat(timeline.middle(120).turns()).hasSize(120);
    assertThat(timeline.middle(120).from()).isCloseTo(200_000_000, within(4_000L));
    assertThat(timeline.middle(120).turns().getFirst().from()).isZero();
  }

  @Test
  void threadsWithoutALaneOfTheirOwnShareTheLast() {
    List<LockLedger> ledgers = new ArrayList<>();
    for (int thread = 0; thread < 512; thread++) {
      ledgers.add(ledger(thread, 0, 10_000L * thread, 10_000L * thread + 5_000));
    }
    LockTimeline timeline = LockTimeline.of(ledgers);
    assertThat(timeline.lanes()).hasSize(LockTimeline.MOST_LANES).endsWith("481 others");
    assertThat(timeline.turns()).hasSize(512);
    assertThat(timeline.turns()).allMatch(turn -> turn.lane() < LockTimeline.MOST_LANES);
  }

  @Test
  void aLockThatNobodyGotHasNoTurns() {
    assertThat(LockTimeline.of(List.of(ledger(0, 0))).length()).isZero();
    assertThat(LockTimeline.of(List.of()).length()).isZero();
    assertThat(LockTimeline.of(List.of(ledger(0, 3), ledger(1, 0, 5, 10))).length()).isZero();
  }
}

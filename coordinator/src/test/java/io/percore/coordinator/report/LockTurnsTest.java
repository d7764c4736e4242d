package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.percore.coordinator.measurement.LockLedger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LockTurnsTest {
  private static LockLedger ledger(int thread, long acquisitions, long... ends) {
    List<Long> from = new ArrayList<>();
    List<Long> until = new ArrayList<>();
    for (int i = 0; i < ends.length; i += 2) {
      from.add(ends[i]);
      until.add(ends[i + 1]);
    }
    return new LockLedger(0, thread, acquisitions, 0, 0, 0, 0, 0, 0, from, until);
  }

  private static int bars(LockTurns turns) {
    return turns.svg("x").split("class=\"turn\"", -1).length - 1;
  }

  @Test
  void showsEveryTurnOfAShortTrial() {
    LockTurns turns =
        LockTurns.of(
            List.of(ledger(0, 2, 5_000, 6_000, 9_000, 10_000), ledger(1, 1, 6_500, 10_000)));
    assertThat(turns.from()).isEqualTo(5_000);
    assertThat(turns.nanos()).isEqualTo(5_000);
    assertThat(bars(turns)).isEqualTo(3);
    // From 64 to 848 for 5 us.
    assertThat(turns.svg("x"))
        .contains("3 turns of 2 threads over 5.00 us", "thread 1")
        .contains("x=\"64\" y=\"2\" width=\"156.8\"", "x=\"691.2\" y=\"2\" width=\"156.8\"")
        .contains("x=\"299.2\" y=\"18\" width=\"548.8\"");
  }

  @Test
  void endsWhereAThreadsTurnsAreNoLongerKnown() {
    LockTurns turns =
        LockTurns.of(List.of(ledger(0, 9, 0, 50, 60, 70), ledger(1, 2, 50, 60, 80, 90)));
    assertThat(turns.nanos()).isEqualTo(70);
    assertThat(bars(turns)).isEqualTo(3);
  }

  @Test
  void beginsWithTheWindow() {
    LockTurns turns = LockTurns.of(List.of(ledger(0, 2, -500, -400, -10, 30)));
    assertThat(turns.nanos()).isEqualTo(30);
    assertThat(bars(turns)).isEqualTo(1);
  }

  @Test
  void turnsOfOneThreadInARowAreOneBar() {
    LockTurns turns =
        LockTurns.of(
            List.of(
                ledger(0, 4, 0, 100, 200, 300, 2_000, 2_100, 2_200, 2_300),
                ledger(1, 1, 2_120, 2_300)));
    assertThat(bars(turns)).isEqualTo(4);
  }

  @Test
  void drawsNoMoreThanCanBeSeen() {
    long[] many = new long[4000];
    for (int i = 0; i < many.length; i++) {
      many[i] = 2_000L * i;
    }
    LockTurns turns = LockTurns.of(List.of(ledger(0, 5000, many)));
    assertThat(bars(turns)).isEqualTo(600);
    assertThat(turns.nanos()).isEqualTo(600 * 4_000);
  }

  @Test
  void aLockThatNobodyGotHasNoTurns() {
    LockTurns turns = LockTurns.of(List.of(ledger(0, 0)));
    assertThat(turns.isEmpty()).isTrue();
    assertThat(turns.svg("x")).doesNotContain("NaN").contains("0 turns of 1 thread");
  }
}

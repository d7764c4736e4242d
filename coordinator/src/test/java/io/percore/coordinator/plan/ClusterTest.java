package io.percore.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.percore.coordinator.plan.Cluster.Seat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ClusterTest {
  @Test
  void machinesAreFilledOneAfterTheOther() {
    Cluster cluster = new Cluster(List.of(4, 2));
    assertThat(cluster.seats(new Layout(3, 2)))
        .containsExactly(new Seat(0, 0), new Seat(0, 2), new Seat(1, 0));
    assertThat(cluster.hardwareThreads()).isEqualTo(6);
    assertThat(cluster.largestMachine()).isEqualTo(4);
  }

  @Test
  void aProcessThatHasNoRoomOnOneMachineGoesToTheNext() {
    assertThat(new Cluster(List.of(3, 4)).seats(new Layout(3, 2)))
        .containsExactly(new Seat(0, 0), new Seat(1, 0), new Seat(1, 2));
  }

  @Test
  void oneMachineIsFilledInTheOrderOfTheSlots() {
    assertThat(Cluster.of(2).seats(new Layout(2, 2)))
        .containsExactly(new Seat(0, 0), new Seat(0, 2));
  }

  @Test
  void whatRunsOnEachMachineHasASeatOnAllOfThem() {
    Cluster cluster = new Cluster(List.of(4, 2));
    Program filling = new Program("atomic", Sharing.PROCESS, new Layout(2, 1), true);
    assertThat(cluster.seats(filling)).containsExactly(new Seat(0, 0), new Seat(0, 1));
    assertThat(cluster.seats(filling.aloneOnEach(2)))
        .containsExactly(new Seat(0, 0), new Seat(1, 0));
  }

  @Test
  void whatLiesBadlyIsNotHeldAlthoughThereAreAsManyProcessors() {
    Cluster cluster = new Cluster(List.of(3, 3));
    assertThat(cluster.fits(new Layout(3, 2))).isFalse();
    assertThat(cluster.canHold(new Layout(3, 2))).isFalse();
    assertThat(cluster.canHold(new Layout(2, 3))).isTrue();
    // Meant to be oversubscribed.
    assertThat(cluster.canHold(new Layout(12, 1))).isTrue();
    assertThat(cluster.canHold(new Layout(1, 6))).isFalse();
    assertThat(cluster.canHold(new Layout(1, 12))).isFalse();
    assertThat(Cluster.of(3).canHold(new Layout(1, 12))).isTrue();
  }

  @Test
  void thereIsNoClusterWithoutProcessors() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Cluster(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Cluster(List.of(2, 0)));
  }

  @Property
  void everyProcessHasProcessorsOfItsOwnWhereTheLayoutFits(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 64) Integer> processors,
      @ForAll @IntRange(min = 1, max = 40) int processes,
      @ForAll @IntRange(min = 1, max = 8) int threads) {
    Cluster cluster = new Cluster(processors);
    Layout layout = new Layout(processes, threads);
    List<Seat> seats = cluster.seats(layout);
    assertThat(seats).hasSize(processes);
    int[] used = new int[processors.size()];
    for (Seat seat : seats) {
      assertThat(seat.firstProcessor()).isEqualTo(used[seat.machine()]);
      used[seat.machine()] += threads;
    }
    boolean within = true;
    for (int machine = 0; machine < used.length; machine++) {
      within &= used[machine] <= processors.get(machine);
    }
    assertThat(cluster.fits(layout)).isEqualTo(within);
  }

  /// The last process that came to an overfull machine came to the one with the fewest threads for
  /// its processors.
  @Property
  void oversubscriptionIsSpreadEvenly(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 16) Integer> processors,
      @ForAll @IntRange(min = 1, max = 80) int processes,
      @ForAll @IntRange(min = 1, max = 8) int threads) {
    int[] used = new int[processors.size()];
    new Cluster(processors)
        .seats(new Layout(processes, threads))
        .forEach(seat -> used[seat.machine()] += threads);
    for (int full = 0; full < used.length; full++) {
      for (int other = 0; other < used.length; other++) {
        if (used[full] > processors.get(full)) {
          assertThat((used[full] - threads) * processors.get(other))
              .isLessThanOrEqualTo(used[other] * processors.get(full));
        }
      }
    }
  }
}

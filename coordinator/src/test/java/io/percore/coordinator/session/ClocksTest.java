package io.percore.coordinator.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percore.coordinator.session.ClockOffset.RoundTrip;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ClocksTest {
  private static final ClockIdentity OTHER = new ClockIdentity("boot-2", "time:[1]");

  @Test
  void theShortestRoundTripSaysMost() {
    ClockOffset offset =
        ClockOffset.of(
            List.of(
                new RoundTrip(100, 5_900, 2_100),
                new RoundTrip(3_000, 8_100, 3_200),
                new RoundTrip(4_000, 9_900, 4_900)));
    assertThat(offset).isEqualTo(new ClockOffset(5_000, 100));
  }

  /// However unlike the ways there and back are.
  @Property
  void theTrueOffsetIsWithinTheBound(
      @ForAll @LongRange(min = -1_000_000_000_000L, max = 1_000_000_000_000L) long ahead,
      @ForAll @Size(min = 1, max = 16) List<@IntRange(min = 0, max = 10_000_000) Integer> there,
      @ForAll @IntRange(min = 0, max = 10_000_000) int back) {
    List<RoundTrip> trips = new ArrayList<>();
    long now = 0;
    for (int way : there) {
      trips.add(new RoundTrip(now, now + way + ahead, now + way + back));
      now += way + back + 1;
    }
    ClockOffset offset = ClockOffset.of(trips);
    assertThat(Math.abs(offset.nanos() - ahead)).isLessThanOrEqualTo(offset.boundNanos());
  }

  /// A clock that drifts between two comparisons, at any constant rate.
  @Property
  void theBoundHoldsThroughoutAWindowInWhichTheClockDrifts(
      @ForAll @IntRange(min = -500_000, max = 500_000) int drift,
      @ForAll @IntRange(min = 0, max = 100_000) int firstError,
      @ForAll @IntRange(min = 0, max = 100_000) int secondError,
      @ForAll @IntRange(min = 0, max = 100) int percentOfTheWindow) {
    long ahead = 7_000_000_000L;
    ClockOffset first = new ClockOffset(ahead + firstError, firstError);
    ClockOffset second = new ClockOffset(ahead + drift - secondError, secondError);
    ClockOffset assumed = first.until(second);
    long truth = ahead + (long) drift * percentOfTheWindow / 100;
    assertThat(Math.abs(assumed.nanos() - truth)).isLessThanOrEqualTo(assumed.boundNanos());
  }

  @Test
  void theOwnClockIsKnownWithoutAsking() {
    assertThat(Clocks.of(Map.of()).of(ClockIdentity.own())).contains(ClockOffset.NONE);
    assertThat(Clocks.OWN.of(OTHER)).isEmpty();
    assertThat(Clocks.OWN.until(Clocks.OWN).boundNanos()).isZero();
  }

  @Test
  void theLeastCertainClockGivesTheBound() {
    Clocks clocks =
        Clocks.of(
            Map.of(
                OTHER, new ClockOffset(9, 40), new ClockIdentity("3", ""), new ClockOffset(1, 7)));
    assertThat(clocks.boundNanos()).isEqualTo(40);
  }

  @Test
  void twoMachinesWithOneIdentityMustHaveOneClock() throws IOException {
    Map<ClockIdentity, ClockOffset> offsets = new HashMap<>();
    Clocks.put(offsets, "a", OTHER, new ClockOffset(5_000_000, 100));
    Clocks.put(offsets, "b", OTHER, new ClockOffset(5_000_150, 60));
    assertThat(offsets).containsExactly(Map.entry(OTHER, new ClockOffset(5_000_000, 100)));
    assertThatThrownBy(() -> Clocks.put(offsets, "c", OTHER, new ClockOffset(6_000_000, 100)))
        .hasMessage(
            "c says that it reads the same clock as another machine, but that is 1.000 ms apart");
    assertThatThrownBy(
            () -> Clocks.put(offsets, "d", ClockIdentity.own(), new ClockOffset(-400_000, 100)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("0.400 ms apart");
  }

  @Test
  void aMachineThatDoesNotSayWhichClockItReadsIsRefused() {
    assertThatThrownBy(
            () ->
                Clocks.put(
                    new HashMap<>(), "mac", new ClockIdentity("", ""), new ClockOffset(0, 1)))
        .isInstanceOf(IOException.class)
        .hasMessage("mac does not say which clock it reads");
  }
}

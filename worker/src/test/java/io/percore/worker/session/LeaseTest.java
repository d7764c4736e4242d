package io.percore.worker.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseTest {
  private static final long SECOND = 1_000_000_000L;

  // nanoTime may begin anywhere, near its overflow too.
  @ParameterizedTest
  @ValueSource(longs = {0, -5 * SECOND, Long.MAX_VALUE - SECOND})
  void runsFromTheLastMessageOrTheEndOfTheSilence(long now) {
    Lease lease = new Lease(SessionTimings.STANDARD, now);
    assertThat(lease.expired(now + 10 * SECOND - 1)).isFalse();
    assertThat(lease.expired(now + 10 * SECOND)).isTrue();

    lease.heard(now, now - SECOND);
    assertThat(lease.remaining(now)).isEqualTo(2 * SECOND);
    assertThat(lease.expired(now + 2 * SECOND)).isTrue();

    lease.heard(now, now + 7 * SECOND);
    assertThat(lease.expired(now + 9 * SECOND - 1)).isFalse();
    assertThat(lease.expired(now + 9 * SECOND)).isTrue();
    assertThat(lease.silence(now + 9 * SECOND)).isEqualTo(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -5 * SECOND, Long.MAX_VALUE - SECOND})
  void isRenewedOnceAfterAStallOfItsOwn(long now) {
    Lease lease = new Lease(SessionTimings.STANDARD, now);
    lease.heard(now, now);

    // Half a second late: not long enough to excuse the coordinator.
    lease.woke(now + 2 * SECOND, now + 2 * SECOND + SECOND / 2);
    assertThat(lease.expired(now + 2 * SECOND)).isTrue();

    lease.woke(now + SECOND / 2, now + 5 * SECOND);
    assertThat(lease.expired(now + 5 * SECOND)).isFalse();
    assertThat(lease.remaining(now + 5 * SECOND)).isEqualTo(2 * SECOND);
    lease.woke(now + 7 * SECOND, now + 7 * SECOND);
    assertThat(lease.expired(now + 7 * SECOND)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE - SECOND})
  void aStallNeverShortensIt(long now) {
    Lease lease = new Lease(SessionTimings.STANDARD, now);
    lease.heard(now, now + 60 * SECOND);
    lease.woke(now, now + 3 * SECOND);
    assertThat(lease.remaining(now)).isEqualTo(62 * SECOND);
  }
}

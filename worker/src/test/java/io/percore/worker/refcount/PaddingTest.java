package io.percore.worker.refcount;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PaddingTest {
  private static final int LONGS_IN_128_BYTES = 16;

  /// The JVM keeps the fields of a superclass before those of its subclass, so this order is the
  /// layout.
  @Test
  void paddedCountsHave128BytesOnEachSide() {
    Class<?> after = PaddedCounted.create(null).getClass();
    Class<?> count = after.getSuperclass();
    Class<?> before = count.getSuperclass();

    assertThat(longs(before)).isEqualTo(LONGS_IN_128_BYTES);
    assertThat(longs(count)).isEqualTo(1);
    assertThat(longs(after)).isEqualTo(LONGS_IN_128_BYTES);
  }

  @Test
  void domainsKeepTheirLocks128BytesApart() {
    assertThat(longs(RefCount.class.getSuperclass())).isEqualTo(LONGS_IN_128_BYTES);
  }

  private static long longs(Class<?> type) {
    return Arrays.stream(type.getDeclaredFields())
        .filter(field -> field.getType() == long.class)
        .count();
  }
}

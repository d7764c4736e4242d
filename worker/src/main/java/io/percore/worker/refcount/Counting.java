package io.percore.worker.refcount;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// How much a discipline counts, and what it is good for therefore.
enum Counting {
  /// All that any workload asks for.
  OF_64_BITS(Long.SIZE, EnumSet.allOf(Capability.class)),
  /// Half of an `int`, which increments without releases would fill within seconds.
  OF_31_BITS(Integer.SIZE - 1, EnumSet.complementOf(EnumSet.of(Capability.INCREMENT))),
  /// Sums up, and nobody learns of zero.
  SUM_OF_64_BITS(Long.SIZE, EnumSet.of(Capability.INCREMENT, Capability.RETAIN_RELEASE)),
  /// Looks at objects, and counts nothing.
  NONE(0, EnumSet.of(Capability.RETAIN_RELEASE));

  private final int bits;

  // Nobody can write to it.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<Capability> capabilities;

  Counting(int bits, Set<Capability> capabilities) {
    this.bits = bits;
    this.capabilities = Collections.unmodifiableSet(capabilities);
  }

  /// Width of the count; 0 where there is none.
  int bits() {
    return bits;
  }

  /// What workloads may ask for.
  Set<Capability> capabilities() {
    return capabilities;
  }
}

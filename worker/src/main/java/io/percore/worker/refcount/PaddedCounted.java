package io.percore.worker.refcount;

import org.jspecify.annotations.Nullable;

/// A counted object that has the cache line of its count to itself: 128 bytes on each side, since
/// processors fetch lines in pairs. The padding is inside, because the collector may move objects
/// together, and spread over a class hierarchy, because the JVM orders the fields of one class as
/// it likes but never mixes those of two: [PaddingBeforeCount], [PaddedCount], and the padding
/// here.
final class PaddedCounted extends PaddedCount {
  long r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15;

  private PaddedCounted(@Nullable Object companion) {
    super(companion);
  }

  static Counted create(@Nullable Object companion) {
    return new PaddedCounted(companion);
  }
}

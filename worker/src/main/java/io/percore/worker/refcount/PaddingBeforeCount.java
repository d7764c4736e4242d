package io.percore.worker.refcount;

import org.jspecify.annotations.Nullable;

/// 128 bytes before the count.
abstract sealed class PaddingBeforeCount extends Counted permits PaddedCount {
  long l0, l1, l2, l3, l4, l5, l6, l7, l8, l9, l10, l11, l12, l13, l14, l15;

  PaddingBeforeCount(@Nullable Object companion) {
    super(companion);
  }
}

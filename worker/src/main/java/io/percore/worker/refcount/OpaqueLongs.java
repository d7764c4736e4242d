package io.percore.worker.refcount;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Elements of an array as counts of one thread: opaque loads and stores, so that the compiler
/// performs each of them and folds none. They order nothing.
final class OpaqueLongs {
  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);

  private OpaqueLongs() {}

  /// Adds in two steps. Only one thread writes to the element.
  static void add(long[] array, int index, long by) {
    ELEMENT.setOpaque(array, index, (long) ELEMENT.getOpaque(array, index) + by);
  }
}

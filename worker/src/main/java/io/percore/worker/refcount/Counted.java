package io.percore.worker.refcount;

/// An object with a reference count of 64 bits, which begins at 1: the reference of whoever created
/// it.
///
/// The access modes are here and the protocols in the disciplines, so that each protocol reads as
/// its memory orderings. A process creates objects of one layout only, so the calls are bound
/// statically by class hierarchy analysis and cost nothing.
public abstract sealed class Counted permits PaddingBeforeCount, CompactCounted {
  /// Reads the count. Opaque: whole, in coherence order with other accesses to this count, never
  /// folded with them by the compiler; orders nothing else.
  abstract long loadOpaque();

  /// Writes the count. Opaque, as [#loadOpaque].
  abstract void storeOpaque(long count);

  /// Adds in one indivisible step and returns the count before it. Acquire and release: what a
  /// thread did before its step is visible to every thread whose step comes later.
  ///
  /// Weaker would do for most uses, but in HotSpot only this mode is one instruction on x86-64: the
  /// acquire and release variants are loops around a compare-and-set, twice as dear even without
  /// contention.
  abstract long getAndAdd(long delta);
}

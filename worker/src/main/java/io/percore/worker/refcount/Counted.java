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

  /// Adds in one indivisible step and returns the count before it. Release: everything that this
  /// thread did before is visible to whoever reads the new count, or a later one in its release
  /// sequence, with acquire.
  abstract long getAndAddRelease(long delta);
}

package io.percore.worker.refcount;

/// Ends the lives of objects for disciplines that find out later that nobody refers to them. Called
/// by any attached thread, or by the one that quiesces the domain.
@FunctionalInterface
interface Reclaimer {
  /// Frees an object, whose references have all been given back. What their owners did with it is
  /// visible to the caller.
  ///
  /// @param context the calling thread, or the one on whose behalf it is called
  /// @throws InterruptedException when interrupted while waiting to go on
  void reclaim(ThreadContext context, Counted object) throws InterruptedException;
}

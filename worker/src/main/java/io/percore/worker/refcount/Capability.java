package io.percore.worker.refcount;

/// What a discipline offers and a workload may need.
public enum Capability {
  /// Counts up, and says how far when nobody counts.
  INCREMENT,
  /// Counts up and down, and tells exactly one caller that the count has become zero.
  RETAIN_RELEASE
}

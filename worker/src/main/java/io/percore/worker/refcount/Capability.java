package io.percore.worker.refcount;

/// What a discipline offers and a workload may need.
public enum Capability {
  /// Counts up, and says how far when nobody counts.
  INCREMENT,
  /// Takes references and gives them back.
  RETAIN_RELEASE,
  /// Has each object freed whose references are given back.
  RECLAIM,
  /// Lets threads load a pointer that others store to and keep its object alive.
  BORROW
}

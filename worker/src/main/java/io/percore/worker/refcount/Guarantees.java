package io.percore.worker.refcount;

/// What a discipline promises about the ends of objects' lives, as data: without it one would
/// compare schemes that free exactly with others that lose, delay or leave out frees.
///
/// @param referenceCount whether it is a reference count at all: somebody learns of zero
/// @param zeroPrecise whether zero is found exactly when the last reference has been given back,
///   neither earlier nor never
/// @param freeing when objects are freed
/// @param bound for deferred frees: by when, in a few words; else empty
/// @param freedBy who frees, in a few words; empty where nobody does
/// @param rejectsResurrection whether a retain of an object without references is found out
/// @param safeToBorrow whether a thread may load a pointer that others store to and keep its object
///   alive
/// @param borrowing how, or why not, in a few words
public record Guarantees(
    boolean referenceCount,
    boolean zeroPrecise,
    Freeing freeing,
    String bound,
    String freedBy,
    boolean rejectsResurrection,
    boolean safeToBorrow,
    String borrowing) {
  /// When objects are freed.
  public enum Freeing {
    /// By the call that gives the last reference back.
    AT_ONCE,
    /// Later, within a bound.
    DEFERRED,
    /// Not at all.
    NEVER
  }

  private static final String LOCKED_POINTER = "through a pointer with a lock of its own";

  /// An exact count: whoever gives the last reference back learns of it and frees at once. Dead
  /// objects can be retained, and a pointer is locked to borrow from it.
  static Guarantees exact() {
    return new Guarantees(
        true, true, Freeing.AT_ONCE, "", "the last to release", false, true, LOCKED_POINTER);
  }

  /// A count whose zeros are found later.
  ///
  /// @param bound by when an object without references has been freed
  /// @param freedBy who frees it
  static Guarantees deferred(String bound, String freedBy) {
    return new Guarantees(
        true, true, Freeing.DEFERRED, bound, freedBy, false, true, LOCKED_POINTER);
  }

  /// No reference count: nobody learns of zero and nothing is freed.
  ///
  /// @param borrowing why nothing can be borrowed
  static Guarantees none(String borrowing) {
    return new Guarantees(false, false, Freeing.NEVER, "", "", false, false, borrowing);
  }

  /// The same, with zeros that may be found early, twice or never.
  Guarantees lossy() {
    return new Guarantees(
        referenceCount,
        false,
        freeing,
        bound,
        "whoever sees zero: several, or nobody",
        rejectsResurrection,
        safeToBorrow,
        borrowing);
  }

  /// The same, with retains of dead objects found out.
  Guarantees rejectingResurrection() {
    return new Guarantees(
        referenceCount, zeroPrecise, freeing, bound, freedBy, true, safeToBorrow, borrowing);
  }

  /// The same, with another way to borrow.
  Guarantees borrowing(boolean safe, String how) {
    return new Guarantees(
        referenceCount, zeroPrecise, freeing, bound, freedBy, rejectsResurrection, safe, how);
  }
}

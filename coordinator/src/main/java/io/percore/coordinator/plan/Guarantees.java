package io.percore.coordinator.plan;

/// What a discipline promises about the ends of objects' lives. Schemes that differ in it are not
/// compared without saying so.
///
/// @param referenceCount whether it is a reference count at all: somebody learns of zero
/// @param zeroPrecise whether zero is found exactly when the last reference has been given back
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

  /// All of it in one line for people.
  public String line() {
    if (!referenceCount) {
      return "not a reference count: nobody learns of zero, nothing is freed";
    }
    String when =
        switch (freeing) {
          case AT_ONCE -> "freed at once by ";
          case DEFERRED -> "freed later (" + bound + ") by ";
          case NEVER -> "never freed";
        };
    return (zeroPrecise ? "zero is precise" : "zero is not precise")
        + "; "
        + when
        + freedBy
        + "; resurrection "
        + (rejectsResurrection ? "rejected" : "not noticed")
        + "; "
        + (safeToBorrow ? "safe to borrow: " : "not safe to borrow: ")
        + borrowing;
  }
}

package io.percore.worker.stress;

import io.percore.worker.refcount.Variant;

/// Prints the exact disciplines, one in a line, each with the first word of the tests for it, for
/// the script that runs them: `Exact` where a release says that a count has become zero, `Late`
/// where that may be found out afterwards, and `Any` for both.
public final class Variants {
  private Variants() {}

  public static void main(String[] arguments) {
    for (Variant variant : Variant.exactAndShared()) {
      boolean atOnce = Variant.freeingAtOnce().contains(variant);
      boolean safeToBorrow = variant.discipline().guarantees().safeToBorrow();
      System.out.println(
          variant + "\t(Any|" + (atOnce ? "Exact" : "Late") + (safeToBorrow ? "|Pointer)" : ")"));
    }
  }

  /// The variant that this JVM tests: the one whose name is in the system property
  /// `percore.variant`.
  static Variant underTest() {
    String name = System.getProperty("percore.variant", "");
    return Variant.all().stream()
        .filter(variant -> variant.toString().equals(name))
        .findAny()
        .orElseThrow(() -> new IllegalStateException("there is no variant '" + name + "'"));
  }
}

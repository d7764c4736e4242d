package io.percore.worker.stress;

import io.percore.worker.refcount.Variant;

/// Prints the exact disciplines whose release says that a count has become zero, one in a line, for
/// the script that runs the tests for each of them.
public final class Variants {
  private Variants() {}

  public static void main(String[] arguments) {
    Variant.freeingAtOnce().forEach(System.out::println);
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

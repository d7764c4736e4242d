package io.percore.coordinator.report.several;

/// What a rate depends on apart from the strategy. Where two runs differ in more than one of these,
/// a ratio between them does not say what makes it.
enum Factor {
  MACHINE("machine"),
  JVM("JVM"),
  WORKER("percore's worker"),
  DESIGN("design");

  private final String words;

  Factor(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}

package io.percore.coordinator.measurement;

/// How the rate of a trial went over time, warm-up included (Barrett et al., OOPSLA'17).
public enum SteadyState {
  /// All segments are equivalent.
  FLAT("flat", "flat"),
  /// It ends in a steady state, and nothing before was faster.
  WARM_UP("warmUp", "warm-up"),
  /// It ends in a steady state, and something before was faster.
  SLOWDOWN("slowdown", "slowdown"),
  /// It was not yet, or no longer, steady in its last quarter.
  NO_STEADY_STATE("noSteadyState", "no steady state"),
  /// The series is too short to say, or was not recorded.
  NOT_CLASSIFIED("notClassified", "not classified");

  private final String key;
  private final String title;

  SteadyState(String key, String title) {
    this.key = key;
    this.title = title;
  }

  /// As files name it.
  public String key() {
    return key;
  }

  /// In words.
  public String title() {
    return title;
  }
}

package io.percore.coordinator.stats.steady;

/// How the rate of a trial went over time, warm-up included (Barrett et al., OOPSLA'17).
public enum SteadyState {
  /// All segments are equivalent.
  FLAT("flat", false),
  /// It ends in a steady state, and nothing before was faster.
  WARM_UP("warm-up", false),
  /// It ends in a steady state, and something before was faster.
  SLOWDOWN("slowdown", true),
  /// It was not yet, or no longer, steady in its last quarter.
  NO_STEADY_STATE("no steady state", true),
  /// The series is too short to say.
  NOT_CLASSIFIED("not classified", false);

  private final String title;
  private final boolean suspect;

  SteadyState(String title, boolean suspect) {
    this.title = title;
    this.suspect = suspect;
  }

  /// In words.
  public String title() {
    return title;
  }

  /// Whether outputs mark a trial of this class.
  public boolean suspect() {
    return suspect;
  }
}

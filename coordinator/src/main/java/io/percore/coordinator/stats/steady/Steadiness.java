package io.percore.coordinator.stats.steady;

import io.percore.coordinator.measurement.SteadyState;
import java.util.List;
import java.util.OptionalInt;

/// What the changepoints of a trial's rate say about its steady state.
///
/// As Barrett et al. (OOPSLA'17) do it: the last segment is what the trial arrived at; another is
/// equivalent when its mean lies within a tolerance of the last one's. A trial is steady when its
/// last quarter has equivalent segments only. Their tolerance is the last segment's variance, or a
/// millisecond if that is more; a variance has not the unit of a mean, so here it is its standard
/// deviation, or 2 % of its mean.
///
/// @param state the class
/// @param changepoints indices at which segments begin, ascending, without 0
/// @param steadyFrom index from which on all segments are equivalent; empty without a steady state
public record Steadiness(SteadyState state, List<Integer> changepoints, OptionalInt steadyFrom) {
  /// A series must have as many values to be classified.
  public static final int LEAST = 1_000;

  /// A segment is at least as long; with slices of a millisecond, 20 ms.
  static final int SHORTEST_SEGMENT = 20;

  static final double LEAST_TOLERANCE = 0.02;

  public Steadiness {
    changepoints = List.copyOf(changepoints);
  }

  /// Classifies a series of rates: the more, the faster.
  ///
  /// @param rates finite, equally far apart in time
  /// @return not classified when there are fewer than [#LEAST]
  public static Steadiness of(double[] rates) {
    if (rates.length < LEAST) {
      return new Steadiness(SteadyState.NOT_CLASSIFIED, List.of(), OptionalInt.empty());
    }
    double[] usual = Outliers.replaced(rates);
    List<Integer> changepoints =
        Pelt.changepoints(usual, Pelt.penalty(usual.length), SHORTEST_SEGMENT);
    List<Segment> segments = Segment.between(usual, changepoints);
    int steadyFrom = steadyFrom(segments);
    return 4L * steadyFrom > 3L * rates.length
        ? new Steadiness(SteadyState.NO_STEADY_STATE, changepoints, OptionalInt.empty())
        : new Steadiness(steady(segments), changepoints, OptionalInt.of(steadyFrom));
  }

  private static int steadyFrom(List<Segment> segments) {
    int from = segments.getLast().from();
    for (Segment segment : segments.reversed()) {
      if (!equivalent(segment, segments.getLast())) {
        return from;
      }
      from = segment.from();
    }
    return from;
  }

  private static SteadyState steady(List<Segment> segments) {
    Segment last = segments.getLast();
    List<Segment> others = segments.stream().filter(s -> !equivalent(s, last)).toList();
    if (others.isEmpty()) {
      return SteadyState.FLAT;
    }
    return others.stream().anyMatch(s -> s.mean() > last.mean())
        ? SteadyState.SLOWDOWN
        : SteadyState.WARM_UP;
  }

  private static boolean equivalent(Segment segment, Segment last) {
    double tolerance = Math.max(last.deviation(), LEAST_TOLERANCE * Math.abs(last.mean()));
    return Math.abs(segment.mean() - last.mean()) <= tolerance;
  }
}

package io.percore.coordinator.stats;

import io.percore.coordinator.plan.Program;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Two runs, point by point. Their blocks have nothing in common, so that the ratios are not
/// paired; each interval is adjusted for the number of points that were compared (Holm, "A simple
/// sequentially rejective multiple test procedure", Scand. J. Statist. 6, 1979), so that in two
/// equal runs any point at all is called different in at most 5 of 100 such comparisons.
///
/// What the runs do not share, such as another state of the machine, is in no fork of either and so
/// in no interval. A difference that is called is one between these runs; that it is a regression
/// asks for more, a bound below which the whole interval lies.
///
/// @param points that both have, in the order of the first
/// @param onlyInBase points that the second lacks, as `strategy at N`
/// @param onlyInNew points that the first lacks
/// @param bound ratio below which a point has regressed
public record RunComparison(
    List<PointChange> points, List<String> onlyInBase, List<String> onlyInNew, double bound) {
  /// Probability that anything is called different when nothing is.
  public static final double FAMILY_ERROR = 0.05;

  /// Ratio below which a point has regressed where nobody says another: about what the means of a
  /// point scatter by from run to run on a shared machine (adr/0022).
  public static final double USUAL_BOUND = 0.95;

  private static final int FEWEST_FORKS = 2;

  public RunComparison {
    points = List.copyOf(points);
    onlyInBase = List.copyOf(onlyInBase);
    onlyInNew = List.copyOf(onlyInNew);
  }

  /// What has become of a point.
  public enum Change {
    SLOWER,
    FASTER,
    INDISTINGUISHABLE,
    UNKNOWN
  }

  /// One point of both runs.
  ///
  /// @param strategy name of the curve
  /// @param parallelism N
  /// @param baseForks sound forks of the first run
  /// @param newForks sound forks of the second run
  /// @param ratio rate of the second over that of the first with its own 95 % interval; null below
  ///   two forks each
  /// @param adjusted the interval by which the change is called, adjusted for the number of points
  /// @param change whether the adjusted interval excludes 1
  /// @param regressed whether the interval that is adjusted likewise for tests against the bound
  ///   lies below the bound
  public record PointChange(
      String strategy,
      int parallelism,
      int baseForks,
      int newForks,
      @Nullable Estimate ratio,
      @Nullable Interval adjusted,
      Change change,
      boolean regressed) {}

  private record Key(String strategy, Program program) {
    static Key of(PointSummary point) {
      return new Key(point.strategy(), point.point().program());
    }

    String words() {
      return strategy + " at N = " + program.parallelism();
    }
  }

  /// Compares the sound forks of two runs.
  ///
  /// @param base points of the first run
  /// @param now points of the second
  /// @param bound ratio below which a point has regressed, above 0
  public static RunComparison of(List<PointSummary> base, List<PointSummary> now, double bound) {
    return family(List.of(new Pair(base, now)), bound).getFirst();
  }

  /// Two runs that are compared.
  ///
  /// @param base points of the first run
  /// @param now points of the second
  public record Pair(List<PointSummary> base, List<PointSummary> now) {
    public Pair {
      base = List.copyOf(base);
      now = List.copyOf(now);
    }
  }

  /// Compares several pairs of runs as one family: each interval is adjusted for the points of all
  /// of them.
  ///
  /// @param bound ratio below which a point has regressed, above 0
  /// @return a comparison for each pair, in their order
  public static List<RunComparison> family(List<Pair> pairs, double bound) {
    List<Matched> matched = pairs.stream().map(Matched::of).toList();
    IdentityHashMap<WelchRatio, Interval> againstOne = adjusted(matched, 1);
    IdentityHashMap<WelchRatio, Interval> againstBound = adjusted(matched, bound);
    return matched.stream().map(pair -> pair.compared(againstOne, againstBound, bound)).toList();
  }

  /// The points that two runs have in common.
  ///
  /// @param ratios of those with enough forks in both
  private record Matched(
      Map<Key, PointSummary> before, Map<Key, PointSummary> after, Map<Key, WelchRatio> ratios) {

    static Matched of(Pair pair) {
      Map<Key, PointSummary> before = byKey(pair.base());
      Map<Key, PointSummary> after = byKey(pair.now());
      Map<Key, WelchRatio> ratios = new LinkedHashMap<>();
      for (Key key : before.keySet()) {
        double[] above = rates(after, key);
        double[] below = rates(before, key);
        if (above.length >= FEWEST_FORKS && below.length >= FEWEST_FORKS) {
          ratios.put(key, WelchRatio.of(above, below));
        }
      }
      return new Matched(before, after, ratios);
    }

    RunComparison compared(
        IdentityHashMap<WelchRatio, Interval> againstOne,
        IdentityHashMap<WelchRatio, Interval> againstBound,
        double bound) {
      List<PointChange> changes = new ArrayList<>();
      for (Key key : before.keySet()) {
        if (after.containsKey(key)) {
          WelchRatio ratio = ratios.get(key);
          Interval interval = ratio == null ? null : againstOne.get(ratio);
          Interval forBound = ratio == null ? null : againstBound.get(ratio);
          changes.add(
              new PointChange(
                  key.strategy(),
                  key.program().parallelism(),
                  rates(before, key).length,
                  rates(after, key).length,
                  ratio == null ? null : new Estimate(ratio.ratio(), ratio.interval(FAMILY_ERROR)),
                  interval,
                  change(interval),
                  forBound != null && forBound.high() < bound));
        }
      }
      return new RunComparison(changes, lacking(before, after), lacking(after, before), bound);
    }
  }

  /// Whether a point has regressed.
  public boolean regressed() {
    return points.stream().anyMatch(PointChange::regressed);
  }

  /// Whether nothing can be said about some point of the first run.
  public boolean incomplete() {
    return !onlyInBase.isEmpty()
        || points.stream().anyMatch(point -> point.change() == Change.UNKNOWN);
  }

  private static Change change(@Nullable Interval interval) {
    if (interval == null) {
      return Change.UNKNOWN;
    }
    if (interval.high() < 1) {
      return Change.SLOWER;
    }
    return interval.low() > 1 ? Change.FASTER : Change.INDISTINGUISHABLE;
  }

  /// Holm's procedure by intervals: the clearest of m differences has to stand out at error / m,
  /// the next one at error / (m - 1), and so on. Those after the first that does not stand out keep
  /// its level, at which they do not stand out either.
  private static IdentityHashMap<WelchRatio, Interval> adjusted(
      List<Matched> matched, double bound) {
    List<WelchRatio> clearestFirst =
        matched.stream()
            .flatMap(pair -> pair.ratios().values().stream())
            .sorted(Comparator.comparingDouble(ratio -> ratio.pValue(bound)))
            .toList();
    IdentityHashMap<WelchRatio, Interval> intervals = new IdentityHashMap<>();
    int left = clearestFirst.size();
    for (WelchRatio ratio : clearestFirst) {
      double error = FAMILY_ERROR / left;
      intervals.put(ratio, ratio.interval(error));
      if (ratio.pValue(bound) < error) {
        left--;
      }
    }
    return intervals;
  }

  private static Map<Key, PointSummary> byKey(List<PointSummary> points) {
    Map<Key, PointSummary> byKey = new LinkedHashMap<>();
    points.forEach(point -> byKey.putIfAbsent(Key.of(point), point));
    return byKey;
  }

  private static double[] rates(Map<Key, PointSummary> points, Key key) {
    return Optional.ofNullable(points.get(key)).stream()
        .flatMap(point -> point.forkThroughputs().stream())
        .mapToDouble(rate -> rate)
        .toArray();
  }

  private static List<String> lacking(Map<Key, PointSummary> one, Map<Key, PointSummary> other) {
    return one.keySet().stream().filter(key -> !other.containsKey(key)).map(Key::words).toList();
  }
}

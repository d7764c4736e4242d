package io.percore.coordinator.stats;

import java.util.List;
import java.util.Optional;

/// All points of a run and what compares them.
///
/// @param points by strategy in the order of the plan, then by parallelism
/// @param comparisons the strategies that grow with N at the largest N that all of them reached and
///   that has a processor for each thread, each against the fastest there, best first
/// @param contrasts at the same N, each pair of strategies of one discipline that differ in what
///   their threads share: the one that shares less over the one that shares more
/// @param collectors at the same N, each strategy under another collector over itself under the
///   first; empty where there is one collector
/// @param baselineWarnings one line for each pair of strategies whose N = 1 runs should agree and
///   do not
/// @param ceiling what the processors allowed work that shares nothing
public record ScalingSummary(
    List<PointSummary> points,
    List<Comparison> comparisons,
    List<Comparison> contrasts,
    List<Comparison> collectors,
    List<String> baselineWarnings,
    CanaryCeiling ceiling) {
  public ScalingSummary {
    points = List.copyOf(points);
    comparisons = List.copyOf(comparisons);
    contrasts = List.copyOf(contrasts);
    collectors = List.copyOf(collectors);
    baselineWarnings = List.copyOf(baselineWarnings);
  }

  /// One strategy against another at the same parallelism, paired by block.
  ///
  /// @param strategy the one that is compared
  /// @param reference what it is compared with
  /// @param parallelism of both
  /// @param ratio throughput of `strategy` over that of `reference`
  public record Comparison(String strategy, String reference, int parallelism, Estimate ratio) {
    /// Whether the interval has 1 inside, or there is none.
    public boolean indistinguishable() {
      Interval interval = ratio.interval();
      return interval == null || interval.contains(1);
    }
  }

  /// The point of a strategy at a parallelism.
  public Optional<PointSummary> point(String strategy, int parallelism) {
    return points.stream()
        .filter(p -> p.strategy().equals(strategy) && p.parallelism() == parallelism)
        .findFirst();
  }
}

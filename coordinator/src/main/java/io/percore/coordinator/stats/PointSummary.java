package io.percore.coordinator.stats;

import io.percore.coordinator.measurement.SteadyState;
import io.percore.coordinator.plan.ScalePoint;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.jspecify.annotations.Nullable;

/// What the trials of one point say together.
///
/// @param point strategy, program and parallelism
/// @param forks completed trials that the figures rest on; 0 when none completed, and then every
///   figure is null
/// @param forkThroughputs operations per second of each of them, by block
/// @param forkBlocks the block of each of them, ascending
/// @param throughputMedian their median
/// @param throughputMean their mean (arithmetic for fixed time, harmonic for fixed work) and its
///   interval
/// @param nanosPerOperation thread-nanoseconds per operation, at the median throughput
/// @param speedup over the strategy's own point at N = 1, paired by block
/// @param speedupFieller ratio of the mean rates with Fieller's interval: a cross-check of the
///   speedup; null at N = 1
/// @param modes groups that the forks' rates fall into; above 1 the intervals hold for this mixture
///   of them only
/// @param efficiency speedup / N
/// @param speedupOverSequential over the plain sequential run, paired by block
/// @param operations operations done over all completed trials, warm-up included
/// @param expectedUpdates of increment-only workloads, summed over completed trials; else null
/// @param lostUpdates of increment-only workloads, summed likewise; else null
/// @param netError summed likewise; null for increment-only workloads
/// @param prematureFrees summed likewise
/// @param doubleFrees summed likewise
/// @param usesAfterFree summed likewise
/// @param leaks summed likewise
/// @param referenceCount whether the discipline is a reference count; if not, it is shown and takes
///   no part in comparisons
/// @param exactRequired whether a wrong count fails the run
/// @param exactByConstruction whether nothing is shared, so that the count cannot be wrong
/// @param defects of its completed trials, without repetition
/// @param invalidated attempts that were invalidated
/// @param failed attempts that failed or timed out
/// @param disturbed trials that are kept although something disturbed each attempt beyond its limit
/// @param missing planned trials that never completed
/// @param fairness Jain's index over the threads' operations, 1/n to 1, median over trials
/// @param startSkewNanos largest over all trials
/// @param cpuShare CPU time / (N x elapsed), median over trials
/// @param edgeErrorShare largest bound on the interpolation error as a share of the operations
/// @param pinned whether the threads were bound to processors in every trial
/// @param notPinnedReason why not, or empty
/// @param collector of the workers
/// @param batchOperations operations between two readings of the clock, largest over trials
/// @param oddlyCompiled forks whose measured code was compiled more or less often than that of most
///   forks
/// @param steadyStates how many of its forks were of each class of steady state; forks of older
///   runs count as not classified
/// @param scoredMillisMedian scored time of a round, median (fixed work's running time)
public record PointSummary(
    ScalePoint point,
    int forks,
    List<Double> forkThroughputs,
    List<Integer> forkBlocks,
    @Nullable Double throughputMedian,
    @Nullable Estimate throughputMean,
    @Nullable Double nanosPerOperation,
    @Nullable Estimate speedup,
    @Nullable Estimate speedupFieller,
    int modes,
    @Nullable Estimate efficiency,
    @Nullable Estimate speedupOverSequential,
    long operations,
    @Nullable Long expectedUpdates,
    @Nullable Long lostUpdates,
    @Nullable Long netError,
    long prematureFrees,
    long doubleFrees,
    long usesAfterFree,
    long leaks,
    boolean referenceCount,
    boolean exactRequired,
    boolean exactByConstruction,
    List<String> defects,
    int invalidated,
    int failed,
    int disturbed,
    int missing,
    @Nullable Double fairness,
    @Nullable Long startSkewNanos,
    @Nullable Double cpuShare,
    @Nullable Double edgeErrorShare,
    boolean pinned,
    String notPinnedReason,
    String collector,
    @Nullable Long batchOperations,
    int oddlyCompiled,
    Map<SteadyState, Integer> steadyStates,
    @Nullable Double scoredMillisMedian) {
  /// Standard deviation as a share of the mean above which pyperf, too, calls a benchmark unstable.
  private static final double LARGE_SCATTER = 0.1;

  public PointSummary {
    forkThroughputs = List.copyOf(forkThroughputs);
    forkBlocks = List.copyOf(forkBlocks);
    defects = List.copyOf(defects);
    steadyStates = Map.copyOf(steadyStates);
  }

  /// Threads that do the work, over all processes.
  public int parallelism() {
    return point.parallelism();
  }

  /// The speedup over the plain sequential run, divided by N: what of N such runs it does. Null
  /// when unknown.
  public @Nullable Estimate efficiencyOverSequential() {
    return speedupOverSequential == null ? null : speedupOverSequential.dividedBy(parallelism());
  }

  /// Standard deviation of the forks' rates as a share of their mean; null below two forks.
  public @Nullable Double scatter() {
    double[] rates = forkThroughputs.stream().mapToDouble(rate -> rate).toArray();
    return rates.length < 2
        ? null
        : Double.valueOf(StandardDeviation.of(rates).getAsDouble() / Mean.of(rates).getAsDouble());
  }

  /// Whether the forks' rates scatter so much that their figures need care.
  public boolean scattered() {
    Double scatter = scatter();
    return scatter != null && scatter > LARGE_SCATTER;
  }

  /// Whether frees went wrong: too early, twice, never, or while the object was in use.
  public boolean freedWrongly() {
    return prematureFrees > 0 || doubleFrees > 0 || usesAfterFree > 0 || leaks > 0;
  }

  /// Forks of a class.
  public int forksOf(SteadyState state) {
    return steadyStates.getOrDefault(state, 0);
  }

  /// Name of the strategy.
  public String strategy() {
    return point.strategy().name();
  }
}

package io.percore.coordinator.stats.law;

import java.util.List;
import org.apache.commons.statistics.distribution.FDistribution;
import org.jspecify.annotations.Nullable;

/// How far a law misses what was measured, against what the forks scatter.
///
/// @param share by which the law misses a size, root mean square over the sizes, as a share of the
///   rate there, less what the forks' scatter explains; 0 when it explains all
/// @param ratio mean square of the residuals over the forks' variance, 1 for a law that holds; null
///   where the forks' variance is not known
/// @param pValue chance of such a ratio or a larger one if the law holds, by the F distribution;
///   null likewise
public record LackOfFit(double share, @Nullable Double ratio, @Nullable Double pValue) {
  /// Share above which a law does not describe a curve.
  public static final double LIMIT = 0.1;

  /// Whether the law does not describe the curve.
  public boolean failed() {
    return share > LIMIT;
  }

  /// The lack of fit of a law.
  ///
  /// @param freedom sizes less fitted parameters, at least 1
  static LackOfFit of(Usl law, List<Observation> observations, int freedom) {
    double squares = 0;
    double scatter = 0;
    double standardized = 0;
    double replicates = 0;
    for (Observation o : observations) {
      double miss = (o.rate() - law.throughput(o.size())) / o.rate();
      squares += miss * miss;
      scatter += o.relativeVariance();
      standardized += miss * miss / o.relativeVariance();
      replicates += o.forks() - 1;
    }
    int n = observations.size();
    double share = Math.sqrt(Math.max(0, squares - scatter * freedom / n) / n);
    boolean known = observations.stream().allMatch(o -> o.relativeVariance() > 0);
    if (!known) {
      return new LackOfFit(share, null, null);
    }
    double ratio = standardized / freedom;
    return new LackOfFit(
        share, ratio, FDistribution.of(freedom, replicates).survivalProbability(ratio));
  }
}

package io.percore.worker.workload;

import io.percore.worker.refcount.Counted;
import io.percore.worker.refcount.RefCount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.DiscreteSampler;
import org.apache.commons.rng.sampling.distribution.RejectionInversionZipfSampler;
import org.jspecify.annotations.Nullable;

/// Retains and releases objects of a common pool, some of them more often than others: the object
/// of rank k is drawn with a probability that is proportional to k to the power of minus the skew,
/// as keys are in YCSB (Cooper et al., SoCC 2010). Between one hot object and as many as there are.
///
/// Draws are made in advance and walked through in a circle, so that drawing costs a load.
final class ZipfKernel extends Kernel {
  /// A power of two; longer than the pool, so that its tail occurs.
  private static final int DRAWS = 1 << 14;

  private final Counted[] objects;
  private final boolean created;
  private final int[] draws;
  private int next;
  private @Nullable Counted held;

  private ZipfKernel(Team team, int thread, Counted[] objects, double skew, int steps) {
    super(team, thread, team.heap(thread, true), steps);
    this.objects = objects;
    this.created = team.first(thread);
    this.draws = draws(objects.length, skew, team.seed() + thread);
  }

  /// A kernel for each thread; threads with one domain share a pool.
  ///
  /// @param size objects in a pool, at least 1
  /// @param skew exponent; 0 draws all alike
  static List<Kernel> team(Team team, int size, double skew, int steps) {
    Map<RefCount, Counted[]> pools = new HashMap<>();
    List<Kernel> kernels = new ArrayList<>();
    for (int i = 0; i < team.size(); i++) {
      int thread = i;
      Counted[] pool =
          pools.computeIfAbsent(team.domain(thread), _ -> team.newObjects(thread, size));
      kernels.add(new ZipfKernel(team, thread, pool, skew, steps));
    }
    return kernels;
  }

  private static int[] draws(int size, double skew, long seed) {
    UniformRandomProvider random = new SplittableRandom(seed)::nextLong;
    DiscreteSampler sampler = RejectionInversionZipfSampler.of(random, size, skew);
    return sampler.samples(DRAWS).map(rank -> rank - 1).toArray();
  }

  @Override
  public void batch(int count) throws InterruptedException {
    Counted object = held;
    int at = next;
    for (int i = 0; i < count; i++) {
      if (object == null) {
        object = objects[draws[at]];
        at = (at + 1) & (DRAWS - 1);
        domain.retain(context, object);
        work();
        domain.afterOperation(context);
      } else {
        boolean last = domain.release(context, object);
        work();
        end(last, object);
        object = null;
      }
    }
    held = object;
    next = at;
    operations += count;
  }

  @Override
  void references(Consumer<Counted> each) {
    if (created) {
      List.of(objects).forEach(each);
    }
    if (held != null) {
      each.accept(held);
    }
  }

  @Override
  boolean incrementsOnly() {
    return false;
  }
}

package io.percore.worker.workload;

import io.percore.worker.refcount.Counted;
import io.percore.worker.refcount.RefCount;
import io.percore.worker.refcount.ThreadContext;
import java.util.ArrayList;
import java.util.List;

/// Increments one object: the loop `ref_count += 1`.
final class CounterKernel extends Kernel {
  private CounterKernel(
      RefCount domain, ThreadContext context, Counted object, int steps, long seed) {
    super(domain, context, object, steps, seed);
  }

  /// A kernel for each thread; threads with one domain share one object.
  static List<Kernel> team(Team team, int steps) {
    List<Kernel> kernels = new ArrayList<>();
    for (int i = 0; i < team.size(); i++) {
      kernels.add(
          new CounterKernel(
              team.domain(i), team.context(i), team.sharedObject(i), steps, team.seed()));
    }
    return kernels;
  }

  @Override
  public void batch(int count) throws InterruptedException {
    RefCount domain = this.domain;
    ThreadContext context = this.context;
    Counted object = this.object;
    int steps = this.steps;
    long x = value;
    for (int i = 0; i < count; i++) {
      domain.increment(context, object);
      x = DependentWork.run(x, steps);
      domain.afterOperation(context);
    }
    value = x;
    operations += count;
  }

  @Override
  int held() {
    return 0;
  }

  @Override
  boolean incrementsOnly() {
    return true;
  }
}

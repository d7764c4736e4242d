package io.percore.worker.workload;

import io.percore.worker.refcount.Counted;
import io.percore.worker.refcount.RefCount;
import io.percore.worker.refcount.ThreadContext;
import java.util.ArrayList;
import java.util.List;

/// Retains and releases one object in turn. A pair is two operations; after an odd number of them
/// the thread holds a reference, which the next batch begins by releasing.
final class PairKernel extends Kernel {
  private boolean holding;

  private PairKernel(RefCount domain, ThreadContext context, Counted object, int steps, long seed) {
    super(domain, context, object, steps, seed);
  }

  /// A kernel for each thread; threads with one domain share one object.
  static List<Kernel> onSharedObjects(Team team, int steps) {
    List<Kernel> kernels = new ArrayList<>();
    for (int i = 0; i < team.size(); i++) {
      kernels.add(
          new PairKernel(
              team.domain(i), team.context(i), team.sharedObject(i), steps, team.seed()));
    }
    return kernels;
  }

  /// A kernel and an object for each thread.
  static List<Kernel> onOwnObjects(Team team, int steps, boolean padded) {
    // Created one right after the other, so that the allocator puts them side by side.
    List<Counted> objects = new ArrayList<>();
    for (int i = 0; i < team.size(); i++) {
      objects.add(team.domain(i).newObject(padded));
    }
    List<Kernel> kernels = new ArrayList<>();
    for (int i = 0; i < team.size(); i++) {
      kernels.add(
          new PairKernel(team.domain(i), team.context(i), objects.get(i), steps, team.seed()));
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
    long freed = 0;
    int left = count;
    if (holding && left > 0) {
      freed += domain.release(context, object) ? 1 : 0;
      x = DependentWork.run(x, steps);
      domain.afterOperation(context);
      holding = false;
      left--;
    }
    for (int pairs = left >> 1; pairs > 0; pairs--) {
      domain.retain(context, object);
      x = DependentWork.run(x, steps);
      domain.afterOperation(context);
      freed += domain.release(context, object) ? 1 : 0;
      x = DependentWork.run(x, steps);
      domain.afterOperation(context);
    }
    if ((left & 1) != 0) {
      domain.retain(context, object);
      x = DependentWork.run(x, steps);
      domain.afterOperation(context);
      holding = true;
    }
    value = x;
    frees += freed;
    operations += count;
  }

  @Override
  int held() {
    return holding ? 1 : 0;
  }

  @Override
  boolean incrementsOnly() {
    return false;
  }
}

package io.percore.worker.workload;

import io.percore.worker.refcount.Counted;
import io.percore.worker.refcount.RefCount;
import io.percore.worker.refcount.ThreadContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Pairs whose retains and releases are counted apart, each by increments of an object of its own.
///
/// In one count a lost retain and a lost release cancel, so what is left says little of how many
/// there were. Two counts that only grow hide nothing.
final class SplitPairKernel extends Kernel {
  private final Counted released;

  /// 1 when the next operation is a release.
  private int next;

  private SplitPairKernel(
      RefCount domain,
      ThreadContext context,
      Counted retained,
      Counted released,
      int steps,
      long seed) {
    super(domain, context, retained, steps, seed);
    this.released = released;
  }

  /// A kernel for each thread; threads with one domain share both objects.
  static List<Kernel> team(Team team, int steps) {
    Map<RefCount, Counted> released = new HashMap<>();
    List<Kernel> kernels = new ArrayList<>();
    for (int i = 0; i < team.size(); i++) {
      kernels.add(
          new SplitPairKernel(
              team.domain(i),
              team.context(i),
              team.sharedObject(i),
              released.computeIfAbsent(team.domain(i), domain -> domain.newObject(true)),
              steps,
              team.seed()));
    }
    return kernels;
  }

  @Override
  public void batch(int count) throws InterruptedException {
    RefCount domain = this.domain;
    ThreadContext context = this.context;
    Counted retained = this.object;
    Counted released = this.released;
    int steps = this.steps;
    int turn = this.next;
    long x = value;
    for (int i = 0; i < count; i++) {
      domain.increment(context, turn == 0 ? retained : released);
      x = DependentWork.run(x, steps);
      domain.afterOperation(context);
      turn ^= 1;
    }
    next = turn;
    value = x;
    operations += count;
  }

  @Override
  List<Counted> objects() {
    return List.of(object, released);
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

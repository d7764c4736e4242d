package io.percore.worker.workload;

import io.percore.worker.refcount.Counted;
import io.percore.worker.refcount.RefCount;
import io.percore.worker.refcount.ThreadContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Pairs whose retains and releases are counted apart, each by increments of an object of its own.
///
/// In one count a lost retain and a lost release cancel, so what is left says little of how many
/// there were. Two counts that only grow hide nothing.
final class SplitPairKernel extends Kernel {
  private final Counted retained;
  private final Counted released;
  private final boolean created;

  /// 1 when the next operation is a release.
  private int next;

  private SplitPairKernel(Team team, int thread, Counted released, int steps) {
    super(team, thread, team.heap(thread, true), steps);
    this.retained = team.sharedObject(thread);
    this.released = released;
    this.created = team.first(thread);
  }

  /// A kernel for each thread; threads with one domain share both objects.
  static List<Kernel> team(Team team, int steps) {
    Map<RefCount, Counted> released = new HashMap<>();
    List<Kernel> kernels = new ArrayList<>();
    for (int i = 0; i < team.size(); i++) {
      int thread = i;
      Counted counter =
          released.computeIfAbsent(
              team.domain(thread), _ -> team.heap(thread, true).allocate(team.context(thread)));
      kernels.add(new SplitPairKernel(team, thread, counter, steps));
    }
    return kernels;
  }

  @Override
  public void batch(int count) throws InterruptedException {
    RefCount domain = this.domain;
    ThreadContext context = this.context;
    Counted retained = this.retained;
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

  /// Only the creator's: what is counted here are increments, of which nobody is the owner.
  @Override
  void references(Consumer<Counted> each) {
    if (created) {
      each.accept(retained);
      each.accept(released);
    }
  }

  @Override
  boolean incrementsOnly() {
    return true;
  }
}

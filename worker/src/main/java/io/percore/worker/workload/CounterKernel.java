package io.percore.worker.workload;

import io.percore.worker.refcount.Counted;
import io.percore.worker.refcount.RefCount;
import io.percore.worker.refcount.ThreadContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Increments one object: the loop `ref_count += 1`.
final class CounterKernel extends Kernel {
  private final Counted object;
  private final boolean created;

  private CounterKernel(Team team, int thread, int steps) {
    super(team, thread, team.heap(thread, true), steps);
    this.object = team.sharedObject(thread);
    this.created = team.first(thread);
  }

  /// A kernel for each thread; threads with one domain share one object.
  static List<Kernel> team(Team team, int steps) {
    List<Kernel> kernels = new ArrayList<>();
    for (int i = 0; i < team.size(); i++) {
      kernels.add(new CounterKernel(team, i, steps));
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

  /// Only the creator's: what is counted here are increments, of which nobody is the owner.
  @Override
  void references(Consumer<Counted> each) {
    if (created) {
      each.accept(object);
    }
  }

  @Override
  boolean incrementsOnly() {
    return true;
  }
}

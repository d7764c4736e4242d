package io.percore.worker.workload;

import io.percore.worker.refcount.Counted;
import io.percore.worker.refcount.RefCount;
import io.percore.worker.refcount.ThreadContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Increments one object: the loop `ref_count += 1`.
final class CounterKernel extends Kernel {
  /// Operations in one turn of the loop. The compiler unrolls a loop by itself only while nothing
  /// in it may call, so a discipline that may wait would have one load and one store in the loop
  /// and another would have many. Some processors serve such a lone pair in two ways, four times
  /// apart in speed, and change between them every few milliseconds.
  private static final int UNROLLED = 4;

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
    int left = count;
    for (; left >= UNROLLED; left -= UNROLLED) {
      x = increment(domain, context, object, x, steps);
      x = increment(domain, context, object, x, steps);
      x = increment(domain, context, object, x, steps);
      x = increment(domain, context, object, x, steps);
    }
    for (; left > 0; left--) {
      x = increment(domain, context, object, x, steps);
    }
    value = x;
    operations += count;
  }

  private static long increment(
      RefCount domain, ThreadContext context, Counted object, long x, int steps)
      throws InterruptedException {
    domain.increment(context, object);
    long worked = DependentWork.run(x, steps);
    domain.afterOperation(context);
    return worked;
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

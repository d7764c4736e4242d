package io.percore.worker.workload;

import io.percore.worker.refcount.Counted;
import io.percore.worker.refcount.Heap;
import io.percore.worker.refcount.RefCount;
import io.percore.worker.refcount.ThreadContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Retains and releases one object in turn. A pair is two operations; after an odd number of them
/// the thread holds a reference, which the next batch begins by releasing. The creator of the
/// object keeps its own, so that no release should ever find zero; one that does frees the object
/// all the same, too early.
final class PairKernel extends Kernel {
  private final Counted object;
  private final boolean created;
  private boolean holding;

  private PairKernel(Team team, int thread, Heap heap, Counted object, boolean created, int steps) {
    super(team, thread, heap, steps);
    this.object = object;
    this.created = created;
  }

  /// A kernel for each thread; threads with one domain share one object.
  ///
  /// @param bystander whether a thread that never runs has made the objects
  static List<Kernel> onSharedObjects(Team team, int steps, boolean bystander) {
    letMake(team, bystander);
    List<Kernel> kernels = new ArrayList<>();
    for (int i = 0; i < team.size(); i++) {
      Heap heap = team.heap(i, true);
      kernels.add(new PairKernel(team, i, heap, team.sharedObject(i), team.first(i), steps));
    }
    return kernels;
  }

  /// A kernel and an object for each thread.
  ///
  /// @param bystander whether a thread that never runs has made the objects
  static List<Kernel> onOwnObjects(Team team, int steps, boolean padded, boolean bystander) {
    letMake(team, bystander);
    List<Heap> heaps = new ArrayList<>();
    for (int i = 0; i < team.size(); i++) {
      heaps.add(team.heap(i, padded));
    }
    // Created one right after the other, so that the allocator puts them side by side.
    List<Counted> objects = new ArrayList<>();
    for (int i = 0; i < team.size(); i++) {
      objects.add(heaps.get(i).allocate(team.maker(i)));
    }
    List<Kernel> kernels = new ArrayList<>();
    for (int i = 0; i < team.size(); i++) {
      kernels.add(new PairKernel(team, i, heaps.get(i), objects.get(i), true, steps));
    }
    return kernels;
  }

  private static void letMake(Team team, boolean bystander) {
    for (int i = 0; bystander && i < team.size(); i++) {
      team.makeByBystander(i);
    }
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
    for (; freed > 0; freed--) {
      heap.free(context, object);
    }
    value = x;
    operations += count;
  }

  @Override
  void references(Consumer<Counted> each) {
    if (created) {
      each.accept(object);
    }
    if (holding) {
      each.accept(object);
    }
  }

  @Override
  boolean incrementsOnly() {
    return false;
  }
}

package io.percore.worker.workload;

import io.percore.worker.refcount.Counted;
import io.percore.worker.refcount.RefCount;
import io.percore.worker.refcount.SharedPointer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// Loads and stores shared pointers: a load borrows the object, looks at it and gives it back; a
/// store makes an object, puts it in the old one's place and retires that. The first of the two
/// benchmarks of Anderson, Blelloch and Wei (PLDI 2021, figure 6 a to c), where every load races
/// with the store that would free what it has just loaded.
///
/// Which pointer, and what to do with it, is drawn in advance, as in [ZipfKernel].
final class SwapKernel extends Kernel {
  private static final int DRAWS = 1 << 14;

  private final SharedPointer[] pointers;
  private final boolean created;

  /// The number of a pointer; its complement for a store.
  private final int[] draws;

  private int next;

  private SwapKernel(Team team, int thread, SharedPointer[] pointers, int stores, int steps) {
    super(team, thread, team.heap(thread, true), steps);
    this.pointers = pointers;
    this.created = team.first(thread);
    SplittableRandom random = new SplittableRandom(team.seed() + thread);
    this.draws = new int[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      int pointer = random.nextInt(pointers.length);
      draws[i] = random.nextInt(100) < stores ? ~pointer : pointer;
    }
  }

  /// A kernel for each thread; threads with one domain share the pointers.
  ///
  /// @param size pointers of a domain, at least 1
  /// @param stores percentage of operations that store
  static List<Kernel> team(Team team, int size, int stores, int steps) {
    Map<RefCount, SharedPointer[]> shared = new HashMap<>();
    List<Kernel> kernels = new ArrayList<>();
    for (int i = 0; i < team.size(); i++) {
      int thread = i;
      SharedPointer[] pointers =
          shared.computeIfAbsent(team.domain(thread), _ -> team.newPointers(thread, size));
      kernels.add(new SwapKernel(team, thread, pointers, stores, steps));
    }
    return kernels;
  }

  @Override
  public void batch(int count) throws InterruptedException {
    int at = next;
    for (int i = 0; i < count; i++) {
      int draw = draws[at];
      at = (at + 1) & (DRAWS - 1);
      if (draw >= 0) {
        load(pointers[draw]);
      } else {
        store(pointers[~draw]);
      }
    }
    next = at;
    operations += count;
  }

  private void load(SharedPointer pointer) throws InterruptedException {
    Counted object = domain.borrow(context, pointer);
    int life = object == null ? 0 : heap.access(context, object);
    work();
    domain.afterOperation(context);
    if (object != null) {
      heap.recheck(context, object, life);
      end(domain.giveBack(context, object), object);
    }
  }

  private void store(SharedPointer pointer) throws InterruptedException {
    Counted old = domain.exchange(context, pointer, heap.allocate(context));
    work();
    domain.afterOperation(context);
    if (old != null) {
      end(domain.retire(context, old), old);
    }
  }

  @Override
  void references(Consumer<Counted> each) {
    if (created) {
      for (SharedPointer pointer : pointers) {
        Counted object = pointer.load();
        if (object != null) {
          each.accept(object);
        }
      }
    }
  }

  @Override
  boolean incrementsOnly() {
    return false;
  }
}

package io.percore.worker.workload;

import io.percore.worker.refcount.Counted;
import io.percore.worker.refcount.Heap;
import io.percore.worker.refcount.RefCount;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// What the kernels of a process have done and what their objects say, at a moment when all threads
/// are at rest and something (a thread's end, a future's result) made their doings visible to the
/// caller. All in 64 bits.
///
/// @param operations operations, all kernels
/// @param expectedUpdates increment-only kernels: what the counts should have grown by; else 0
/// @param observedUpdates what they have grown by; else 0
/// @param netError pairs: counts minus the references that are held. With several objects it is the
///   sum of the magnitudes, since errors of two objects could cancel
/// @param prematureFrees objects that are free although references to them are held
/// @param doubleFrees frees of objects that were free
/// @param usesAfterFree uses of objects, by threads that held or had borrowed them, that were free
///   or in another life
/// @param leaks objects that live although no reference leads to them
/// @param values where each kernel's chain of dependent work stands
/// @param kernelOperations operations of each kernel
public record Audit(
    long operations,
    long expectedUpdates,
    long observedUpdates,
    long netError,
    long prematureFrees,
    long doubleFrees,
    long usesAfterFree,
    long leaks,
    List<Long> values,
    List<Long> kernelOperations) {
  public Audit {
    values = List.copyOf(values);
    kernelOperations = List.copyOf(kernelOperations);
  }

  /// Has everything done that the disciplines left for later. Call it before [#of], once threads
  /// have run.
  ///
  /// @throws InterruptedException when interrupted while freeing
  public static void quiesce(List<Kernel> kernels) throws InterruptedException {
    Set<RefCount> done = new HashSet<>();
    for (Kernel kernel : kernels) {
      if (done.add(kernel.domain())) {
        kernel.domain().quiesce(kernel.context());
      }
    }
  }

  /// Reads the kernels of one process and all their objects.
  public static Audit of(List<Kernel> kernels) {
    IdentityHashMap<Counted, ObjectTally> tallies = new IdentityHashMap<>();
    Set<Heap> heaps = new HashSet<>();
    for (Kernel kernel : kernels) {
      heaps.add(kernel.heap());
      kernel.references(
          object ->
              tallies.computeIfAbsent(object, o -> new ObjectTally(o, kernel.domain()))
                  .references++);
    }
    Collection<ObjectTally> objects = tallies.values();
    long operations = kernels.stream().mapToLong(Kernel::operations).sum();
    boolean incrementsOnly = kernels.stream().allMatch(Kernel::incrementsOnly);
    long alive = objects.stream().filter(ObjectTally::alive).count();
    return new Audit(
        operations,
        incrementsOnly ? operations : 0,
        incrementsOnly ? objects.stream().mapToLong(ObjectTally::error).sum() : 0,
        incrementsOnly ? 0 : netError(objects),
        objects.size() - alive,
        heaps.stream().mapToLong(Heap::doubleFrees).sum(),
        heaps.stream().mapToLong(Heap::usesAfterFree).sum(),
        Math.max(0, heaps.stream().mapToLong(Heap::live).sum() - alive),
        kernels.stream().map(Kernel::value).toList(),
        kernels.stream().map(Kernel::operations).toList());
  }

  private static long netError(Collection<ObjectTally> objects) {
    return objects.size() == 1
        ? objects.iterator().next().error()
        : objects.stream().mapToLong(tally -> Math.abs(tally.error())).sum();
  }

  /// An object that references lead to.
  private static final class ObjectTally {
    private final Counted object;
    private final RefCount domain;
    private long references;

    ObjectTally(Counted object, RefCount domain) {
      this.object = object;
      this.domain = domain;
    }

    boolean alive() {
      return Counted.isLive(object.life());
    }

    /// What the count says beyond the references; 0 where nothing is counted.
    long error() {
      long count = domain.count(object);
      return count == RefCount.UNCOUNTED ? 0 : count - references;
    }
  }
}

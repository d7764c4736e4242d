package io.percore.worker.workload;

import io.percore.worker.refcount.Counted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the kernels of a process have done and what their objects say, at a moment when all threads
/// are quiescent and something (a thread's end, a future's result) made their doings visible to the
/// caller. All in 64 bits.
///
/// @param operations operations, all kernels
/// @param expectedUpdates increment-only kernels: what the counts should have grown by; else 0
/// @param observedUpdates what they have grown by; else 0
/// @param netError pairs: counts minus the references that are held. With several objects it is the
///   sum of the magnitudes, since errors of two objects could cancel
/// @param prematureFrees objects that were freed although their creator held them
/// @param doubleFrees objects freed once more, each time
/// @param values where each kernel's chain of dependent work stands
/// @param kernelOperations operations of each kernel
public record Audit(
    long operations,
    long expectedUpdates,
    long observedUpdates,
    long netError,
    long prematureFrees,
    long doubleFrees,
    List<Long> values,
    List<Long> kernelOperations) {
  /// The reference of whoever created an object.
  private static final long CREATORS = 1;

  public Audit {
    values = List.copyOf(values);
    kernelOperations = List.copyOf(kernelOperations);
  }

  /// Reads the kernels of one process and all their objects.
  public static Audit of(List<Kernel> kernels) {
    Map<Counted, ObjectTally> objects = new HashMap<>();
    for (Kernel kernel : kernels) {
      for (Counted object : kernel.objects()) {
        objects
            .computeIfAbsent(object, o -> new ObjectTally(kernel.domain().count(o) - CREATORS))
            .add(kernel);
      }
    }
    long operations = kernels.stream().mapToLong(Kernel::operations).sum();
    boolean incrementsOnly = kernels.stream().allMatch(Kernel::incrementsOnly);
    long growth = objects.values().stream().mapToLong(tally -> tally.growth).sum();
    return new Audit(
        operations,
        incrementsOnly ? operations : 0,
        incrementsOnly ? growth : 0,
        incrementsOnly ? 0 : netError(List.copyOf(objects.values())),
        objects.values().stream().filter(tally -> tally.frees > 0).count(),
        objects.values().stream().mapToLong(tally -> Math.max(0, tally.frees - 1)).sum(),
        kernels.stream().map(Kernel::value).toList(),
        kernels.stream().map(Kernel::operations).toList());
  }

  private static long netError(List<ObjectTally> objects) {
    return objects.size() == 1
        ? objects.getFirst().error()
        : objects.stream().mapToLong(tally -> Math.abs(tally.error())).sum();
  }

  private static final class ObjectTally {
    private final long growth;
    private long held;
    private long frees;

    ObjectTally(long growth) {
      this.growth = growth;
    }

    void add(Kernel kernel) {
      held += kernel.held();
      frees += kernel.frees();
    }

    long error() {
      return growth - held;
    }
  }
}

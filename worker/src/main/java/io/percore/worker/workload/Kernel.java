package io.percore.worker.workload;

import io.percore.worker.refcount.Counted;
import io.percore.worker.refcount.Heap;
import io.percore.worker.refcount.RefCount;
import io.percore.worker.refcount.ThreadContext;
import java.util.function.Consumer;

/// What one measured thread does, and its own tally of it. [#batch] belongs to that thread; the
/// tallies may be read by others once it is quiescent and something made that visible.
///
/// The tally is written once a batch and is padded on both sides, so that threads do not disturb
/// each other.
public abstract class Kernel extends KernelTally {
  long r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15;

  final RefCount domain;
  final ThreadContext context;
  final Heap heap;
  final int steps;

  /// @param thread number of the kernel's thread in the team
  /// @param heap where its objects come from
  /// @param steps of dependent work after each operation
  Kernel(Team team, int thread, Heap heap, int steps) {
    this.domain = team.domain(thread);
    this.context = team.context(thread);
    this.heap = heap;
    this.steps = steps;
    this.value = DependentWork.start(team.seed(), context.thread());
  }

  /// Does `count` operations, each with its work. The one method of warm-up and window: entered
  /// again and again, it is compiled as a whole. The thread must be attached to the domain.
  ///
  /// @throws InterruptedException when interrupted while waiting to go on; the tally is then void
  public abstract void batch(int count) throws InterruptedException;

  /// Names the object of each reference that there is between two batches, once for each reference.
  /// Kernels that share something say between them what it refers to, each reference by one of
  /// them.
  abstract void references(Consumer<Counted> each);

  /// Whether it only increments.
  abstract boolean incrementsOnly();

  /// The work that belongs to an operation.
  final void work() {
    value = DependentWork.run(value, steps);
  }

  /// Ends an operation that may have given back the last reference to an object: frees that if so.
  ///
  /// @param last what the discipline answered
  final void end(boolean last, Counted object) throws InterruptedException {
    if (last) {
      heap.free(context, object);
    }
    domain.afterOperation(context);
  }

  /// The discipline's domain that it counts through.
  public final RefCount domain() {
    return domain;
  }

  /// The thread that it belongs to, as the discipline knows it.
  public final ThreadContext context() {
    return context;
  }

  /// Operations done since it was created.
  public final long operations() {
    return operations;
  }

  /// Where its objects come from.
  final Heap heap() {
    return heap;
  }

  /// Where its chain of dependent work stands.
  final long value() {
    return value;
  }
}

/// 128 bytes before the tally.
abstract class PaddingBeforeTally {
  long l0, l1, l2, l3, l4, l5, l6, l7, l8, l9, l10, l11, l12, l13, l14, l15;
}

/// Written by the kernel's own thread with plain stores.
abstract class KernelTally extends PaddingBeforeTally {
  long operations;
  long value;
}

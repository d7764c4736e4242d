package io.percore.worker.workload;

import io.percore.worker.refcount.Counted;
import io.percore.worker.refcount.RefCount;
import io.percore.worker.refcount.ThreadContext;
import java.util.List;

/// What one measured thread does, and its own tally of it. [#batch] belongs to that thread; the
/// tallies may be read by others once it is quiescent and something made that visible.
///
/// The tally is written once a batch and is padded on both sides, so that threads do not disturb
/// each other.
public abstract sealed class Kernel extends KernelTally
    permits CounterKernel, PairKernel, SplitPairKernel {
  long r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15;

  final RefCount domain;
  final ThreadContext context;
  final Counted object;
  final int steps;

  Kernel(RefCount domain, ThreadContext context, Counted object, int steps, long seed) {
    this.domain = domain;
    this.context = context;
    this.object = object;
    this.steps = steps;
    this.value = DependentWork.start(seed, context.thread());
  }

  /// Does `count` operations, each with its work. The one method of warm-up and window: entered
  /// again and again, it is compiled as a whole. The thread must be attached to the domain.
  ///
  /// @throws InterruptedException when interrupted while waiting to go on; the tally is then void
  public abstract void batch(int count) throws InterruptedException;

  /// The objects that it counts.
  List<Counted> objects() {
    return List.of(object);
  }

  /// References that this thread holds between two batches, beside the creator's.
  abstract int held();

  /// Whether it only increments.
  abstract boolean incrementsOnly();

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

  /// Releases that were told to free the object, which the creator still holds: each of them wrong.
  final long frees() {
    return frees;
  }

  /// Where its chain of dependent work stands.
  final long value() {
    return value;
  }
}

/// 128 bytes before the tally.
abstract sealed class PaddingBeforeTally permits KernelTally {
  long l0, l1, l2, l3, l4, l5, l6, l7, l8, l9, l10, l11, l12, l13, l14, l15;
}

/// Written by the kernel's own thread with plain stores.
abstract sealed class KernelTally extends PaddingBeforeTally permits Kernel {
  long operations;
  long frees;
  long value;
}

package io.percore.worker.refcount;

import java.util.concurrent.atomic.LongAdder;

/// Counts with a [LongAdder], which spreads a count over cells when threads contend. It can be
/// summed up when nobody counts, and nobody learns that it has become zero. So it is a statistics
/// counter and *not a reference count*: it shows what a reference count would cost if nobody had to
/// know.
///
/// | access | mode | why |
/// |---|---|---|
/// | a cell | compare-and-set | the adder's own; cells are padded, its base is not |
/// | sum | at rest | the adder's sum is exact only while nobody adds |
public final class Striped extends RefCount {
  private Striped() {}

  static RefCount create() {
    return new Striped();
  }

  @Override
  Object newCompanion() {
    return new LongAdder();
  }

  @Override
  void beginLife(ThreadContext context, Counted object) {
    of(object).reset();
    of(object).increment();
  }

  @Override
  public void increment(ThreadContext context, Counted object) {
    of(object).increment();
  }

  /// Returns false always.
  @Override
  public boolean release(ThreadContext context, Counted object) {
    of(object).decrement();
    return false;
  }

  @Override
  public long count(Counted object) {
    return of(object).sum();
  }

  private static LongAdder of(Counted object) {
    return (LongAdder) object.companion();
  }
}

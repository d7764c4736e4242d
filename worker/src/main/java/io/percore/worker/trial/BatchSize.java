package io.percore.worker.trial;

/// How many operations a thread does between two readings of its clock. Found by doubling and
/// halving so that a batch takes 20 to 100 us, then fixed.
///
/// It goes by the shortest of several batches, so that a batch which waited for a lock or a
/// processor does not shrink it: what a batch costs is asked for, not what it suffers. Used by one
/// thread.
final class BatchSize {
  static final long SHORTEST_NANOS = 20_000;
  static final long LONGEST_NANOS = 100_000;

  /// Batches of one size before it is judged.
  static final int TRIES = 5;

  private static final int MAX_OPERATIONS = 1 << 24;

  private boolean fixed;
  private int operations = 1;
  private int tries;
  private long shortest = Long.MAX_VALUE;

  /// Operations of the next batch.
  int operations() {
    return operations;
  }

  /// Uses this size from now on.
  void fix(int size) {
    operations = size;
    fixed = true;
  }

  /// Takes the duration of a batch of this size.
  void record(long nanos) {
    if (fixed) {
      return;
    }
    shortest = Math.min(shortest, nanos);
    tries++;
    if (tries < TRIES) {
      return;
    }
    if (shortest < SHORTEST_NANOS && operations < MAX_OPERATIONS) {
      operations *= 2;
    } else if (shortest > LONGEST_NANOS && operations > 1) {
      operations /= 2;
    }
    tries = 0;
    shortest = Long.MAX_VALUE;
  }
}

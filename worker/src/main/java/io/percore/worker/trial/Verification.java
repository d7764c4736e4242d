package io.percore.worker.trial;

import io.percore.worker.workload.Audit;
import io.percore.worker.workload.DependentWork;

/// What the counts of one process say about the operations between two moments. All in 64 bits.
///
/// @param operations operations done, all threads
/// @param expectedUpdates increment-only workloads: what the counts should have grown by; else 0
/// @param observedUpdates what they have grown by; else 0
/// @param netError pair workloads: the counts' deviation from the references held
/// @param prematureFrees objects that are free although references to them are held
/// @param doubleFrees frees of objects that were free
/// @param usesAfterFree uses of objects that were free or in another life
/// @param leaks objects that live although no reference leads to them
/// @param workChecksum sum of the values that the threads' dependent work has come to
/// @param expectedWorkChecksum what the same number of steps must give
public record Verification(
    long operations,
    long expectedUpdates,
    long observedUpdates,
    long netError,
    long prematureFrees,
    long doubleFrees,
    long usesAfterFree,
    long leaks,
    long workChecksum,
    long expectedWorkChecksum) {
  /// The difference of two audits of the same kernels.
  ///
  /// @param steps steps of dependent work that belong to each operation
  static Verification between(Audit earlier, Audit later, long steps) {
    long checksum = 0;
    long expectedChecksum = 0;
    for (int i = 0; i < later.values().size(); i++) {
      long operations = later.kernelOperations().get(i) - earlier.kernelOperations().get(i);
      checksum += later.values().get(i);
      expectedChecksum += DependentWork.jump(earlier.values().get(i), operations * steps);
    }
    return new Verification(
        later.operations() - earlier.operations(),
        later.expectedUpdates() - earlier.expectedUpdates(),
        later.observedUpdates() - earlier.observedUpdates(),
        later.netError() - earlier.netError(),
        later.prematureFrees() - earlier.prematureFrees(),
        later.doubleFrees() - earlier.doubleFrees(),
        later.usesAfterFree() - earlier.usesAfterFree(),
        later.leaks() - earlier.leaks(),
        checksum,
        expectedChecksum);
  }

  /// Whether every count is what it should be.
  public boolean exact() {
    return expectedUpdates == observedUpdates
        && netError == 0
        && prematureFrees == 0
        && doubleFrees == 0
        && usesAfterFree == 0
        && leaks == 0
        && workChecksum == expectedWorkChecksum;
  }
}

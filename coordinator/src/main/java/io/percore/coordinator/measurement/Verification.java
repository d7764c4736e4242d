package io.percore.coordinator.measurement;

import org.jspecify.annotations.Nullable;

/// The counts of a trial, over every operation since its processes began, and summed over them.
///
/// @param operations operations done, warm-up and run-out included
/// @param expectedUpdates what increment-only counts should be; null for other workloads
/// @param observedUpdates what they are; null for other workloads
/// @param netError for retain and release pairs: count at the end minus count at the beginning
/// @param prematureFrees objects found free while a reference was still held
/// @param doubleFrees objects freed once more
/// @param usesAfterFree uses of objects that were free or in another life
/// @param leaks objects that live although no reference leads to them
/// @param workExact whether the dependent work between operations gave the value that it must
public record Verification(
    long operations,
    @Nullable Long expectedUpdates,
    @Nullable Long observedUpdates,
    long netError,
    long prematureFrees,
    long doubleFrees,
    long usesAfterFree,
    long leaks,
    boolean workExact) {

  /// Expected minus observed updates, or null where the workload does not count them.
  public @Nullable Long lostUpdates() {
    return expectedUpdates == null || observedUpdates == null
        ? null
        : Long.valueOf(expectedUpdates - observedUpdates);
  }

  /// Whether every count is what it should be.
  public boolean exact() {
    Long lost = lostUpdates();
    return (lost == null || lost == 0)
        && netError == 0
        && prematureFrees == 0
        && doubleFrees == 0
        && usesAfterFree == 0
        && leaks == 0
        && workExact;
  }
}

package io.percore.coordinator.measurement;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
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

  /// What is wrong, as `double frees 12, leaks 3 in 1000 operations`: each kind that occurred.
  public String faults() {
    Map<String, Long> faults = new LinkedHashMap<>();
    Long lost = lostUpdates();
    faults.put("lost updates", lost == null ? 0 : lost);
    faults.put("net error", netError);
    faults.put("premature frees", prematureFrees);
    faults.put("double frees", doubleFrees);
    faults.put("uses after a free", usesAfterFree);
    faults.put("leaks", leaks);
    faults.put("wrong results of the work between operations", workExact ? 0L : 1);
    return faults.entrySet().stream()
            .filter(fault -> fault.getValue() != 0)
            .map(fault -> fault.getKey() + " " + fault.getValue())
            .collect(Collectors.joining(", "))
        + " in "
        + operations
        + " operations";
  }
}

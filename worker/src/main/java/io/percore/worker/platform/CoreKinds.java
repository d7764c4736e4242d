package io.percore.worker.platform;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/// Which processors are efficiency cores: built for less power, and slower than others of the same
/// machine.
///
/// A hybrid x86 machine has a performance monitoring unit for each kind of core, and what is not of
/// the unit `cpu_core` is an efficiency core. Elsewhere the scheduler's capacities say it: a
/// processor below four fifths of the largest is one. Smaller differences are those between equal
/// cores of which some are allowed a higher clock.
///
/// @param efficiency their numbers
/// @param source where that was read
record CoreKinds(Set<Integer> efficiency, String source) {
  private static final String PERFORMANCE_UNIT = "sys/devices/cpu_core/cpus";
  private static final String CPU = "sys/devices/system/cpu/cpu";

  CoreKinds {
    efficiency = Set.copyOf(efficiency);
  }

  /// Reads the kinds of the processors `cpus`.
  static CoreKinds read(SystemFiles files, List<Integer> cpus) {
    return files
        .cpus(PERFORMANCE_UNIT)
        .map(performance -> without(cpus, performance))
        .orElseGet(() -> byCapacity(files, cpus));
  }

  private static CoreKinds without(List<Integer> cpus, List<Integer> performance) {
    Set<Integer> efficiency = new HashSet<>(cpus);
    performance.forEach(efficiency::remove);
    return new CoreKinds(efficiency, "/" + PERFORMANCE_UNIT);
  }

  private static CoreKinds byCapacity(SystemFiles files, List<Integer> cpus) {
    Map<Integer, Integer> capacities = new TreeMap<>();
    int largest = 0;
    for (int cpu : cpus) {
      OptionalInt capacity = files.integer(CPU + cpu + "/cpu_capacity");
      if (capacity.isEmpty()) {
        return new CoreKinds(Set.of(), "nothing tells kinds of cores apart");
      }
      capacities.put(cpu, capacity.getAsInt());
      largest = Math.max(largest, capacity.getAsInt());
    }
    double enough = 0.8 * largest;
    capacities.values().removeIf(capacity -> capacity >= enough);
    return new CoreKinds(capacities.keySet(), "/" + CPU + "*/cpu_capacity");
  }
}

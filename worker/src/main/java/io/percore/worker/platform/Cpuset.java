package io.percore.worker.platform;

import java.util.List;
import java.util.Optional;

/// Processors that the control group of this process may use.
///
/// The kernel keeps the affinity mask within it, so it takes nothing more away; it says whose
/// decision a small mask is, and shows a mask that was read wrongly.
///
/// @param cpus their numbers; empty when there is no such restriction to be seen
/// @param reading where that was read
record Cpuset(Optional<List<Integer>> cpus, Reading reading) {
  private static final List<String> VERSION_1 = List.of("cpuset.effective_cpus", "cpuset.cpus");
  private static final List<String> VERSION_2 = List.of("cpuset.cpus.effective");

  /// Reads what holds for the nearest group that says it: a group without the controller is bound
  /// by its parent.
  static Cpuset read(SystemFiles files) {
    for (ControlGroups.Hierarchy hierarchy : ControlGroups.of(files, "cpuset")) {
      for (String directory : hierarchy.directories()) {
        for (String name : hierarchy.version() == 2 ? VERSION_2 : VERSION_1) {
          String file = directory + "/" + name;
          Optional<List<Integer>> cpus = files.cpus(file);
          if (cpus.isPresent()) {
            return new Cpuset(cpus, new Reading(files.text(file).orElse(""), "/" + file, true));
          }
        }
      }
    }
    return new Cpuset(
        Optional.empty(), new Reading("none", "no cpuset control group is visible", true));
  }

  /// Those of `mask` that the group may use, and all of them where the two have nothing in common.
  List<Integer> restrict(List<Integer> mask) {
    List<Integer> allowed = mask.stream().filter(cpus.orElse(mask)::contains).toList();
    return allowed.isEmpty() ? mask : allowed;
  }

  /// The reading, in doubt when the mask has processors that the group has not.
  Reading against(List<Integer> mask) {
    return cpus.isEmpty() || cpus.get().containsAll(mask)
        ? reading
        : new Reading(reading.value(), reading.source() + ", which the mask contradicts", false);
  }
}

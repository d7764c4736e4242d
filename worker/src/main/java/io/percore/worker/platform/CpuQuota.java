package io.percore.worker.platform;

import io.percore.worker.platform.ControlGroups.Hierarchy;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// CPU time that the control group of this process may use, in processors.
///
/// A group is limited by its ancestors too, so the smallest quota between it and the mount point
/// counts. Version 2 says `quota period` in `cpu.max`, version 1 in two files. Where both are
/// mounted, the one whose files exist counts.
final class CpuQuota {
  private static final String NONE = "none";

  private CpuQuota() {}

  /// Reads the quota below `root`, which is `/` but for tests; "none" when there is no limit.
  static Reading read(Path root) {
    SystemFiles files = SystemFiles.at(root);
    Optional<Limit> smallest = Optional.empty();
    boolean found = false;
    for (Hierarchy hierarchy : ControlGroups.of(files, "cpu")) {
      for (String directory : hierarchy.directories()) {
        found |= governs(files, hierarchy, directory);
        Optional<Limit> limit = limit(files, hierarchy, directory);
        if (limit.isPresent()
            && (smallest.isEmpty() || limit.get().cpus().compareTo(smallest.get().cpus()) < 0)) {
          smallest = limit;
        }
      }
    }
    if (smallest.isPresent()) {
      return new Reading(
          smallest.get().cpus().stripTrailingZeros().toPlainString(),
          smallest.get().source(),
          true);
    }
    return found
        ? new Reading(NONE, "control group of /proc/self/cgroup and its ancestors", true)
        : new Reading(NONE, "no CPU control group is visible", false);
  }

  private record Limit(BigDecimal cpus, String source) {
    static Optional<Limit> of(String quota, String period, String source) {
      try {
        BigDecimal micros = new BigDecimal(quota);
        BigDecimal every = new BigDecimal(period);
        return micros.signum() <= 0 || every.signum() <= 0
            ? Optional.empty()
            : Optional.of(new Limit(micros.divide(every, MathContext.DECIMAL32), source));
      } catch (NumberFormatException unlimited) {
        // "max" of version 2.
        return Optional.empty();
      }
    }
  }

  private static boolean governs(SystemFiles files, Hierarchy hierarchy, String directory) {
    String file = hierarchy.version() == 2 ? "/cgroup.controllers" : "/cpu.cfs_quota_us";
    return Files.isReadable(files.resolve(directory + file));
  }

  private static Optional<Limit> limit(SystemFiles files, Hierarchy hierarchy, String directory) {
    if (hierarchy.version() == 2) {
      String file = directory + "/cpu.max";
      String[] words = files.text(file).orElse("max 0").split(" ", -1);
      return words.length == 2 ? Limit.of(words[0], words[1], "/" + file) : Optional.empty();
    }
    String file = directory + "/cpu.cfs_quota_us";
    Optional<String> quota = files.text(file);
    Optional<String> period = files.text(directory + "/cpu.cfs_period_us");
    return quota.isPresent() && period.isPresent()
        ? Limit.of(quota.get(), period.get(), "/" + file)
        : Optional.empty();
  }
}

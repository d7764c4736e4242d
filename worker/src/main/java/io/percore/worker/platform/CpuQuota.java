package io.percore.worker.platform;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// CPU time that the control group of this process may use, in processors.
///
/// A group is limited by its ancestors too, so the smallest quota between it and the mount point
/// counts. Version 2 says `quota period` in `cpu.max`, version 1 in two files. Where both are
/// mounted, the one whose files exist counts.
final class CpuQuota {
  private static final String NONE = "none";
  private static final String SEPARATOR = " - ";

  private CpuQuota() {}

  /// Reads the quota below `root`, which is `/` but for tests; "none" when there is no limit.
  static Reading read(Path root) {
    SystemFiles files = SystemFiles.at(root);
    Optional<Limit> smallest = Optional.empty();
    boolean found = false;
    for (Hierarchy hierarchy : hierarchies(files)) {
      for (String directory : hierarchy.directories()) {
        found |= hierarchy.governs(files, directory);
        Optional<Limit> limit = hierarchy.limit(files, directory);
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

  /// A mounted hierarchy that can limit CPU time, and our group in it.
  ///
  /// @param mountPoint without the leading slash
  /// @param group path of our group below the mount point: empty, or beginning with a slash
  /// @param version of control groups, 1 or 2
  private record Hierarchy(String mountPoint, String group, int version) {
    /// From our group up to the mount point.
    List<String> directories() {
      List<String> directories = new ArrayList<>();
      String path = group;
      while (!path.isEmpty()) {
        directories.add(mountPoint + path);
        path = path.substring(0, path.lastIndexOf('/'));
      }
      directories.add(mountPoint);
      return directories;
    }

    boolean governs(SystemFiles files, String directory) {
      return Files.isReadable(
          files.resolve(directory + (version == 2 ? "/cgroup.controllers" : "/cpu.cfs_quota_us")));
    }

    Optional<Limit> limit(SystemFiles files, String directory) {
      if (version == 2) {
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

  private static List<Hierarchy> hierarchies(SystemFiles files) {
    List<Hierarchy> found = new ArrayList<>();
    for (String line : files.lines("proc/self/mountinfo")) {
      // id parent major:minor root mountPoint options [tags...] - type source superOptions
      int separator = line.indexOf(SEPARATOR);
      if (separator < 0) {
        continue;
      }
      String[] mount = line.substring(0, separator).split(" ", -1);
      String[] type = line.substring(separator + SEPARATOR.length()).split(" ", -1);
      if (mount.length < 5 || type.length < 3) {
        continue;
      }
      int version =
          switch (type[0]) {
            case "cgroup2" -> 2;
            case "cgroup" -> List.of(type[2].split(",", -1)).contains("cpu") ? 1 : 0;
            default -> 0;
          };
      if (version != 0) {
        String group = below(mount[3], ownGroup(files, version));
        found.add(new Hierarchy(mount[4].substring(1), group, version));
      }
    }
    return found;
  }

  /// Path of our group as `/proc/self/cgroup` says it: `id:controllers:path`, version 2 with id 0
  /// and no controllers.
  private static String ownGroup(SystemFiles files, int version) {
    for (String line : files.lines("proc/self/cgroup")) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3
          && (version == 2
              ? parts[1].isEmpty()
              : List.of(parts[1].split(",", -1)).contains("cpu"))) {
        return parts[2];
      }
    }
    return "/";
  }

  /// The part of `group` below what is mounted. In a container the mount often shows our own group
  /// as its root.
  private static String below(String mountedRoot, String group) {
    String rest = group;
    if (!mountedRoot.equals("/")) {
      boolean inside = group.equals(mountedRoot) || group.startsWith(mountedRoot + "/");
      rest = inside ? group.substring(mountedRoot.length()) : "";
    }
    // A group outside of our control group namespace ("/../..") cannot be seen from here.
    return rest.equals("/") || rest.startsWith("/..") ? "" : rest;
  }
}

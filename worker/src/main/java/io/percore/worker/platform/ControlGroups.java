package io.percore.worker.platform;

import java.util.ArrayList;
import java.util.List;

/// The control groups that this process is in, as far as they are mounted where it can see them.
///
/// Version 1 has a hierarchy for each controller or for a few of them, version 2 one for all. Some
/// systems mount both, so whoever looks for a file takes it from where it exists. Pure but for the
/// files that it reads; thread-safe.
final class ControlGroups {
  private static final String SEPARATOR = " - ";

  private ControlGroups() {}

  /// A mounted hierarchy, and our group in it.
  ///
  /// @param mountPoint without the leading slash
  /// @param group path of our group below the mount point: empty, or beginning with a slash
  /// @param version of control groups, 1 or 2
  record Hierarchy(String mountPoint, String group, int version) {
    /// From our group up to the mount point: every group in it bounds those below.
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
  }

  /// The hierarchies that a controller may be in, in the order of their mounts.
  ///
  /// @param controller its name, for instance `cpu` or `cpuset`
  static List<Hierarchy> of(SystemFiles files, String controller) {
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
            case "cgroup" -> List.of(type[2].split(",", -1)).contains(controller) ? 1 : 0;
            default -> 0;
          };
      if (version != 0) {
        String group = below(mount[3], ownGroup(files, controller, version));
        found.add(new Hierarchy(mount[4].substring(1), group, version));
      }
    }
    return found;
  }

  /// Path of our group as `/proc/self/cgroup` says it: `id:controllers:path`, version 2 with id 0
  /// and no controllers.
  private static String ownGroup(SystemFiles files, String controller, int version) {
    for (String line : files.lines("proc/self/cgroup")) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3
          && (version == 2
              ? parts[1].isEmpty()
              : List.of(parts[1].split(",", -1)).contains(controller))) {
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

package io.percore.worker.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Small files of `/proc` and `/sys`, below a root that tests replace by a recorded tree. A file
/// that is missing or unreadable is empty, never an error: which files exist differs from machine
/// to machine.
///
/// @param root what stands for `/`
record SystemFiles(Path root) {
  static SystemFiles at(Path root) {
    return new SystemFiles(root);
  }

  Path resolve(String path) {
    return root.resolve(path);
  }

  /// The trimmed text of a file; empty when there is none.
  Optional<String> text(String path) {
    try {
      return Optional.of(Files.readString(root.resolve(path)).strip());
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /// The lines of a file; none when there is no such file.
  List<String> lines(String path) {
    return text(path).map(text -> text.lines().toList()).orElse(List.of());
  }

  OptionalInt integer(String path) {
    Optional<String> text = text(path);
    try {
      return text.isPresent() ? OptionalInt.of(Integer.parseInt(text.get())) : OptionalInt.empty();
    } catch (NumberFormatException other) {
      return OptionalInt.empty();
    }
  }

  /// Target of a symbolic link; empty when there is none.
  Optional<String> link(String path) {
    try {
      return Optional.of(Files.readSymbolicLink(root.resolve(path)).toString());
    } catch (IOException | UnsupportedOperationException none) {
      return Optional.empty();
    }
  }

  /// Value of the first line `key : value` of a file.
  Optional<String> field(String path, String key) {
    for (String line : lines(path)) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).strip().equals(key)) {
        return Optional.of(line.substring(colon + 1).strip());
      }
    }
    return Optional.empty();
  }

  /// A field such as `MemTotal: 24684092 kB`, in bytes.
  OptionalLong kibibytes(String path, String key) {
    Optional<String> field = field(path, key);
    if (field.isEmpty() || !field.get().endsWith(" kB")) {
      return OptionalLong.empty();
    }
    try {
      String number = field.get().substring(0, field.get().length() - " kB".length()).strip();
      return OptionalLong.of(Long.parseLong(number) * 1024);
    } catch (NumberFormatException other) {
      return OptionalLong.empty();
    }
  }

  /// The numbers of a file that holds a kernel list, in its order; empty when it holds none.
  Optional<List<Integer>> cpus(String path) {
    return text(path).flatMap(SystemFiles::parsedCpuList);
  }

  /// Numbers of a kernel list, or empty when it is something else or nothing.
  static Optional<List<Integer>> parsedCpuList(String list) {
    try {
      return Optional.of(cpuList(list)).filter(cpus -> !cpus.isEmpty());
    } catch (NumberFormatException other) {
      return Optional.empty();
    }
  }

  /// Numbers of a kernel list such as `0-3,8,10-11`, in its order.
  ///
  /// @throws NumberFormatException when it is something else
  static List<Integer> cpuList(String list) {
    List<Integer> cpus = new ArrayList<>();
    for (String range : list.split(",", -1)) {
      if (range.isBlank()) {
        continue;
      }
      int dash = range.indexOf('-');
      int first = Integer.parseInt((dash < 0 ? range : range.substring(0, dash)).strip());
      int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1).strip());
      for (int cpu = first; cpu <= last; cpu++) {
        cpus.add(cpu);
      }
    }
    return cpus;
  }
}

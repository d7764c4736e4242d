package io.percore.coordinator.report.several;

import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.report.RunReport;
import io.percore.coordinator.stats.PointSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/// A run and what it is called beside others.
///
/// @param name short, and no other run's; from a file system, and so not to be trusted
/// @param report the run
/// @param torn bytes at the end of its journal that a crash cut off, and that do not count
public record NamedRun(String name, RunReport report, long torn) {

  /// Names for runs: of each directory's path as many of the last elements as tell it from all
  /// others.
  ///
  /// @param directories no two the same
  public static List<String> names(List<Path> directories) {
    List<Path> paths = directories.stream().map(path -> path.toAbsolutePath().normalize()).toList();
    int most = paths.stream().mapToInt(Path::getNameCount).max().orElse(1);
    List<String> names = new ArrayList<>();
    for (int elements = 1; elements <= Math.max(1, most); elements++) {
      int last = elements;
      names = paths.stream().map(path -> end(path, last)).toList();
      if (new HashSet<>(names).size() == names.size()) {
        break;
      }
    }
    return names;
  }

  private static String end(Path path, int elements) {
    int count = path.getNameCount();
    return count == 0
        ? path.toString()
        : path.subpath(Math.max(0, count - elements), count).toString();
  }

  /// Whether both ran on one machine: under the same boot of a kernel, or on hosts of one name and
  /// one kind. Another kernel on it makes no other machine of it.
  boolean sameMachine(NamedRun other) {
    Environment here = report.environment();
    Environment there = other.report.environment();
    return (!here.bootId().isBlank() && here.bootId().equals(there.bootId()))
        || (here.hostName().equals(there.hostName())
            && here.cpuModel().equals(there.cpuModel())
            && here.architecture().equals(there.architecture())
            && here.onlineCpus() == there.onlineCpus());
  }

  /// How many machines there are.
  static int machines(List<NamedRun> runs) {
    return (int)
        IntStream.range(0, runs.size())
            .filter(
                i ->
                    runs.subList(0, i).stream()
                        .noneMatch(before -> before.sameMachine(runs.get(i))))
            .count();
  }

  /// Threads of its largest point.
  int largest() {
    return report.summary().points().stream().mapToInt(PointSummary::parallelism).max().orElse(1);
  }
}

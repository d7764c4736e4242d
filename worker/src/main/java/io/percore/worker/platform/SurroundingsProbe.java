package io.percore.worker.platform;

import io.percore.worker.platform.ControlGroups.Hierarchy;
import io.percore.worker.platform.Surroundings.CpuTime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the counters of processors and control groups. A reading opens a few files and takes a
/// fraction of a millisecond, on large machines more, and the first loads classes: read outside of
/// what is measured. Thread-safe: it keeps nothing but where to look.
public final class SurroundingsProbe {
  private static final String STAT = "proc/stat";
  private static final String PRESSURE = "proc/pressure/cpu";

  /// Unit of `/proc/stat`: the kernel's USER_HZ, 100 on every architecture that has a JDK.
  private static final long TICK_NANOS = 10_000_000;

  private static final long NANOS_PER_MICRO = 1_000;

  private final SystemFiles files;
  private final List<Integer> cpus;
  private final List<Hierarchy> groups;

  private SurroundingsProbe(SystemFiles files, List<Integer> cpus) {
    this.files = files;
    this.cpus = List.copyOf(cpus);
    this.groups = ControlGroups.of(files, "cpu");
  }

  /// A probe of these processors, or of all that this process may run on when there are none.
  public static SurroundingsProbe of(List<Integer> cpus) {
    return at(Path.of("/"), cpus);
  }

  /// A probe of the machine whose files are below `root`.
  static SurroundingsProbe at(Path root, List<Integer> cpus) {
    SystemFiles files = SystemFiles.at(root);
    return new SurroundingsProbe(files, cpus.isEmpty() ? TopologyReader.mask(files) : cpus);
  }

  /// The counters up to now.
  public Surroundings read() {
    return new Surroundings(
        System.nanoTime(),
        cpuTimes(),
        pressure(PRESSURE),
        groupPressure(),
        throttled("nr_throttled", 1, "nr_throttled", 1),
        throttled("throttled_usec", NANOS_PER_MICRO, "throttled_time", 1),
        ProcessClock.cpuNanos());
  }

  private List<CpuTime> cpuTimes() {
    Map<Integer, CpuTime> known = new HashMap<>();
    for (String line : files.lines(STAT)) {
      if (!line.startsWith("cpu")) {
        // Processors come first; what follows can be long.
        break;
      }
      cpuTime(line.split(" +")).ifPresent(time -> known.put(time.cpu(), time));
    }
    return cpus.stream().map(cpu -> known.getOrDefault(cpu, new CpuTime(cpu, -1, -1))).toList();
  }

  /// `cpu0 user nice system idle iowait irq softirq steal guest guest_nice`, of which user and nice
  /// contain the guests' time.
  private static Optional<CpuTime> cpuTime(String[] words) {
    try {
      if (words.length < 9 || words[0].equals("cpu")) {
        return Optional.empty();
      }
      long busy = 0;
      for (int word : new int[] {1, 2, 3, 6, 7}) {
        busy += Long.parseLong(words[word]);
      }
      return Optional.of(
          new CpuTime(
              Integer.parseInt(words[0].substring("cpu".length())),
              busy * TICK_NANOS,
              Long.parseLong(words[8]) * TICK_NANOS));
    } catch (NumberFormatException other) {
      return Optional.empty();
    }
  }

  private long groupPressure() {
    for (Hierarchy hierarchy : groups) {
      long total = pressure(hierarchy.mountPoint() + hierarchy.group() + "/cpu.pressure");
      if (hierarchy.version() == 2 && total >= 0) {
        return total;
      }
    }
    return -1;
  }

  /// `some avg10=0.00 avg60=0.00 avg300=0.00 total=123`, in microseconds.
  private long pressure(String file) {
    for (String line : files.lines(file)) {
      int total = line.indexOf(" total=");
      if (line.startsWith("some ") && total > 0) {
        return scaled(line.substring(total + " total=".length()), NANOS_PER_MICRO);
      }
    }
    return -1;
  }

  /// Sum over our group and its ancestors; unknown where none of them says it.
  private long throttled(String key2, long nanos2, String key1, long nanos1) {
    List<Long> known = new ArrayList<>();
    for (Hierarchy hierarchy : groups) {
      boolean unified = hierarchy.version() == 2;
      String key = (unified ? key2 : key1) + " ";
      for (String directory : hierarchy.directories()) {
        for (String line : files.lines(directory + "/cpu.stat")) {
          if (line.startsWith(key)) {
            known.add(scaled(line.substring(key.length()), unified ? nanos2 : nanos1));
          }
        }
      }
    }
    return known.isEmpty() || known.contains(-1L)
        ? -1
        : known.stream().mapToLong(Long::longValue).sum();
  }

  private static long scaled(String number, long factor) {
    try {
      return Long.parseLong(number.strip()) * factor;
    } catch (NumberFormatException other) {
      return -1;
    }
  }
}

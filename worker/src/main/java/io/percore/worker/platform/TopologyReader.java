package io.percore.worker.platform;

import io.percore.worker.platform.Topology.Cpu;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Puts a [Topology] together from the files of a machine, and says of each part where it was read
/// and whether to believe it. Used once, by one thread.
final class TopologyReader {
  private static final String STATUS = "proc/self/status";
  private static final String CPU_DIRECTORY = "sys/devices/system/cpu/";
  private static final String NODE_DIRECTORY = "sys/devices/system/node";
  private static final String SIBLINGS = "/" + CPU_DIRECTORY + "cpu*/topology/thread_siblings_list";

  /// Caches of a processor, data and instruction, up to the level that cores share.
  private static final int CACHES = 4;

  private final SystemFiles files;

  TopologyReader(SystemFiles files) {
    this.files = files;
  }

  /// Numbers of the processors that this process may run on, ascending. The mask in the status can
  /// hold processors that are not there, where some could be plugged in.
  static List<Integer> mask(SystemFiles files) {
    List<Integer> mask = allowed(files).orElseGet(TopologyReader::visibleToTheJvm);
    List<Integer> online = files.cpus(CPU_DIRECTORY + "online").orElse(mask);
    List<Integer> usable = mask.stream().filter(online::contains).toList();
    return usable.isEmpty() ? mask : usable;
  }

  Topology read() {
    List<Integer> mask = mask(files);
    Cpuset cpuset = Cpuset.read(files);
    List<Integer> ids = cpuset.restrict(mask);
    Map<Integer, List<Integer>> siblings = siblings(ids);
    Map<Integer, Integer> nodes = nodes();
    CoreKinds kinds = CoreKinds.read(files, ids);
    List<Cpu> cpus = new ArrayList<>(ids.size());
    for (int id : ids) {
      int socket = files.integer(topology(id) + "physical_package_id").orElse(0);
      cpus.add(
          new Cpu(
              id,
              siblings.getOrDefault(id, List.of(id)).getFirst(),
              // A package of -1 is what some virtual machines say when they have none.
              Math.max(0, socket),
              nodes.getOrDefault(id, 0),
              kinds.efficiency().contains(id)));
    }
    boolean virtual = Hypervisor.read(files).value().equals("yes");
    Optional<String> doubt = doubt(ids, siblings, virtual);
    return new Topology(
        cpus,
        files
            .cpus(CPU_DIRECTORY + "online")
            .map(List::size)
            .orElseGet(() -> Runtime.getRuntime().availableProcessors()),
        affinity(mask),
        cpuset.against(mask),
        layout(cpus, doubt),
        threadsOfACore(siblings, doubt),
        nodes(cpus, nodes.keySet()),
        efficiency(cpus, kinds, virtual));
  }

  private static Optional<List<Integer>> allowed(SystemFiles files) {
    return files.field(STATUS, "Cpus_allowed_list").flatMap(SystemFiles::parsedCpuList);
  }

  private static List<Integer> visibleToTheJvm() {
    return IntStream.range(0, Runtime.getRuntime().availableProcessors()).boxed().toList();
  }

  private static String topology(int cpu) {
    return CPU_DIRECTORY + "cpu" + cpu + "/topology/";
  }

  private Map<Integer, List<Integer>> siblings(List<Integer> ids) {
    Map<Integer, List<Integer>> siblings = new HashMap<>();
    for (int id : ids) {
      files
          .cpus(topology(id) + "thread_siblings_list")
          .ifPresent(list -> siblings.put(id, list.stream().sorted().toList()));
    }
    return siblings;
  }

  private Map<Integer, Integer> nodes() {
    Map<Integer, Integer> nodeOfCpu = new HashMap<>();
    try (DirectoryStream<Path> nodes =
        Files.newDirectoryStream(files.resolve(NODE_DIRECTORY), "node[0-9]*")) {
      for (Path directory : nodes) {
        String name = String.valueOf(directory.getFileName());
        int node = Integer.parseInt(name.substring("node".length()));
        files
            .cpus(NODE_DIRECTORY + "/" + name + "/cpulist")
            .ifPresent(cpus -> cpus.forEach(cpu -> nodeOfCpu.put(cpu, node)));
      }
    } catch (IOException | NumberFormatException none) {
      // A kernel without NUMA has no such directory: everything is node 0.
      return Map.of();
    }
    return nodeOfCpu;
  }

  /// Why cores and siblings may be others than the machine says; empty when nothing speaks for it.
  private Optional<String> doubt(
      List<Integer> ids, Map<Integer, List<Integer>> siblings, boolean virtual) {
    if (!siblings.keySet().containsAll(ids)) {
      return Optional.of("assumed: each processor a core of its own");
    }
    if (!virtual) {
      return Optional.empty();
    }
    // Whoever configures a virtual machine configures siblings and caches apart. The innermost
    // data cache belongs to one core, so the two lists are one wherever they are true.
    for (int id : ids) {
      Optional<List<Integer>> sharers = sharersOfInnermostCache(id);
      if (sharers.isEmpty()) {
        return Optional.of(SIBLINGS + " of a virtual machine that shows no caches");
      }
      if (!new HashSet<>(sharers.get())
          .equals(new HashSet<>(siblings.getOrDefault(id, List.of())))) {
        return Optional.of(SIBLINGS + " of a virtual machine whose caches contradict it");
      }
    }
    return siblings.values().stream().allMatch(list -> list.size() == 1)
        ? Optional.of(SIBLINGS + " of a virtual machine that shows one thread a core")
        : Optional.empty();
  }

  private Optional<List<Integer>> sharersOfInnermostCache(int cpu) {
    for (int index = 0; index < CACHES; index++) {
      String cache = CPU_DIRECTORY + "cpu" + cpu + "/cache/index" + index + "/";
      if (files.integer(cache + "level").orElse(0) == 1
          && !files.text(cache + "type").orElse("").equals("Instruction")) {
        return files.cpus(cache + "shared_cpu_list");
      }
    }
    return Optional.empty();
  }

  private Reading affinity(List<Integer> mask) {
    String value = String.join(",", mask.stream().map(String::valueOf).toList());
    return allowed(files).isPresent()
        ? new Reading(value, "/" + STATUS + " Cpus_allowed_list", true)
        : new Reading(value, "Runtime.availableProcessors()", false);
  }

  private static Reading layout(List<Cpu> cpus, Optional<String> doubt) {
    long sockets = cpus.stream().mapToInt(Cpu::socket).distinct().count();
    long nodes = cpus.stream().mapToInt(Cpu::node).distinct().count();
    String value =
        ("processors=" + cpus.size() + " cores=" + cores(cpus))
            + (" packages=" + sockets + " nodes=" + nodes);
    return new Reading(value, doubt.orElse("/" + CPU_DIRECTORY + "cpu*/topology"), doubt.isEmpty());
  }

  private static Reading threadsOfACore(
      Map<Integer, List<Integer>> siblings, Optional<String> doubt) {
    int threads = siblings.values().stream().mapToInt(List::size).max().orElse(1);
    return new Reading(String.valueOf(threads), doubt.orElse(SIBLINGS), doubt.isEmpty());
  }

  private static Reading nodes(List<Cpu> cpus, Set<Integer> listed) {
    boolean known = cpus.stream().allMatch(cpu -> listed.contains(cpu.id()));
    return new Reading(
        String.valueOf(cpus.stream().mapToInt(Cpu::node).distinct().count()),
        known ? "/" + NODE_DIRECTORY + "/node*/cpulist" : "assumed: no node lists each processor",
        known);
  }

  // A machine with two kinds of cores says so in one way or another, unless that is hidden.
  private static Reading efficiency(List<Cpu> cpus, CoreKinds kinds, boolean virtual) {
    long cores = cores(cpus.stream().filter(Cpu::efficiency).toList());
    boolean hidden = virtual && cores == 0;
    return new Reading(
        String.valueOf(cores), kinds.source() + (hidden ? " of a virtual machine" : ""), !hidden);
  }

  private static long cores(List<Cpu> cpus) {
    return cpus.stream().map(cpu -> List.of(cpu.socket(), cpu.core())).distinct().count();
  }
}

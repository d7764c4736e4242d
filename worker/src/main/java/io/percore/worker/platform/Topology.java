package io.percore.worker.platform;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The processors that this process may run on and how they belong together.
///
/// The mask is that of the process's first thread (`/proc/self/status`), not of the calling one.
/// Under the usual launcher no Java thread is that thread, so the answer is the same before and
/// after Java threads have been bound.
///
/// @param cpus ours, ascending by id
/// @param onlineCpus processors of the machine, ours or not
/// @param affinity where the mask was read
/// @param layout where cores, packages and nodes were read
public record Topology(List<Cpu> cpus, int onlineCpus, Reading affinity, Reading layout) {
  private static final String STATUS = "proc/self/status";
  private static final String CPU_DIRECTORY = "sys/devices/system/cpu/";
  private static final String NODE_DIRECTORY = "sys/devices/system/node";

  public Topology {
    cpus = List.copyOf(cpus);
  }

  /// One processor: what the kernel schedules on, a hardware thread where cores have several.
  ///
  /// @param id its number
  /// @param core the lowest number among the hardware threads of its physical core
  /// @param socket physical package
  /// @param node NUMA node
  public record Cpu(int id, int core, int socket, int node) {}

  /// Reads a machine's files below `root`, which is `/` but for tests.
  public static Topology read(Path root) {
    SystemFiles files = SystemFiles.at(root);
    Optional<List<Integer>> mask = list(files.field(STATUS, "Cpus_allowed_list"));
    List<Integer> ids = mask.orElseGet(Topology::visibleToTheJvm);
    Map<Integer, Integer> nodes = nodes(files);
    List<Cpu> cpus = new ArrayList<>(ids.size());
    boolean known = true;
    for (int id : ids) {
      String directory = CPU_DIRECTORY + "cpu" + id + "/topology/";
      Optional<List<Integer>> siblings = list(files.text(directory + "thread_siblings_list"));
      OptionalInt socket = files.integer(directory + "physical_package_id");
      known &= siblings.isPresent();
      // A package of -1 is what some virtual machines say when they have none.
      cpus.add(
          new Cpu(
              id,
              siblings.map(List::getFirst).orElse(id),
              Math.max(0, socket.orElse(0)),
              nodes.getOrDefault(id, 0)));
    }
    int online =
        list(files.text(CPU_DIRECTORY + "online"))
            .map(List::size)
            .orElseGet(() -> Runtime.getRuntime().availableProcessors());
    return new Topology(cpus, online, affinity(ids, mask.isPresent()), layout(cpus, known));
  }

  private static Reading affinity(List<Integer> ids, boolean known) {
    String value = String.join(",", ids.stream().map(String::valueOf).toList());
    return known
        ? new Reading(value, "/" + STATUS + " Cpus_allowed_list", true)
        : new Reading(value, "Runtime.availableProcessors()", false);
  }

  private static Reading layout(List<Cpu> cpus, boolean known) {
    long cores = cpus.stream().map(c -> List.of(c.socket(), c.core())).distinct().count();
    long sockets = cpus.stream().mapToInt(Cpu::socket).distinct().count();
    long nodes = cpus.stream().mapToInt(Cpu::node).distinct().count();
    String value =
        ("processors=" + cpus.size() + " cores=" + cores)
            + (" packages=" + sockets + " nodes=" + nodes);
    return known
        ? new Reading(value, "/" + CPU_DIRECTORY + "cpu*/topology", true)
        : new Reading(value, "assumed: each processor a core of its own", false);
  }

  private static List<Integer> visibleToTheJvm() {
    List<Integer> ids = new ArrayList<>();
    for (int id = 0; id < Runtime.getRuntime().availableProcessors(); id++) {
      ids.add(id);
    }
    return ids;
  }

  private static Map<Integer, Integer> nodes(SystemFiles files) {
    Map<Integer, Integer> nodeOfCpu = new HashMap<>();
    try (DirectoryStream<Path> nodes =
        Files.newDirectoryStream(files.resolve(NODE_DIRECTORY), "node[0-9]*")) {
      for (Path directory : nodes) {
        String name = String.valueOf(directory.getFileName());
        int node = Integer.parseInt(name.substring("node".length()));
        list(files.text(NODE_DIRECTORY + "/" + name + "/cpulist"))
            .ifPresent(cpus -> cpus.forEach(cpu -> nodeOfCpu.put(cpu, node)));
      }
    } catch (IOException | NumberFormatException none) {
      // A kernel without NUMA has no such directory: everything is node 0.
      return Map.of();
    }
    return nodeOfCpu;
  }

  private static Optional<List<Integer>> list(Optional<String> text) {
    try {
      return text.map(SystemFiles::cpuList).filter(list -> !list.isEmpty());
    } catch (NumberFormatException other) {
      return Optional.empty();
    }
  }
}

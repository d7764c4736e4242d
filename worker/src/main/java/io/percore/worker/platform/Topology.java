package io.percore.worker.platform;

import java.nio.file.Path;
import java.util.List;

/// The processors that this process may run on and how they belong together.
///
/// The mask is that of the process's first thread (`/proc/self/status`), not of the calling one.
/// Under the usual launcher no Java thread is that thread, so the answer is the same before and
/// after Java threads have been bound.
///
/// What virtual machines show is not always what there is. A reading is trustworthy when the
/// machine said it and nothing else that it said speaks against it.
///
/// @param cpus ours, ascending by id
/// @param onlineCpus processors of the machine, ours or not
/// @param affinity the mask
/// @param cpuset processors that the control group may use, or `none`
/// @param layout numbers of processors, cores, packages and nodes of ours
/// @param siblings hardware threads of a core, the largest number
/// @param nodes number of our NUMA nodes
/// @param efficiency number of our efficiency cores
public record Topology(
    List<Cpu> cpus,
    int onlineCpus,
    Reading affinity,
    Reading cpuset,
    Reading layout,
    Reading siblings,
    Reading nodes,
    Reading efficiency) {

  public Topology {
    cpus = List.copyOf(cpus);
  }

  /// One processor: what the kernel schedules on, a hardware thread where cores have several.
  ///
  /// @param id its number
  /// @param core the lowest number among the hardware threads of its physical core
  /// @param socket physical package
  /// @param node NUMA node
  /// @param efficiency whether it is built for less power than others of the machine
  public record Cpu(int id, int core, int socket, int node, boolean efficiency) {}

  /// Reads a machine's files below `root`, which is `/` but for tests.
  public static Topology read(Path root) {
    return new TopologyReader(SystemFiles.at(root)).read();
  }
}

package io.percore.coordinator.measurement;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The machine and the JVM that a run was measured on, as its workers saw them.
///
/// @param hostName name of the host
/// @param os operating system
/// @param kernel its version
/// @param cpuModel processor as it names itself
/// @param architecture instruction set
/// @param memoryBytes memory of the machine, 0 when unknown
/// @param onlineCpus processors of the machine, ours or not
/// @param cpus processors that workers may run on
/// @param quotaCpus the control group's CPU quota in processors, or `none`
/// @param readings where the affinity mask, the topology and the quota were read from
/// @param bootId of the kernel
/// @param timeNamespace of the workers
/// @param jvm version of the workers' JVM
/// @param jvmVendor its vendor
/// @param javaHome its directory
/// @param jvmArguments given to every worker
/// @param workerJarSha256 hash of the worker's jar
/// @param canPin whether threads can be bound to processors
/// @param cannotPinReason why not, or empty
public record Environment(
    String hostName,
    String os,
    String kernel,
    String cpuModel,
    String architecture,
    long memoryBytes,
    int onlineCpus,
    List<Cpu> cpus,
    String quotaCpus,
    List<Reading> readings,
    String bootId,
    String timeNamespace,
    String jvm,
    String jvmVendor,
    String javaHome,
    List<String> jvmArguments,
    String workerJarSha256,
    boolean canPin,
    String cannotPinReason) {
  public Environment {
    cpus = List.copyOf(cpus);
    readings = List.copyOf(readings);
    jvmArguments = List.copyOf(jvmArguments);
  }

  /// The same environment with other JVM arguments.
  public Environment withJvmArguments(List<String> arguments) {
    return new Environment(
        hostName,
        os,
        kernel,
        cpuModel,
        architecture,
        memoryBytes,
        onlineCpus,
        cpus,
        quotaCpus,
        readings,
        bootId,
        timeNamespace,
        jvm,
        jvmVendor,
        javaHome,
        arguments,
        workerJarSha256,
        canPin,
        cannotPinReason);
  }

  /// One processor.
  ///
  /// @param id number of the processor
  /// @param core physical core within its package
  /// @param socket package
  /// @param node NUMA node
  public record Cpu(int id, int core, int socket, int node) {}

  /// Where a fact comes from.
  ///
  /// @param name what was read
  /// @param value what it said
  /// @param source the file or call
  /// @param trustworthy false for a fallback
  public record Reading(String name, String value, String source, boolean trustworthy) {}

  /// Physical cores among the processors that workers may use.
  public int physicalCores() {
    return (int) usableCpus().stream().map(Environment::physicalCore).distinct().count();
  }

  /// Processors that workers may use: those of the affinity mask, and no more of them than the
  /// control group's quota grants, since cores that are not ours do not exist.
  public int hardwareThreads() {
    return usableCpus().size();
  }

  /// Numbers of the processors in the order in which workers fill them: one hardware thread of each
  /// physical core first, one NUMA node after the other, then their siblings.
  public List<Integer> placement() {
    return usableCpus().stream().map(Cpu::id).toList();
  }

  private List<Cpu> usableCpus() {
    Map<String, Integer> seen = new HashMap<>();
    Map<Cpu, Integer> sibling = new HashMap<>();
    for (Cpu cpu : cpus) {
      sibling.put(cpu, seen.merge(physicalCore(cpu), 1, Integer::sum));
    }
    long granted =
        quotaCpus.equals("none")
            ? cpus.size()
            : Math.max(1, (long) Math.floor(Double.parseDouble(quotaCpus)));
    return cpus.stream()
        .sorted(
            Comparator.<Cpu>comparingInt(cpu -> sibling.getOrDefault(cpu, 1))
                .thenComparingInt(Cpu::node)
                .thenComparingInt(Cpu::socket)
                .thenComparingInt(Cpu::core)
                .thenComparingInt(Cpu::id))
        .limit(granted)
        .toList();
  }

  private static String physicalCore(Cpu cpu) {
    return cpu.socket() + ":" + cpu.core();
  }
}

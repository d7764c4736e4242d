package io.percore.worker.platform;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/// The machine and the JVM, as this process sees them. A text that is unknown is empty.
///
/// @param hostName name of the host
/// @param os operating system
/// @param kernel its version
/// @param cpuModel processor as it names itself
/// @param architecture instruction set
/// @param memoryBytes memory of the machine, 0 when unknown
/// @param topology processors that this process may run on
/// @param quota CPU quota of the control group in processors, or "none"
/// @param virtualMachine whether this is one, `yes` or `no`
/// @param highestClock that a processor of the topology may run at, such as `3600000 kHz`, or
///   `unknown`
/// @param bootId identity of this boot of the kernel
/// @param timeNamespace identity of the time namespace: processes with equal boot and namespace
///   share one clock
/// @param jvm version of the JVM
/// @param jvmVendor who built it
/// @param javaHome its directory
/// @param cannotPinReason why threads cannot be bound to processors; empty when they can
public record MachineFacts(
    String hostName,
    String os,
    String kernel,
    String cpuModel,
    String architecture,
    long memoryBytes,
    Topology topology,
    Reading quota,
    Reading virtualMachine,
    Reading highestClock,
    String bootId,
    String timeNamespace,
    String jvm,
    String jvmVendor,
    String javaHome,
    Optional<String> cannotPinReason) {
  private static final String CLOCKS = "sys/devices/system/cpu/cpu*/cpufreq/cpuinfo_max_freq";

  /// Reads this machine. Call it from a thread that is not bound to a processor.
  public static MachineFacts read() {
    return read(Path.of("/"), Affinity.whyNotPinnable());
  }

  /// Reads the files of a machine below `root`, which is `/` but for tests.
  ///
  /// @param cannotPinReason as [Affinity#whyNotPinnable] says it
  static MachineFacts read(Path root, Optional<String> cannotPinReason) {
    SystemFiles files = SystemFiles.at(root);
    Topology topology = Topology.read(root);
    return new MachineFacts(
        files.text("proc/sys/kernel/hostname").orElseGet(MachineFacts::hostNameOfEnvironment),
        System.getProperty("os.name", ""),
        files.text("proc/sys/kernel/osrelease").orElse(System.getProperty("os.version", "")),
        files.field("proc/cpuinfo", "model name").orElse(""),
        System.getProperty("os.arch", ""),
        files.kibibytes("proc/meminfo", "MemTotal").orElse(0),
        topology,
        CpuQuota.read(root),
        Hypervisor.read(files),
        highestClock(files, topology),
        files.text("proc/sys/kernel/random/boot_id").orElse(""),
        files.link("proc/self/ns/time").orElse(""),
        System.getProperty("java.vm.name", "") + " " + System.getProperty("java.vm.version", ""),
        System.getProperty("java.vm.vendor", ""),
        System.getProperty("java.home", ""),
        cannotPinReason);
  }

  /// Most virtual machines do not say it.
  private static Reading highestClock(SystemFiles files, Topology topology) {
    OptionalInt highest =
        topology.cpus().stream()
            .map(cpu -> files.integer(CLOCKS.replace("*", Integer.toString(cpu.id()))))
            .flatMapToInt(OptionalInt::stream)
            .max();
    return highest.isPresent()
        ? new Reading(highest.getAsInt() + " kHz", "/" + CLOCKS, true)
        : new Reading("unknown", "there is no /" + CLOCKS, false);
  }

  // Without a lookup in the network, which could take seconds.
  private static String hostNameOfEnvironment() {
    String name = System.getenv("HOSTNAME");
    return name == null ? "" : name;
  }
}

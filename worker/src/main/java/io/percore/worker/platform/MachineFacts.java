package io.percore.worker.platform;

import java.nio.file.Path;
import java.util.Optional;

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
    String bootId,
    String timeNamespace,
    String jvm,
    String jvmVendor,
    String javaHome,
    Optional<String> cannotPinReason) {

  /// Reads this machine. Call it from a thread that is not bound to a processor.
  public static MachineFacts read() {
    return read(Path.of("/"), Affinity.whyNotPinnable());
  }

  /// Reads the files of a machine below `root`, which is `/` but for tests.
  ///
  /// @param cannotPinReason as [Affinity#whyNotPinnable] says it
  static MachineFacts read(Path root, Optional<String> cannotPinReason) {
    SystemFiles files = SystemFiles.at(root);
    return new MachineFacts(
        files.text("proc/sys/kernel/hostname").orElseGet(MachineFacts::hostNameOfEnvironment),
        System.getProperty("os.name", ""),
        files.text("proc/sys/kernel/osrelease").orElse(System.getProperty("os.version", "")),
        files.field("proc/cpuinfo", "model name").orElse(""),
        System.getProperty("os.arch", ""),
        files.kibibytes("proc/meminfo", "MemTotal").orElse(0),
        Topology.read(root),
        CpuQuota.read(root),
        Hypervisor.read(files),
        files.text("proc/sys/kernel/random/boot_id").orElse(""),
        files.link("proc/self/ns/time").orElse(""),
        System.getProperty("java.vm.name", "") + " " + System.getProperty("java.vm.version", ""),
        System.getProperty("java.vm.vendor", ""),
        System.getProperty("java.home", ""),
        cannotPinReason);
  }

  // Without a lookup in the network, which could take seconds.
  private static String hostNameOfEnvironment() {
    String name = System.getenv("HOSTNAME");
    return name == null ? "" : name;
  }
}

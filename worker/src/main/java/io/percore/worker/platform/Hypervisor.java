package io.percore.worker.platform;

import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/// Whether this is a virtual machine. What one shows of caches, siblings and kinds of cores is what
/// its configuration says, not what is there.
final class Hypervisor {
  private static final String CPUINFO = "proc/cpuinfo";
  private static final String DEVICE_TREE = "proc/device-tree/hypervisor";
  private static final String VENDOR = "sys/class/dmi/id/sys_vendor";
  private static final String PRODUCT = "sys/class/dmi/id/product_name";

  // Firmware of virtual machines, where processors have no flag for it.
  private static final List<String> VENDORS =
      List.of("QEMU", "VMware", "Xen", "innotek GmbH", "Parallels", "KubeVirt");

  private Hypervisor() {}

  /// Reads it below the root of `files`: the value is `yes` or `no`; a "no" that nothing speaks for
  /// is not trustworthy.
  static Reading read(SystemFiles files) {
    Optional<String> flags = files.field(CPUINFO, "flags");
    if (flags.isPresent()) {
      boolean flagged = List.of(flags.get().split(" ", -1)).contains("hypervisor");
      return new Reading(flagged ? "yes" : "no", "/" + CPUINFO + " flags", true);
    }
    if (Files.exists(files.resolve(DEVICE_TREE))) {
      return new Reading("yes", "/" + DEVICE_TREE, true);
    }
    return files
        .text(VENDOR)
        .map(
            vendor ->
                new Reading(
                    ofVirtualMachine(vendor, files.text(PRODUCT).orElse("")) ? "yes" : "no",
                    "/" + VENDOR,
                    true))
        .orElse(new Reading("no", "assumed: nothing says so", false));
  }

  private static boolean ofVirtualMachine(String vendor, String product) {
    return VENDORS.stream().anyMatch(vendor::startsWith)
        || product.equals("Virtual Machine")
        || (vendor.equals("Amazon EC2") && !product.endsWith(".metal"));
  }
}

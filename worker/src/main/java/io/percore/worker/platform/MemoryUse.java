package io.percore.worker.platform;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.function.Predicate;

/// Memory of this process in bytes, and what it is used for. -1 stands for "unknown".
///
/// The kernel says what is resident, the JVM what it has put where: for each of its pools the most
/// that was ever in use, since it does not give pages back that were in use once. The two need not
/// meet: a pool counts what lies in a page that it has not reached the end of, and a collector that
/// hands memory back has less resident than it ever used.
///
/// @param residentBytes `VmRSS` of `/proc/self/status`
/// @param proportionalBytes resident memory with what is shared with other processes divided by
///   their number: `Pss` of `/proc/self/smaps_rollup`
/// @param fileBytes the part of that which shows files: the JVM, its libraries and its archive of
///   classes; `Pss_File` of the same, since Linux 5.4
/// @param heapBytes of the Java heap
/// @param metaspaceBytes for classes that came from no archive
/// @param codeBytes for compiled code
public record MemoryUse(
    long residentBytes,
    long proportionalBytes,
    long fileBytes,
    long heapBytes,
    long metaspaceBytes,
    long codeBytes) {
  private static final String ROLLUP = "proc/self/smaps_rollup";

  /// This process up to now. Takes the kernel about a millisecond.
  public static MemoryUse now() {
    return now(SystemFiles.at(Path.of("/")));
  }

  /// What the kernel says comes first: asking the JVM takes memory, too.
  static MemoryUse now(SystemFiles files) {
    return new MemoryUse(
        files.kibibytes("proc/self/status", "VmRSS").orElse(-1),
        files.kibibytes(ROLLUP, "Pss").orElse(-1),
        files.kibibytes(ROLLUP, "Pss_File").orElse(-1),
        most(pool -> pool.getType() == MemoryType.HEAP),
        most(pool -> pool.getName().equals("Metaspace")),
        most(pool -> pool.getName().startsWith("Code")));
  }

  /// The sum over some pools of the most that each has held; -1 when there is no such pool.
  private static long most(Predicate<MemoryPoolMXBean> which) {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(which)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .reduce(Long::sum)
        .orElse(-1);
  }
}

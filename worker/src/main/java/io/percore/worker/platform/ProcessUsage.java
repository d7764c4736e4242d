package io.percore.worker.platform;

import java.lang.management.CompilationMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/// What this JVM has done beside the measured work since it began, or between two readings.
///
/// @param gcCount collections, of all collectors
/// @param gcNanos time that they took; counted in whole milliseconds. -1 when unknown
/// @param compilationNanos time of JIT compilation, all compiler threads; counted in whole
///   milliseconds. -1 when unknown
/// @param safepointNanos time in which the JVM held all threads; counted in whole milliseconds. -1
///   when unknown
/// @param stops continue signals received since [StopCounter#install]: each means that the process
///   had been stopped
public record ProcessUsage(
    long gcCount, long gcNanos, long compilationNanos, long safepointNanos, int stops) {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /// The process up to now.
  public static ProcessUsage now() {
    long count = 0;
    long millis = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      count += Math.max(0, collector.getCollectionCount());
      millis += Math.max(0, collector.getCollectionTime());
    }
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    long compilation =
        compiler != null && compiler.isCompilationTimeMonitoringSupported()
            ? compiler.getTotalCompilationTime() * NANOS_PER_MILLI
            : -1;
    return new ProcessUsage(
        count,
        millis * NANOS_PER_MILLI,
        compilation,
        Safepoints.nanos().orElse(-1),
        StopCounter.count());
  }

  /// What happened between `earlier` and this reading.
  public ProcessUsage since(ProcessUsage earlier) {
    return new ProcessUsage(
        gcCount - earlier.gcCount,
        gcNanos - earlier.gcNanos,
        Difference.of(compilationNanos, earlier.compilationNanos),
        Difference.of(safepointNanos, earlier.safepointNanos),
        stops - earlier.stops);
  }

  /// Short name of the garbage collector that this JVM runs with: `Serial`, `Parallel`, `G1`,
  /// `ZGC`, `Shenandoah` or `Epsilon`; else the names of its parts.
  public static String collector() {
    List<String> names =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .toList();
    String first = names.isEmpty() ? "none" : names.getFirst();
    return switch (first.split(" ", 2)[0]) {
      case "Copy", "MarkSweepCompact" -> "Serial";
      case "PS" -> "Parallel";
      case "G1" -> "G1";
      case "ZGC" -> "ZGC";
      case "Shenandoah" -> "Shenandoah";
      case "Epsilon" -> "Epsilon";
      default -> String.join(" + ", names);
    };
  }
}

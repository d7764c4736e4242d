package io.percore.worker.platform;

import java.util.ArrayList;
import java.util.List;

/// What went on around this process, on its processors and in its control groups, since they began
/// or between two readings. -1 stands for "unknown".
///
/// @param nanos when it was read (`System.nanoTime`), or the time between two readings
/// @param cpus the processors, in the order in which they were asked for
/// @param pressureNanos time in which some task of the machine was runnable but had no processor
///   (`some` of `/proc/pressure/cpu`)
/// @param groupPressureNanos the same of our control group (its `cpu.pressure`)
/// @param throttledPeriods periods in which a group with a quota had used it up, over our group and
///   its ancestors
/// @param throttledNanos time for which they were held back then
/// @param processCpuNanos CPU time of this process, all its threads
public record Surroundings(
    long nanos,
    List<CpuTime> cpus,
    long pressureNanos,
    long groupPressureNanos,
    long throttledPeriods,
    long throttledNanos,
    long processCpuNanos) {
  public Surroundings {
    cpus = List.copyOf(cpus);
  }

  /// Time of one processor. The kernel counts it in hundredths of a second.
  ///
  /// @param cpu its number
  /// @param busyNanos time in which it ran anything: a program, ours or not, the kernel, or an
  ///   interrupt
  /// @param stealNanos time in which it should have run, but the hypervisor ran something else
  public record CpuTime(int cpu, long busyNanos, long stealNanos) {}

  /// What went on between `earlier`, a reading of the same processors, and this one.
  public Surroundings since(Surroundings earlier) {
    List<CpuTime> spent = new ArrayList<>(cpus.size());
    for (int i = 0; i < cpus.size(); i++) {
      CpuTime now = cpus.get(i);
      CpuTime then = earlier.cpus.get(i);
      spent.add(
          new CpuTime(
              now.cpu(),
              Difference.of(now.busyNanos(), then.busyNanos()),
              Difference.of(now.stealNanos(), then.stealNanos())));
    }
    return new Surroundings(
        nanos - earlier.nanos,
        spent,
        Difference.of(pressureNanos, earlier.pressureNanos),
        Difference.of(groupPressureNanos, earlier.groupPressureNanos),
        Difference.of(throttledPeriods, earlier.throttledPeriods),
        Difference.of(throttledNanos, earlier.throttledNanos),
        Difference.of(processCpuNanos, earlier.processCpuNanos));
  }
}

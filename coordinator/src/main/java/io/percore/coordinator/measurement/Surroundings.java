package io.percore.coordinator.measurement;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What went on around one worker process, from its order to start to the end of its run-out, which
/// is somewhat longer than the window. Null stands for "unknown": which counters there are differs
/// from kernel to kernel.
///
/// @param elapsedNanos that time
/// @param cpus the processors of its threads, or all that it may run on when they were not bound
/// @param pressureNanos time in which some task of the machine was runnable but had no processor
/// @param groupPressureNanos the same of the worker's control group
/// @param throttledPeriods periods in which its control group, or one above it, had used up a quota
/// @param throttledNanos time for which it was held back then
/// @param processCpuNanos CPU time of the worker process, all its threads
public record Surroundings(
    long elapsedNanos,
    List<CpuTime> cpus,
    @Nullable Long pressureNanos,
    @Nullable Long groupPressureNanos,
    @Nullable Long throttledPeriods,
    @Nullable Long throttledNanos,
    @Nullable Long processCpuNanos) {
  public Surroundings {
    cpus = List.copyOf(cpus);
  }

  /// Surroundings of a worker whose CPU time is unknown.
  public Surroundings(
      long elapsedNanos,
      List<CpuTime> cpus,
      @Nullable Long pressureNanos,
      @Nullable Long groupPressureNanos,
      @Nullable Long throttledPeriods,
      @Nullable Long throttledNanos) {
    this(
        elapsedNanos,
        cpus,
        pressureNanos,
        groupPressureNanos,
        throttledPeriods,
        throttledNanos,
        null);
  }

  /// Time of one processor, counted in hundredths of a second.
  ///
  /// @param cpu its number
  /// @param busyNanos time in which it ran anything at all
  /// @param stealNanos time in which it should have run, but the hypervisor ran something else
  public record CpuTime(int cpu, @Nullable Long busyNanos, @Nullable Long stealNanos) {}

  /// Both together: of two rounds of one process.
  public Surroundings plus(Surroundings other) {
    List<CpuTime> both = new ArrayList<>(cpus.size());
    for (int i = 0; i < Math.min(cpus.size(), other.cpus.size()); i++) {
      CpuTime a = cpus.get(i);
      CpuTime b = other.cpus.get(i);
      both.add(
          new CpuTime(
              a.cpu(), sum(a.busyNanos(), b.busyNanos()), sum(a.stealNanos(), b.stealNanos())));
    }
    return new Surroundings(
        elapsedNanos + other.elapsedNanos,
        both,
        sum(pressureNanos, other.pressureNanos),
        sum(groupPressureNanos, other.groupPressureNanos),
        sum(throttledPeriods, other.throttledPeriods),
        sum(throttledNanos, other.throttledNanos),
        sum(processCpuNanos, other.processCpuNanos));
  }

  /// The sum, unknown when a part is.
  private static @Nullable Long sum(@Nullable Long a, @Nullable Long b) {
    return a == null || b == null ? null : Long.valueOf(a + b);
  }
}

package io.percore.coordinator.measurement;

import io.percore.coordinator.measurement.Surroundings.CpuTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What disturbed a trial, worked out from what its workers counted. Shares are of the time that
/// was watched, which begins with the order to start and ends with the run-out. Null stands for
/// "unknown": one unknown part makes the whole unknown. Pure.
///
/// @param stealShare time for which the hypervisor ran something else, on the processor that it
///   took most from
/// @param foreignShare time for which the trial's processors ran anything but its workers, over all
///   of them: other programs and the kernel. The kernel counts in hundredths of a second, so each
///   processor may be that far off
/// @param takenShare time for which measured threads waited for a processor that others had, over
///   the window and as a share of one processor: their waits, without what other threads of their
///   own processes ran, and without [#WAKING_NANOS] for each time that they slept. Null where there
///   are more threads than processors, since they then wait for each other
/// @param waitedShare time for which measured threads waited for a processor, whoever had it, over
///   all of the trial's processors: others cannot have taken more
/// @param pressureShare time in which some task of the machine waited for a processor, largest over
///   the workers
/// @param groupPressureShare the same of the workers' control group
/// @param throttledPeriods periods in which a quota was used up, largest over the workers
/// @param throttledNanos time for which they were held back, largest over the workers
/// @param migrations moves of measured threads from one processor to another
/// @param gcNanos time in collections, over all workers
/// @param compilationNanos time in compilation, over all workers and compiler threads
/// @param safepointNanos time in which JVMs held all of their threads, over all workers
/// @param canaryRatio speed of the processors after the trial as a share of that before it, of the
///   worker that lost most
/// @param tripRatio how much longer a cache line took to go to and fro after the trial than before
///   it, of the worker in which that grew most; null where no process has two threads
public record Disturbance(
    @Nullable Double stealShare,
    @Nullable Double foreignShare,
    @Nullable Double takenShare,
    @Nullable Double waitedShare,
    @Nullable Double pressureShare,
    @Nullable Double groupPressureShare,
    @Nullable Long throttledPeriods,
    @Nullable Long throttledNanos,
    @Nullable Long migrations,
    @Nullable Long gcNanos,
    @Nullable Long compilationNanos,
    @Nullable Long safepointNanos,
    @Nullable Double canaryRatio,
    @Nullable Double tripRatio) {
  /// A thread that is woken waits this long, and waits for nobody.
  static final long WAKING_NANOS = 1_000;

  /// What disturbed this trial.
  public static Disturbance of(Measurement measurement) {
    List<ProcessSample> processes = measurement.processes();
    Map<Processor, Watched> cpus = watched(processes);
    return new Disturbance(
        cpus == null ? null : stealShare(cpus),
        cpus == null ? null : foreignShare(cpus, processes),
        cpus == null ? null : takenShare(cpus, measurement),
        cpus == null ? null : waitedShare(cpus, measurement),
        largestShare(processes, Surroundings::pressureNanos),
        largestShare(processes, Surroundings::groupPressureNanos),
        largest(processes, Surroundings::throttledPeriods),
        largest(processes, Surroundings::throttledNanos),
        total(measurement.threads(), ThreadSample::migrations),
        total(processes, process -> known(process.gcNanos())),
        total(processes, process -> known(process.compilationNanos())),
        total(processes, ProcessSample::safepointNanos),
        canaryRatio(processes),
        tripRatio(processes));
  }

  /// One processor as the worker that watched it longest saw it.
  private record Watched(CpuTime time, long nanos) {}

  /// Machines number their processors alike.
  private record Processor(@Nullable Integer machine, int cpu) {}

  private static @Nullable Map<Processor, Watched> watched(List<ProcessSample> processes) {
    Map<Processor, Watched> cpus = new HashMap<>();
    for (ProcessSample process : processes) {
      Surroundings around = process.surroundings();
      if (around == null || around.elapsedNanos() <= 0) {
        return null;
      }
      for (CpuTime time : around.cpus()) {
        cpus.merge(
            new Processor(process.machine(), time.cpu()),
            new Watched(time, around.elapsedNanos()),
            (a, b) -> a.nanos() >= b.nanos() ? a : b);
      }
    }
    return cpus.isEmpty() ? null : cpus;
  }

  private static @Nullable Double canaryRatio(List<ProcessSample> processes) {
    double smallest = Double.POSITIVE_INFINITY;
    for (ProcessSample process : processes) {
      Canary canary = process.canary();
      if (canary == null) {
        return null;
      }
      smallest = Math.min(smallest, canary.ratio());
    }
    return Double.isFinite(smallest) ? smallest : null;
  }

  private static @Nullable Double tripRatio(List<ProcessSample> processes) {
    Double largest = null;
    for (ProcessSample process : processes) {
      Double ratio = process.canary() == null ? null : process.canary().tripRatio();
      if (ratio != null && (largest == null || ratio > largest)) {
        largest = ratio;
      }
    }
    return largest;
  }

  private static @Nullable Double stealShare(Map<Processor, Watched> cpus) {
    double largest = 0;
    for (Watched watched : cpus.values()) {
      Long steal = watched.time().stealNanos();
      if (steal == null) {
        return null;
      }
      largest = Math.max(largest, (double) steal / watched.nanos());
    }
    return largest;
  }

  private static @Nullable Double foreignShare(
      Map<Processor, Watched> cpus, List<ProcessSample> processes) {
    Long ours = ownNanos(processes);
    if (ours == null) {
      return null;
    }
    double busy = 0;
    double nanos = 0;
    for (Watched watched : cpus.values()) {
      Long ran = watched.time().busyNanos();
      if (ran == null) {
        return null;
      }
      busy += ran;
      nanos += watched.nanos();
    }
    return Math.max(0, busy - ours) / nanos;
  }

  private static @Nullable Double takenShare(
      Map<Processor, Watched> cpus, Measurement measurement) {
    List<ThreadSample> threads = measurement.threads();
    Long all = ownNanos(measurement.processes());
    Long measured = total(threads, thread -> known(thread.cpuNanos()));
    Long waited = total(threads, thread -> known(thread.runQueueWaitNanos()));
    Long slept = total(threads, thread -> known(thread.voluntarySwitches()));
    if (cpus.size() < threads.size()
        || all == null
        || measured == null
        || waited == null
        || slept == null) {
      return null;
    }
    long others = waited - Math.max(0, all - measured) - slept * WAKING_NANOS;
    return (double) Math.max(0, others) / measurement.windowNanos();
  }

  private static @Nullable Double waitedShare(
      Map<Processor, Watched> cpus, Measurement measurement) {
    Long waited = total(measurement.threads(), thread -> known(thread.runQueueWaitNanos()));
    if (waited == null) {
      return null;
    }
    return waited / cpus.values().stream().mapToDouble(Watched::nanos).sum();
  }

  /// CPU time of the workers, all threads.
  private static @Nullable Long ownNanos(List<ProcessSample> processes) {
    return total(
        processes,
        process ->
            process.surroundings() == null ? null : process.surroundings().processCpuNanos());
  }

  private static @Nullable Double largestShare(
      List<ProcessSample> processes, Function<Surroundings, @Nullable Long> counter) {
    double largest = 0;
    for (ProcessSample process : processes) {
      Surroundings around = process.surroundings();
      Long value = around == null ? null : counter.apply(around);
      if (around == null || value == null || around.elapsedNanos() <= 0) {
        return null;
      }
      largest = Math.max(largest, (double) value / around.elapsedNanos());
    }
    return largest;
  }

  private static @Nullable Long largest(
      List<ProcessSample> processes, Function<Surroundings, @Nullable Long> counter) {
    long largest = 0;
    for (ProcessSample process : processes) {
      Surroundings around = process.surroundings();
      Long value = around == null ? null : counter.apply(around);
      if (value == null) {
        return null;
      }
      largest = Math.max(largest, value);
    }
    return largest;
  }

  private static <T> @Nullable Long total(List<T> parts, Function<T, @Nullable Long> counter) {
    long sum = 0;
    for (T part : parts) {
      Long value = counter.apply(part);
      if (value == null) {
        return null;
      }
      sum += value;
    }
    return sum;
  }

  private static @Nullable Long known(long value) {
    return value < 0 ? null : Long.valueOf(value);
  }
}

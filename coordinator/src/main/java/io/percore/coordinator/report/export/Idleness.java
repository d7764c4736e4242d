package io.percore.coordinator.report.export;

import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.ProcessSample;
import io.percore.coordinator.measurement.Surroundings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How much of the machine did nothing while a trial was measured.
final class Idleness {
  private Idleness() {}

  /// The share of the time of all processors, 0 to 1, in which they ran nothing and no hypervisor
  /// kept them from running; null unless each of them was observed.
  ///
  /// Each worker observes the processors of its threads; of one that several observed the busiest
  /// account counts.
  ///
  /// @param onlineCpus processors of the machine
  static @Nullable Double of(Measurement trial, int onlineCpus) {
    Map<Integer, Double> busy = new HashMap<>();
    for (ProcessSample process : trial.processes()) {
      Surroundings around = process.surroundings();
      if (around == null || around.elapsedNanos() <= 0) {
        return null;
      }
      for (Surroundings.CpuTime cpu : around.cpus()) {
        Long nanos = cpu.busyNanos();
        if (nanos != null) {
          Long steal = cpu.stealNanos();
          double share = (nanos + (steal == null ? 0 : steal)) / (double) around.elapsedNanos();
          // Kernels count in hundredths of a second, which can be a little more than has passed.
          busy.merge(cpu.cpu(), Math.min(1, share), Math::max);
        }
      }
    }
    return onlineCpus > 0 && busy.size() == onlineCpus
        ? Double.valueOf(1 - busy.values().stream().mapToDouble(share -> share).sum() / onlineCpus)
        : null;
  }
}

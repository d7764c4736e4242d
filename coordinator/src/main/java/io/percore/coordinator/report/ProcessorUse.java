package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Canary;
import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.ProcessSample;
import io.percore.coordinator.measurement.Surroundings;
import io.percore.coordinator.measurement.Surroundings.CpuTime;
import io.percore.coordinator.measurement.ThreadSample;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.statistics.descriptive.Median;
import org.jspecify.annotations.Nullable;

/// Which processors the trials of one parallelism used, and how these fared. Pure.
///
/// @param parallelism threads of each trial
/// @param bound whether each thread was bound to a processor
/// @param trials that completed, and of all of whose threads it is known where they were at their
///   end
/// @param cpus of each processor that any of them tells something about, by its number
record ProcessorUse(int parallelism, boolean bound, int trials, Map<Integer, Cpu> cpus) {
  /// One processor over all these trials.
  ///
  /// @param threads that were on it at their end, numbered over all processes of a trial
  /// @param threadsPerTrial how many that were, in the mean
  /// @param before dependent additions per second before warm-up, the median of those trials that
  ///   had a process with one thread bound here; null when there was none, or its speed is unknown
  /// @param after the same after the run-out
  /// @param stealShare share of the time in which the hypervisor ran something else; null when
  ///   unknown
  record Cpu(
      SortedSet<Integer> threads,
      double threadsPerTrial,
      @Nullable Double before,
      @Nullable Double after,
      @Nullable Double stealShare) {}

  boolean uses(int cpu) {
    Cpu use = cpus.get(cpu);
    return use != null && !use.threads().isEmpty();
  }

  /// By parallelism, bound before not bound. Nothing of a parallelism of whose threads it is
  /// unknown where they were.
  static List<ProcessorUse> all(List<TrialRecord> records) {
    record Key(int parallelism, boolean free) {}
    Map<Key, List<Measurement>> trials =
        new TreeMap<>(Comparator.comparingInt(Key::parallelism).thenComparing(Key::free));
    for (TrialRecord record : records) {
      if (record.outcome() instanceof Completed completed
          && !record.trial().program().onEachMachine()
          && completed.measurement().threads().stream().allMatch(thread -> thread.cpu() >= 0)) {
        Measurement trial = completed.measurement();
        boolean bound = trial.processes().stream().allMatch(ProcessSample::pinned);
        trials
            .computeIfAbsent(
                new Key(record.trial().program().parallelism(), !bound), _ -> new ArrayList<>())
            .add(trial);
      }
    }
    List<ProcessorUse> all = new ArrayList<>();
    trials.forEach((key, of) -> all.add(of(key.parallelism, !key.free, of)));
    return all;
  }

  private static ProcessorUse of(int parallelism, boolean bound, List<Measurement> trials) {
    Map<Integer, Tally> tallies = new TreeMap<>();
    for (Measurement trial : trials) {
      Map<Integer, List<ThreadSample>> bySlot = new HashMap<>();
      int number = 0;
      for (ThreadSample thread : trial.threads()) {
        tally(tallies, thread.cpu()).thread(number++);
        bySlot.computeIfAbsent(thread.slot(), _ -> new ArrayList<>()).add(thread);
      }
      for (ProcessSample process : trial.processes()) {
        List<ThreadSample> own = bySlot.getOrDefault(process.slot(), List.of());
        Canary canary = process.canary();
        if (bound && own.size() == 1 && canary != null) {
          tally(tallies, own.getFirst().cpu()).canary(canary);
        }
        Surroundings around = process.surroundings();
        if (around != null) {
          around.cpus().forEach(t -> tally(tallies, t.cpu()).steal(t, around.elapsedNanos()));
        }
      }
    }
    Map<Integer, Cpu> cpus = new TreeMap<>();
    tallies.forEach((cpu, tally) -> cpus.put(cpu, tally.use(trials.size())));
    return new ProcessorUse(parallelism, bound, trials.size(), cpus);
  }

  private static Tally tally(Map<Integer, Tally> tallies, int cpu) {
    return tallies.computeIfAbsent(cpu, _ -> new Tally());
  }

  private static final class Tally {
    private final SortedSet<Integer> threads = new TreeSet<>();
    private int ends;
    private final List<Double> before = new ArrayList<>();
    private final List<Double> after = new ArrayList<>();
    private long stolen;
    private long watched;

    void thread(int number) {
      threads.add(number);
      ends++;
    }

    void canary(Canary canary) {
      before.add(canary.beforePerSecond());
      after.add(canary.afterPerSecond());
    }

    void steal(CpuTime time, long elapsedNanos) {
      Long nanos = time.stealNanos();
      if (nanos != null) {
        stolen += nanos;
        watched += elapsedNanos;
      }
    }

    Cpu use(int trials) {
      return new Cpu(
          threads,
          (double) ends / trials,
          median(before),
          median(after),
          watched == 0 ? null : Double.valueOf((double) stolen / watched));
    }

    private static @Nullable Double median(List<Double> values) {
      return values.isEmpty()
          ? null
          : Double.valueOf(
              Median.withDefaults()
                  .evaluate(values.stream().mapToDouble(Double::doubleValue).toArray()));
    }
  }
}

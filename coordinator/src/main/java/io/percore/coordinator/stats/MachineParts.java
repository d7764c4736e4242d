package io.percore.coordinator.stats;

import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.ProcessSample;
import io.percore.coordinator.measurement.ThreadSample;
import io.percore.coordinator.plan.Layout;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.ScalePoint;
import io.percore.coordinator.plan.Sharing;
import io.percore.coordinator.stats.MachineScaling.Baseline;
import io.percore.coordinator.stats.MachineScaling.Part;
import io.percore.coordinator.stats.MachineScaling.Rates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Takes the forks of programs apart by machine.
final class MachineParts {
  private final boolean fixedWork;
  private final int machines;
  private final Map<Program, Forks> forks;

  /// @param fixedWork whether work is fixed and its time is measured
  /// @param machines how many there are
  /// @param forks of every program that was tried
  MachineParts(boolean fixedWork, int machines, Map<Program, Forks> forks) {
    this.fixedWork = fixedWork;
    this.machines = machines;
    this.forks = Map.copyOf(forks);
  }

  List<Baseline> baselines(List<ScalePoint> points) {
    List<Baseline> baselines = new ArrayList<>();
    points.stream()
        .map(ScalePoint::program)
        .filter(program -> program.parallelism() == 1)
        .distinct()
        .filter(program -> forks.containsKey(program.aloneOnEach(machines)))
        .forEach(
            program -> {
              for (int machine = 0; machine < machines; machine++) {
                baselines.add(baseline(program, machine));
              }
            });
    return baselines;
  }

  private Baseline baseline(Program alone, int machine) {
    Program each = alone.aloneOnEach(machines);
    Map<Integer, Double> rates = rates(each, machine);
    boolean first = machine == 0;
    return new Baseline(
        each,
        machine,
        rates(rates),
        first ? null : ratio(rates, rates(each, 0)),
        first ? ratio(rates, rates(alone, 0)) : null);
  }

  List<Part> parts(List<ScalePoint> points) {
    List<Part> parts = new ArrayList<>();
    for (ScalePoint point : points) {
      Map<Integer, Integer> threads = threads(point.program());
      if (threads.size() > 1) {
        threads.forEach((machine, count) -> parts.add(part(point, machine, count)));
      }
    }
    return parts;
  }

  private Part part(ScalePoint point, int machine, int threads) {
    Map<Integer, Double> rates = rates(point.program(), machine);
    Estimate speedup =
        base(point.program()).map(base -> ratio(rates, rates(base, machine))).orElse(null);
    return new Part(point, machine, threads, rates(rates), speedup);
  }

  /// One thread of its discipline on each machine, pinned like it where there is such a program.
  private Optional<Program> base(Program program) {
    return Stream.of(program.pinned(), !program.pinned())
        .map(
            pinned ->
                new Program(
                        program.discipline(),
                        Sharing.PROCESS,
                        new Layout(1, 1),
                        pinned,
                        program.collector())
                    .aloneOnEach(machines))
        .filter(forks::containsKey)
        .findFirst();
  }

  private Forks of(Program program) {
    return forks.getOrDefault(program, Forks.NONE);
  }

  /// Threads on each machine that has any; the same in each fork.
  private Map<Integer, Integer> threads(Program program) {
    Map<Integer, Integer> threads = new TreeMap<>();
    of(program).sound().values().stream()
        .findFirst()
        .ifPresent(
            trial -> {
              for (int machine : machines(trial)) {
                threads.put(machine, threads(trial, machine).size());
              }
            });
    return threads;
  }

  private static Set<Integer> machines(Measurement trial) {
    return trial.processes().stream()
        .map(MachineParts::machine)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static int machine(ProcessSample process) {
    return Objects.requireNonNullElse(process.machine(), 0);
  }

  private static List<ThreadSample> threads(Measurement trial, int machine) {
    Set<Integer> slots =
        trial.processes().stream()
            .filter(process -> machine(process) == machine)
            .map(ProcessSample::slot)
            .collect(Collectors.toSet());
    return trial.threads().stream().filter(thread -> slots.contains(thread.slot())).toList();
  }

  /// By block; a fork in which the machine did nothing has no rate there.
  private Map<Integer, Double> rates(Program program, int machine) {
    Map<Integer, Double> rates = new TreeMap<>();
    of(program)
        .sound()
        .forEach(
            (block, trial) -> {
              double rate = rate(trial, machine);
              if (rate > 0 && rate < Double.POSITIVE_INFINITY) {
                rates.put(block, rate);
              }
            });
    return rates;
  }

  private double rate(Measurement trial, int machine) {
    List<ThreadSample> threads = threads(trial, machine);
    double operations = threads.stream().mapToDouble(ThreadSample::operations).sum();
    long nanos =
        fixedWork
            ? threads.stream().mapToLong(ThreadSample::finishNanos).max().orElse(0)
            : trial.windowNanos();
    return operations * 1e9 / nanos;
  }

  private Rates rates(Map<Integer, Double> byBlock) {
    double[] rates = byBlock.values().stream().mapToDouble(rate -> rate).toArray();
    if (rates.length == 0) {
      return new Rates(0, null, null);
    }
    Estimate mean = fixedWork ? MeanInterval.harmonic(rates) : MeanInterval.arithmetic(rates);
    return new Rates(rates.length, Median.of(rates), mean);
  }

  private static @Nullable Estimate ratio(Map<Integer, Double> over, Map<Integer, Double> under) {
    List<Double> numerators = new ArrayList<>();
    List<Double> denominators = new ArrayList<>();
    over.forEach(
        (block, rate) -> {
          Double other = under.get(block);
          if (other != null) {
            numerators.add(rate);
            denominators.add(other);
          }
        });
    return numerators.isEmpty() ? null : LogRatio.paired(array(numerators), array(denominators));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(value -> value).toArray();
  }
}

package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Canary;
import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.measurement.LockLedger;
import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.MemoryParts;
import io.percore.coordinator.measurement.ProcessSample;
import io.percore.coordinator.measurement.SideTrials;
import io.percore.coordinator.measurement.SteadyState;
import io.percore.coordinator.measurement.Surroundings;
import io.percore.coordinator.measurement.ThreadSample;
import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.measurement.Verification;
import io.percore.coordinator.measurement.WarmUpSlices;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Runs of [Fixtures] with other trials, machines and side trials.
final class Asides {
  private static final long MIB = 1L << 20;

  private Asides() {}

  static RunReport with(
      RunReport run, Environment environment, List<TrialRecord> trials, SideTrials aside) {
    return new RunReport(
        run.runId(),
        run.started(),
        run.wall(),
        run.experiment(),
        run.catalogue(),
        environment,
        run.limits(),
        trials,
        run.summary(),
        run.complete(),
        aside);
  }

  static RunReport with(RunReport run, SideTrials aside) {
    return with(run, run.environment(), run.trials(), aside);
  }

  /// The same machine with other processors.
  static Environment machine(Environment e, List<Environment.Cpu> cpus, String quota) {
    return with(e, cpus.size(), cpus, quota, e.readings());
  }

  /// The same machine, of which some facts are not to be relied on.
  static Environment doubted(Environment e, List<String> facts, String source) {
    List<Environment.Reading> readings = new ArrayList<>(e.readings());
    facts.forEach(fact -> readings.add(new Environment.Reading(fact, "1", source, false)));
    return with(e, e.hardwareThreads(), e.cpus(), e.quotaCpus(), readings);
  }

  private static Environment with(
      Environment e,
      int hardwareThreads,
      List<Environment.Cpu> cpus,
      String quota,
      List<Environment.Reading> readings) {
    return new Environment(
        e.hostName(),
        e.os(),
        e.kernel(),
        e.cpuModel(),
        e.architecture(),
        e.memoryBytes(),
        hardwareThreads,
        cpus,
        quota,
        readings,
        e.bootId(),
        e.timeNamespace(),
        e.jvm(),
        e.jvmVendor(),
        e.javaHome(),
        e.jvmArguments(),
        e.workerJarSha256(),
        e.canPin(),
        e.cannotPinReason());
  }

  /// One memory trial of each strategy at its largest parallelism: 100 MiB and 1 KiB a worker.
  static SideTrials memory(RunReport run, @Nullable MemoryParts parts) {
    Set<Program> programs = new LinkedHashSet<>();
    Curve.all(run.summary())
        .forEach(curve -> programs.add(curve.points().getLast().point().program()));
    return new SideTrials(
        List.of(),
        programs.stream()
            .map(program -> record(program, measurement(program, _ -> -1, parts, null)))
            .toList(),
        List.of(),
        List.of());
  }

  /// 10, 2, 3 and 15 MiB of heap, metaspace, code and files.
  static MemoryParts parts() {
    return new MemoryParts(10 * MIB, 2 * MIB, 3 * MIB, 15 * MIB);
  }

  /// A watched trial.
  static SideTrials watched(Program program, List<LockLedger> ledgers) {
    return new SideTrials(
        List.of(record(program, measurement(program, _ -> -1, null, ledgers))),
        List.of(),
        List.of(),
        List.of());
  }

  /// The outcome of a completed trial with its rate over time, all processes in step.
  ///
  /// @param warmUp operations of each millisecond of the warm-up
  /// @param window the same of the window
  static Completed sliced(
      TrialRecord record, List<Long> warmUp, List<Long> window, SteadyState state) {
    Measurement m = ((Completed) record.outcome()).measurement();
    List<ProcessSample> processes =
        m.processes().stream()
            .map(
                p ->
                    new ProcessSample(
                            p.slot(),
                            p.pid(),
                            p.batchOperations(),
                            p.floorNanosPerOperation(),
                            p.pinned(),
                            p.notPinnedReason(),
                            p.longestGapNanos(),
                            p.stops(),
                            p.gcCount(),
                            p.gcNanos(),
                            p.compilationNanos(),
                            p.compilations(),
                            p.residentBytes(),
                            p.collector(),
                            1_000_000,
                            window)
                        .withWarmUp(new WarmUpSlices(1, 0, 1_000_000, warmUp)))
            .toList();
    return new Completed(
        new Measurement(
            m.windowNanos(),
            m.rounds(),
            m.threads(),
            processes,
            m.verification(),
            m.scoredRounds(),
            m.launchNanos(),
            null,
            state,
            null,
            null),
        List.of());
  }

  static TrialRecord record(Program program, Measurement measurement) {
    return attempt(0, program, 1, new Completed(measurement, List.of()));
  }

  /// An attempt at a trial of its own.
  ///
  /// @param sequence of the attempt among the side trials of its kind, and of its trial
  static TrialRecord attempt(int sequence, Program program, int attempt, TrialOutcome outcome) {
    return new TrialRecord(
        sequence,
        new Trial(sequence, 0, program),
        attempt,
        Fixtures.defaultRun().started(),
        Duration.ofSeconds(1),
        outcome);
  }

  /// @param cpu of each thread, numbered over all processes; -1 when unknown
  static Measurement measurement(
      Program program,
      IntUnaryOperator cpu,
      @Nullable MemoryParts parts,
      @Nullable List<LockLedger> ledgers) {
    List<ThreadSample> threads = new ArrayList<>();
    List<ProcessSample> processes = new ArrayList<>();
    for (int slot = 0; slot < program.layout().processes(); slot++) {
      List<Surroundings.CpuTime> times = new ArrayList<>();
      for (int thread = 0; thread < program.layout().threadsPerProcess(); thread++) {
        int on = cpu.applyAsInt(threads.size());
        threads.add(new ThreadSample(slot, thread, 1000, 0, 0, 0, 0, 1_000_000, 0, 0, 0, on));
        times.add(new Surroundings.CpuTime(Math.max(0, on), 900_000L, 10_000L));
      }
      processes.add(process(slot, program.pinned(), times, parts));
    }
    return new Measurement(
        1_000_000,
        1,
        threads,
        processes,
        new Verification(1000, 1000L, 1000L, 0, 0, 0, 0, 0, true),
        List.of(),
        1,
        null,
        null,
        ledgers,
        null);
  }

  private static ProcessSample process(
      int slot, boolean pinned, List<Surroundings.CpuTime> times, @Nullable MemoryParts parts) {
    return new ProcessSample(
        slot,
        1,
        1,
        1,
        pinned,
        "",
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        "Serial",
        1,
        List.of(),
        new Surroundings(1_000_000, times, null, null, null, null),
        null,
        new Canary(2e9, 1.9e9),
        null,
        100 * MIB + 1024,
        parts,
        null);
  }
}

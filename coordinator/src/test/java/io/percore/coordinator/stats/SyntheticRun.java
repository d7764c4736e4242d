package io.percore.coordinator.stats;

import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.ProcessSample;
import io.percore.coordinator.measurement.ThreadSample;
import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.measurement.Verification;
import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.plan.Cluster;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Planner;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.ScalePoint;
import io.percore.coordinator.plan.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Makes the trials of a run out of a model of the machine: what rate each program has, how the
/// rates of one block and of one trial scatter, and which trials go wrong.
public final class SyntheticRun {
  /// The true figures of one program.
  ///
  /// @param rate operations per second over all threads
  /// @param lostShare share of the updates that is lost, 0 to 1
  public record Truth(double rate, double lostShare) {}

  /// A machine.
  @FunctionalInterface
  public interface Machine {
    /// What a program does on it.
    Truth run(Program program);
  }

  private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

  private final Experiment experiment;
  private final Catalogue catalogue;
  private final int hardwareThreads;
  private final Machine machine;
  private final double noise;
  private UnaryOperator<TrialRecord> mishaps = UnaryOperator.identity();
  private final List<TrialRecord> extra = new ArrayList<>();
  private Cluster cluster;
  private double[] speeds = {1};

  /// @param noise standard deviation of the log of a rate, for the block and for the trial each
  public SyntheticRun(
      Experiment experiment,
      Catalogue catalogue,
      int hardwareThreads,
      Machine machine,
      double noise) {
    this.experiment = experiment;
    this.catalogue = catalogue;
    this.hardwareThreads = hardwareThreads;
    this.machine = machine;
    this.noise = noise;
    this.cluster = Cluster.of(hardwareThreads);
  }

  /// Lets it run over machines, of each of which the threads have so much of the rate.
  public SyntheticRun over(Cluster machines, double... shares) {
    this.cluster = machines;
    this.speeds = shares.clone();
    return this;
  }

  /// Lets `mishaps` replace records; a later attempt at an invalidated trial is added by hand.
  public SyntheticRun with(UnaryOperator<TrialRecord> mishaps) {
    this.mishaps = mishaps;
    return this;
  }

  /// Adds a record.
  public SyntheticRun and(TrialRecord record) {
    extra.add(record);
    return this;
  }

  /// Every point of every curve.
  public List<ScalePoint> points() {
    return planner().points();
  }

  /// Every program that has trials.
  public List<Program> programs() {
    return planner().programs();
  }

  private Planner planner() {
    return new Planner(experiment, cluster, true);
  }

  /// Every attempt.
  public List<TrialRecord> records() {
    Random random = new Random(experiment.seed());
    List<Program> programs = programs();
    List<TrialRecord> records = new ArrayList<>();
    for (int block = 0; block < experiment.forks(); block++) {
      double blockFactor = Math.exp(noise * random.nextGaussian());
      for (Program program : programs) {
        int index = records.size();
        Truth truth = machine.run(program);
        double rate = truth.rate() * blockFactor * Math.exp(noise * random.nextGaussian());
        Measurement measurement = measurement(program, rate, truth.lostShare(), random);
        records.add(
            new TrialRecord(
                index,
                new Trial(index, block, program),
                1,
                BEGIN.plusSeconds(4L * index),
                Duration.ofMillis(3400),
                new TrialOutcome.Completed(measurement, List.of())));
      }
    }
    List<TrialRecord> all = new ArrayList<>(records.stream().map(mishaps).toList());
    all.addAll(extra);
    return all;
  }

  /// What these trials say.
  public ScalingSummary summary() {
    return Summaries.summarize(experiment, catalogue, hardwareThreads, points(), records());
  }

  private Measurement measurement(Program program, double rate, double lost, Random random) {
    int n = program.parallelism();
    long work = experiment.scaling().operations(n);
    int rounds = rounds(rate, work);
    long window =
        work == 0 ? experiment.window().toNanos() : Math.round(rounds * work * 1e9 / rate);
    double[] shares =
        IntStream.range(0, n)
            .mapToDouble(
                thread -> {
                  int slot = thread / program.layout().threadsPerProcess();
                  return speeds[machine(program, slot)] * (1 + 0.02 * random.nextDouble());
                })
            .toArray();
    double total = IntStream.range(0, n).mapToDouble(i -> shares[i]).sum();
    double operations = rate * window / 1e9;
    List<ThreadSample> threads = new ArrayList<>();
    List<ProcessSample> processes = new ArrayList<>();
    for (int slot = 0; slot < program.layout().processes(); slot++) {
      ProcessSample process = process(slot, program.pinned());
      processes.add(cluster.machines() == 1 ? process : process.on(machine(program, slot)));
      for (int t = 0; t < program.layout().threadsPerProcess(); t++) {
        double cpu = Math.min(1.0, (double) hardwareThreads / n) * 0.998;
        threads.add(
            new ThreadSample(
                slot,
                t,
                operations * shares[threads.size()] / total,
                operations / n * 1e-5,
                1_000 + random.nextInt(60_000),
                window,
                Math.round(cpu * window),
                window,
                2,
                random.nextInt(40),
                Math.round((1 - cpu) * window),
                program.pinned() ? threads.size() : -1));
      }
    }
    return new Measurement(
        window,
        rounds,
        threads,
        processes,
        verification(Math.round(operations * 1.28), lost),
        scoredRounds(window, rounds, work, lost),
        620_000_000L,
        null,
        null,
        null,
        null,
        null,
        cluster.machines() == 1 ? null : Long.valueOf(81_000 + n));
  }

  private int machine(Program program, int slot) {
    return cluster.seats(program).get(slot).machine();
  }

  private int rounds(double rate, long work) {
    return work == 0
        ? 1
        : (int) Math.max(1, Math.round(experiment.window().toNanos() / 1e9 * rate / work));
  }

  private List<Measurement.RoundSample> scoredRounds(
      long window, int rounds, long work, double lost) {
    return work == 0
        ? List.of()
        : IntStream.range(0, rounds)
            .mapToObj(
                i -> new Measurement.RoundSample(window / rounds + i, verification(work, lost)))
            .toList();
  }

  private Verification verification(long operations, double lostShare) {
    if (catalogue.workload(experiment.workload()).orElseThrow().incrementsOnly()) {
      long lost = Math.round(operations * lostShare);
      return new Verification(operations, operations, operations - lost, 0, 0, 0, 0, 0, true);
    }
    long error = Math.round(operations * lostShare / 50);
    return new Verification(operations, null, null, -error, error / 3, error / 7, 0, 0, true);
  }

  private static ProcessSample process(int slot, boolean pinned) {
    return new ProcessSample(
        slot,
        4000 + slot,
        4096,
        0.61,
        pinned,
        "",
        1_200_000,
        0,
        0,
        0,
        1_500_000,
        1,
        71_303_168,
        "Serial",
        1_000_000,
        List.of());
  }
}

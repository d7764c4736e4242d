package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Canary;
import io.percore.coordinator.measurement.DisturbanceLimits;
import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.Measurement.RoundSample;
import io.percore.coordinator.measurement.ProcessSample;
import io.percore.coordinator.measurement.Resume;
import io.percore.coordinator.measurement.SideTrials;
import io.percore.coordinator.measurement.SteadyState;
import io.percore.coordinator.measurement.ThreadSample;
import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.measurement.Verification;
import io.percore.coordinator.plan.Collector;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Experiment.Pinning;
import io.percore.coordinator.plan.Planner;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.ScalePoint;
import io.percore.coordinator.plan.Scaling;
import io.percore.coordinator.plan.Sharing;
import io.percore.coordinator.plan.Strategy;
import io.percore.coordinator.plan.Trial;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.ScalingSummary;
import io.percore.coordinator.stats.ScalingSummary.Comparison;
import io.percore.coordinator.stats.Summaries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A run of any shape, made from a seed: strategies, sizes, machines, magnitudes, laws, noise, gaps
/// and mishaps. Its summary is worked out from its trials as that of a real run is.
final class AnyRun {
  private static final List<String> NAMES =
      List.of(
          "gil",
          "global-lock",
          "atomic",
          "processes",
          "unshared",
          "racy",
          "sequential",
          "sequential@Nx1",
          "atomic@Nx2",
          "atomic@2x2",
          "gil@Nx1",
          "racy@2x4",
          "global-lock@4x1",
          "striped");

  /// One discipline in all ways of sharing.
  private static final List<String> SHARING = List.of("global-lock", "unshared", "processes");

  private static final List<String> HOSTILE =
      List.of(
          "<script>alert(\"1\")</script>",
          "=cmd|'/c calc'!A1",
          "\u202egnp.exe\u2066",
          "\u001b[31mred\u0007\r\n| pipe",
          "*bold* _it_ `code` [link](x) & $HOME",
          "very-".repeat(30) + "long");

  /// Why attempts were not used, or are marked.
  private static final List<String> TROUBLES =
      List.of(
          "others took 2.00 % of a processor from it, and the limit is 1.75 %",
          "others ran on 7.00 % of its processors, and the limit is 6.00 %",
          "the hypervisor took 9.00 % of a processor from it, and the limit is 3.00 %",
          "its quota held it back for 9.00 % of the window, and the limit is 1.00 %",
          "its processors had 80.00 % of their usual speed after it, and the limit is 85.00 %",
          "a thread passed the start late");

  private static final int MANY = 16;
  private static final int MANY_FORKS_EVERY = 50;

  private final long seed;
  private final Random random;

  /// Of its own, so that what it draws changes nothing else of a run.
  private final Random pauses;

  private final int cores;
  private final int processors;
  private final boolean canPin;
  private final Experiment experiment;
  private final double magnitude;
  private final double noise;
  private final double mishaps;
  private final double lost;
  private final double floor;
  private final double unbound;
  private final boolean canaries;

  /// One trial of one strategy.
  private final boolean tiny;

  /// All programs do the same but for their modes.
  private final boolean even;

  private final double bimodal;
  private final Map<Program, Double> modes = new HashMap<>();
  private final Map<String, IntToDoubleFunction> curves = new HashMap<>();

  private AnyRun(long seed) {
    this.seed = seed;
    random = new Random(seed);
    pauses = new Random(~seed);
    cores = pick(1, 2, 2, 4, 8, 16, 64, 256);
    processors = cores * pick(1, 1, 2);
    canPin = random.nextInt(5) > 0;
    magnitude = Math.pow(10, random.nextInt(3) == 0 ? 15 * random.nextDouble() - 3 : 8);
    tiny = random.nextInt(30) == 0;
    even = random.nextInt(5) == 0;
    noise =
        even ? 0.003 : random.nextInt(6) == 0 ? 0 : Math.pow(10, -0.5 - 3.5 * random.nextDouble());
    mishaps = random.nextBoolean() ? 0 : Math.pow(10, -2 * random.nextDouble());
    lost = pick(0, 1, 3, 420, 999, 1000) / 1000.0 * (random.nextInt(8) == 0 ? -1 : 1);
    floor = random.nextInt(8) == 0 ? 1e9 / magnitude : 1e-12;
    unbound = random.nextInt(3) == 0 ? 0.8 : 1;
    bimodal = even || random.nextInt(3) == 0 ? 0.5 : 0;
    canaries = random.nextBoolean();
    experiment = experiment();
  }

  /// The run of a seed.
  static RunReport of(long seed) {
    return new AnyRun(seed).report();
  }

  /// The run with every ratio turned over, so that it often says the opposite of the medians.
  static RunReport turned(RunReport run) {
    ScalingSummary summary = run.summary();
    return new RunReport(
        run.runId(),
        run.started(),
        run.wall(),
        run.experiment(),
        run.catalogue(),
        run.environment(),
        run.limits(),
        run.trials(),
        new ScalingSummary(
            summary.points(),
            turned(summary.comparisons()),
            turned(summary.contrasts()),
            turned(summary.collectors()),
            summary.baselineWarnings(),
            summary.ceiling()),
        run.complete(),
        run.aside());
  }

  private static List<Comparison> turned(List<Comparison> comparisons) {
    return comparisons.stream()
        .map(c -> new Comparison(c.strategy(), c.reference(), c.parallelism(), turned(c.ratio())))
        .sorted(Comparator.comparingDouble((Comparison c) -> c.ratio().value()).reversed())
        .toList();
  }

  private static Estimate turned(Estimate ratio) {
    Interval interval = ratio.interval();
    return new Estimate(
        1 / ratio.value(),
        interval == null ? null : new Interval(1 / interval.high(), 1 / interval.low()));
  }

  private int pick(int... values) {
    return values[random.nextInt(values.length)];
  }

  /// Few runs have so many that a distribution is shown rather than each of them.
  private int forks() {
    int usual = tiny ? 1 : even ? 10 : pick(1, 2, 3, 5, 6, 6, 7, 10);
    return seed % MANY_FORKS_EVERY == 0 ? 40 : usual;
  }

  private Experiment experiment() {
    String workload = List.of("counter", "counter", "hot", "private").get(random.nextInt(4));
    Scaling scaling =
        switch (random.nextInt(8)) {
          case 0 -> new Scaling.Strong(4_000_000);
          case 1 -> new Scaling.Weak(1 + random.nextInt(2_000_000));
          default -> new Scaling.FixedTime();
        };
    String checkpoint = random.nextInt(6) == 0 ? "every-op" : "backward-jump";
    return new Experiment(
        strategies(),
        sizes(),
        workload,
        Map.of("work", "0"),
        Map.of("gil", Map.of("checkpoint", checkpoint)),
        scaling,
        forks(),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        List.of(Pinning.AUTO, Pinning.AUTO, Pinning.ON, Pinning.OFF, Pinning.BOTH)
            .get(random.nextInt(5)),
        Experiment.Place.PACK,
        random.nextLong(1_000_000),
        random.nextInt(6) == 0 ? List.of(Collector.SERIAL, Collector.G1) : List.of());
  }

  private List<Strategy> strategies() {
    List<String> left = new ArrayList<>(even && random.nextBoolean() ? SHARING : NAMES);
    List<Strategy> chosen = new ArrayList<>();
    int count = tiny || random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(NAMES.size());
    while (chosen.size() < count && !left.isEmpty()) {
      Strategy strategy = Strategy.parse(left.remove(random.nextInt(left.size())));
      boolean hostile = random.nextInt(8) == 0;
      String name = hostile ? HOSTILE.get(chosen.size() % HOSTILE.size()) : strategy.name();
      if (chosen.stream().noneMatch(other -> other.name().equals(name))) {
        chosen.add(
            new Strategy(
                name,
                strategy.discipline(),
                strategy.sharing(),
                strategy.processes(),
                strategy.threadsPerProcess()));
      }
    }
    return chosen;
  }

  private List<Integer> sizes() {
    TreeSet<Integer> sizes = new TreeSet<>();
    switch (tiny ? 0 : random.nextInt(5)) {
      case 0 -> sizes.add(1);
      case 1 -> sizes.addAll(List.of(1, 2, 4));
      case 2 -> IntStream.rangeClosed(1, 12).forEach(sizes::add);
      case 3 -> IntStream.range(0, 10).forEach(power -> sizes.add(1 << power));
      default -> random.ints(1 + random.nextInt(40), 1, 513).forEach(sizes::add);
    }
    return List.copyOf(sizes);
  }

  private RunReport report() {
    List<ScalePoint> points = new Planner(experiment, processors, canPin).points();
    List<TrialRecord> records = records(points.stream().map(p -> p.program()).distinct().toList());
    long completed =
        records.stream()
            .filter(r -> r.outcome() instanceof Completed)
            .map(TrialRecord::trial)
            .distinct()
            .count();
    long planned =
        (long) experiment.forks() * points.stream().map(p -> p.program()).distinct().count();
    return new RunReport(
        "0f3a9c5e7b214d68",
        Instant.parse("2026-03-01T10:00:00Z"),
        Duration.ofSeconds(random.nextInt(100_000)),
        experiment,
        Fixtures.catalogue(),
        environment(),
        random.nextBoolean() ? DisturbanceLimits.standard() : null,
        records,
        Summaries.summarize(experiment, Fixtures.catalogue(), processors, points, records),
        completed >= planned,
        SideTrials.NONE);
  }

  private Environment environment() {
    return new Environment(
        "host",
        "Linux",
        "6.1",
        "a processor",
        "amd64",
        1L << 34,
        processors,
        IntStream.range(0, processors)
            .mapToObj(i -> new Environment.Cpu(i, i % cores, 0, 0))
            .toList(),
        "none",
        List.of(
            new Environment.Reading("quota", "none", "cpu.max", random.nextInt(4) > 0),
            new Environment.Reading("period", "100 ms", "cpu.max", pauses.nextBoolean()),
            new Environment.Reading(
                "clock", "unknown", "there is no max_freq", random.nextInt(4) > 0)),
        "boot",
        "time:[1]",
        "25",
        "vendor",
        "home",
        List.of("-XX:+UseSerialGC"),
        "hash",
        canPin,
        canPin ? "" : "sched_setaffinity is not permitted");
  }

  private List<TrialRecord> records(List<Program> programs) {
    List<Program> never = programs.stream().filter(_ -> random.nextDouble() < mishaps / 4).toList();
    List<TrialRecord> records = new ArrayList<>();
    int blocks = random.nextInt(40) == 0 ? 0 : experiment.forks() + pick(0, 0, 0, 0, 0, 0, 0, 4);
    for (int block = 0; block < blocks; block++) {
      double blockFactor = Math.exp(noise * random.nextGaussian());
      for (int i = 0; i < programs.size(); i++) {
        Trial trial = new Trial(block * programs.size() + i, block, programs.get(i));
        boolean never0 = never.contains(trial.program());
        for (int attempt = 1; attempt <= 3; attempt++) {
          TrialOutcome outcome = outcome(trial, blockFactor, never0, attempt == 3);
          records.add(
              new TrialRecord(
                  records.size(), trial, attempt, Instant.EPOCH, Duration.ofSeconds(3), outcome));
          if (outcome instanceof Completed) {
            break;
          }
        }
      }
    }
    if (mishaps == 0 && !records.isEmpty() && random.nextInt(8) == 0) {
      records.set(0, disturbed(records.getFirst()));
    }
    return resumed(records);
  }

  /// Some runs are broken off and resumed, some of these after a restart of the machine.
  private List<TrialRecord> resumed(List<TrialRecord> records) {
    for (int times = pauses.nextInt(5) - 2; times > 0 && !records.isEmpty(); times--) {
      int first = pauses.nextInt(records.size());
      TrialRecord record = records.get(first);
      records.set(
          first,
          new TrialRecord(
              record.sequence(),
              record.trial(),
              record.attempt(),
              record.started().plus(record.duration()).plusMillis(pauses.nextInt(10_000_000)),
              record.duration(),
              record.outcome(),
              new Resume(List.of("boot", "another").get(pauses.nextInt(2)))));
    }
    return records;
  }

  private TrialRecord disturbed(TrialRecord record) {
    Completed completed = (Completed) record.outcome();
    return record.withOutcome(
        new Completed(completed.measurement(), completed.defects(), trouble()));
  }

  private String trouble() {
    return TROUBLES.get(pauses.nextInt(TROUBLES.size()));
  }

  private TrialOutcome outcome(Trial trial, double blockFactor, boolean never, boolean last) {
    if (!never && random.nextDouble() >= mishaps) {
      return new Completed(measurement(trial, blockFactor, false), List.of());
    }
    int kind = random.nextInt(never ? 3 : 6);
    return switch (kind) {
      case 0 -> new TrialOutcome.Failed("worker 1 was lost", "Killed");
      case 1 -> new TrialOutcome.TimedOut("no result in time");
      case 2 -> new TrialOutcome.Invalidated(trouble(), measurement(trial, 1, false));
      case 3 ->
          new Completed(measurement(trial, blockFactor, false), List.of(), last ? trouble() : "");
      case 4 -> new Completed(measurement(trial, 0, false), List.of());
      default -> new Completed(measurement(trial, blockFactor, true), List.of());
    };
  }

  /// Operations per second without noise: each discipline and way of sharing has a law of its own,
  /// some the same one.
  private double truth(Program program) {
    String key =
        program.layout().threadsPerProcess() == 1 || program.sharing() == Sharing.THREAD
            ? program.discipline() + " apart"
            : program.discipline() + program.layout().processes();
    double base = curves.computeIfAbsent(program.discipline(), _ -> law(1, 0, 0)).applyAsDouble(1);
    return base
        * (program.pinned() ? 1 : unbound)
        * (program.collector() == Collector.G1 ? 0.9 : 1)
        * curves
            .computeIfAbsent(key, _ -> law(0, sigma(), kappa()))
            .applyAsDouble(program.parallelism());
  }

  /// Some programs do with two of five forks far less, or far more.
  private double mode(Trial trial) {
    double mode =
        modes.computeIfAbsent(
            trial.program(),
            _ -> random.nextDouble() < bimodal ? Math.pow(4, 2 * random.nextDouble() - 1) : 1);
    return trial.block() % 5 < 2 ? mode : 1;
  }

  private double sigma() {
    return even
        ? 1
        : switch (random.nextInt(5)) {
          case 0 -> 0;
          case 1 -> 1;
          case 2 -> -0.01 * random.nextDouble();
          default -> random.nextDouble();
        };
  }

  private double kappa() {
    return even
        ? 0
        : switch (random.nextInt(4)) {
          case 0 -> 0;
          case 1 -> Math.pow(10, -1 - 5 * random.nextDouble());
          case 2 -> random.nextDouble() / 4;
          default -> 1e-3;
        };
  }

  private IntToDoubleFunction law(int spread, double sigma, double kappa) {
    double lambda =
        spread == 0 ? 1 : magnitude * Math.pow(even ? 1 : pick(1, 1, 2, 100), random.nextDouble());
    return n -> lambda * n / Math.max(0.01, 1 + sigma * (n - 1) + kappa * n * (n - 1.0));
  }

  private Measurement measurement(Trial trial, double factor, boolean wrong) {
    int n = trial.program().parallelism();
    double rate =
        truth(trial.program()) * factor * mode(trial) * Math.exp(noise * random.nextGaussian());
    long work = experiment.scaling().operations(n);
    long window =
        work == 0 || rate == 0
            ? experiment.window().toNanos()
            : Math.max(1, (long) Math.min(1e15, work * 1e9 / rate));
    double operations = rate == 0 ? 0 : work == 0 ? rate * window / 1e9 : work;
    Verification counts = counts(trial.program(), Math.max(1, Math.round(operations * 1.3)), wrong);
    return new Measurement(
        window,
        1,
        threads(n, operations, window),
        List.of(process(trial.program())),
        counts,
        work == 0 ? List.of() : List.of(new RoundSample(window, counts)),
        620_000_000L,
        null,
        state(),
        null,
        null);
  }

  private @Nullable SteadyState state() {
    SteadyState[] states = SteadyState.values();
    int state = random.nextInt(states.length + 1);
    return state < states.length ? states[state] : null;
  }

  /// Of a large size one that stands for all.
  private List<ThreadSample> threads(int n, double operations, long window) {
    int shown = n <= MANY ? n : 1;
    return IntStream.range(0, shown).mapToObj(_ -> thread(operations / shown, window)).toList();
  }

  private ThreadSample thread(double operations, long window) {
    long skew = random.nextInt(30) == 0 ? 20_000_000L + random.nextInt(100_000) : 1_000;
    return new ThreadSample(0, 0, operations, 0, skew, window, window, window, 1, 2, 3, 0);
  }

  private ProcessSample process(Program program) {
    boolean pinned = program.pinned() && random.nextInt(200) > 0;
    return new ProcessSample(
            0,
            4000,
            4096,
            floor,
            pinned,
            pinned ? "" : "not asked",
            1_000_000,
            0,
            0,
            0,
            0,
            random.nextInt(20) == 0 ? 2 : 1,
            1 << 20,
            "Serial",
            1_000_000,
            List.of())
        .withCanary(canaries ? new Canary(2.6e9, 2.4e9 + 1e8 * random.nextDouble()) : null);
  }

  private Verification counts(Program program, long operations, boolean wrong) {
    boolean shared =
        program.layout().threadsPerProcess() > 1 && program.sharing() == Sharing.PROCESS;
    boolean inexact =
        program.discipline().equals("racy")
            || (program.discipline().equals("gil")
                && experiment.disciplineParameters().toString().contains("every-op"));
    double share = wrong ? 0.25 : inexact && shared && random.nextInt(4) > 0 ? lost : 0;
    long error = wrong ? Math.max(1, operations / 4) : Math.round(operations * share);
    if (experiment.workload().equals("counter")) {
      return new Verification(operations, operations, operations - error, 0, 0, 0, 0, 0, true);
    }
    long some = error == 0 ? 0 : Math.max(1, Math.abs(error) / 7);
    return new Verification(
        operations, null, null, -error, some, some / 2, some / 5, some / 9, true);
  }
}

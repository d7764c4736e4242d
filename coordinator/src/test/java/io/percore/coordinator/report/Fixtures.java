package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Canary;
import io.percore.coordinator.measurement.DisturbanceLimits;
import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.Resume;
import io.percore.coordinator.measurement.SideTrials;
import io.percore.coordinator.measurement.SteadyState;
import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.measurement.Verification;
import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.plan.Cluster;
import io.percore.coordinator.plan.Collector;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Experiment.Pinning;
import io.percore.coordinator.plan.Guarantees;
import io.percore.coordinator.plan.Layout;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Scaling;
import io.percore.coordinator.plan.Sharing;
import io.percore.coordinator.plan.Strategy;
import io.percore.coordinator.stats.SyntheticRun;
import io.percore.coordinator.stats.SyntheticRun.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Runs that never happened, for the tests of every output. Their summaries are worked out from
/// synthetic trials by the same code as those of real runs.
public final class Fixtures {
  private static final List<String> ALL_WORKLOADS = List.of("counter", "hot", "private");

  private static final String BOOT = "7a9d9e7e-0000-4000-8000-000000000001";

  private Fixtures() {}

  /// The default comparison on two cores: eight strategies at N = 1, 2, 4, six blocks.
  public static RunReport defaultRun() {
    Experiment experiment =
        experiment(DEFAULT_STRATEGIES, List.of(1, 2, 4), new Scaling.FixedTime(), 6);
    return report(experiment, environment("bench-1", 2, 1), twoCores(experiment));
  }

  /// The default comparison with all that a real one has on a busy virtual machine: rates that
  /// scatter, how they went over time, attempts that were invalidated and made again, and facts of
  /// the machine that are not to be relied on.
  public static RunReport busyDefaultRun() {
    return busyDefaultRun(0.1);
  }

  private static RunReport busyDefaultRun(double noise) {
    Experiment experiment =
        experiment(DEFAULT_STRATEGIES, List.of(1, 2, 4), new Scaling.FixedTime(), 6);
    SyntheticRun run =
        new SyntheticRun(experiment, catalogue(), 2, program -> truth(program, 2), noise)
            .with(record -> record.sequence() % 30 == 7 ? disturbed(record) : sliced(record));
    List<TrialRecord> sound =
        new SyntheticRun(experiment, catalogue(), 2, program -> truth(program, 2), noise).records();
    int last = sound.size();
    for (int i = 7; i < sound.size(); i += 30) {
      TrialRecord again = sliced(sound.get(i));
      run.and(
          new TrialRecord(
              last + i / 30, again.trial(), 2, again.started(), again.duration(), again.outcome()));
    }
    Environment machine = environment("bench-1", 2, 1);
    String source = "/sys/devices/system/cpu of a virtual machine that shows one thread a core";
    return Asides.with(
        report(experiment, machine, run),
        Asides.doubted(
            machine, List.of("topology", "threads per core", "efficiency cores"), source),
        run.records(),
        SideTrials.NONE);
  }

  /// The same with every side trial: all charts that a default run can have.
  public static RunReport everyChart() {
    return everyChart(busyDefaultRun());
  }

  /// The same where hardly two forks are alike.
  static RunReport everyChartOfNoise() {
    return everyChart(busyDefaultRun(0.3));
  }

  /// Two forks that differ: intervals that reach beyond every axis.
  static RunReport twoForks() {
    Experiment experiment =
        experiment(List.of("gil", "atomic"), List.of(1, 2, 4), new Scaling.FixedTime(), 2);
    return report(
        experiment,
        environment("bench-1", 2, 1),
        new SyntheticRun(experiment, catalogue(), 2, program -> truth(program, 2), 0.2));
  }

  private static RunReport everyChart(RunReport run) {
    Program gil = new Program("gil", Sharing.PROCESS, new Layout(1, 4), true);
    return Asides.with(
        run,
        new SideTrials(
            Asides.watched(gil, LockPanelTest.turns(4, 250)).watched(),
            Asides.memory(run, Asides.parts()).memory(),
            ProcessCostPanelTest.called().aside().called(),
            List.of()));
  }

  private static TrialRecord disturbed(TrialRecord record) {
    return record.withOutcome(
        new TrialOutcome.Invalidated(
            "others took 4.45 % of a processor from it, and the limit is 1.25 %",
            ((TrialOutcome.Completed) record.outcome()).measurement()));
  }

  private static TrialRecord sliced(TrialRecord record) {
    List<Long> slices = new Random(record.sequence()).longs(1500, 800, 1200).boxed().toList();
    return record.withOutcome(
        Asides.sliced(record, slices.subList(0, 400), slices, SteadyState.NO_STEADY_STATE));
  }

  /// One strategy, quick: three blocks at N = 1, 2.
  public static RunReport quickRun() {
    Experiment experiment =
        experiment(List.of("atomic", "sequential"), List.of(1, 2), new Scaling.FixedTime(), 3);
    return report(experiment, environment("bench-1", 2, 1), twoCores(experiment));
  }

  /// Resumed twice: within its second block, and between the last two, where the machine was
  /// restarted, too.
  public static RunReport resumedRun() {
    Experiment experiment =
        experiment(List.of("atomic", "sequential"), List.of(1, 2), new Scaling.FixedTime(), 3);
    return report(
        experiment,
        environment("bench-1", 2, 1),
        twoCores(experiment)
            .with(
                record ->
                    switch (record.sequence()) {
                      case 0, 1, 2, 3 -> record;
                      case 4 -> later(record, 10).after(new Resume(BOOT));
                      case 5 -> later(record, 10);
                      case 6 -> later(record, 130).after(new Resume("another"));
                      default -> later(record, 130);
                    }));
  }

  private static TrialRecord later(TrialRecord record, int minutes) {
    return new TrialRecord(
        record.sequence(),
        record.trial(),
        record.attempt(),
        record.started().plus(Duration.ofMinutes(minutes)),
        record.duration(),
        record.outcome());
  }

  /// Two machines of four processors, of which the second does as much as the first.
  public static RunReport twoMachines() {
    return machines(new Scaling.FixedTime(), 1, 1);
  }

  /// The same where the second has other processors, and does half.
  public static RunReport unlikeMachines() {
    return machines(new Scaling.FixedTime(), 1, 0.5);
  }

  /// Five machines that do fixed work.
  public static RunReport fiveMachines() {
    return machines(new Scaling.Weak(2_000_000), 1, 1, 1, 0.9, 1);
  }

  private static RunReport machines(Scaling scaling, double... speeds) {
    int each = 4;
    int all = each * speeds.length;
    Experiment experiment =
        experiment(
            List.of("atomic", "processes", "racy", "sequential"),
            List.of(1, 2, each, all),
            scaling,
            6);
    Cluster cluster = new Cluster(Collections.nCopies(speeds.length, each));
    SyntheticRun run =
        new SyntheticRun(experiment, catalogue(), all, program -> truth(program, all), 0.008)
            .over(cluster, speeds);
    List<Environment> machines =
        IntStream.range(0, speeds.length)
            .mapToObj(
                i ->
                    environment(
                        "node-" + (char) ('a' + i),
                        speeds[i] == 0.5 ? "AMD EPYC 9B14" : "AMD EPYC 7B13",
                        each,
                        1))
            .toList();
    return report(experiment, machines, run);
  }

  /// A single trial: no interval can be had.
  public static RunReport oneFork() {
    Experiment experiment = experiment(List.of("atomic"), List.of(1), new Scaling.FixedTime(), 1);
    return report(experiment, environment("bench-1", 2, 1), twoCores(experiment));
  }

  /// The notebook's cell: four million increments by four threads, with and without protection.
  public static RunReport fixedWork() {
    Experiment experiment =
        experiment(
            List.of("gil", "global-lock", "atomic", "racy", "sequential"),
            List.of(1, 4),
            new Scaling.Strong(4_000_000),
            6);
    return report(experiment, environment("bench-1", 2, 1), twoCores(experiment));
  }

  /// Two million increments by each of one, two and four threads.
  public static RunReport weakScaling() {
    Experiment experiment =
        experiment(
            List.of("gil", "atomic", "unshared", "sequential"),
            List.of(1, 2, 4),
            new Scaling.Weak(2_000_000),
            6);
    return report(experiment, environment("bench-1", 2, 1), twoCores(experiment));
  }

  /// Retain and release pairs on one object, with the racy arm.
  public static RunReport pairs() {
    Experiment counter = experiment(DEFAULT_STRATEGIES, List.of(1, 2), new Scaling.FixedTime(), 6);
    Experiment experiment =
        new Experiment(
            counter.strategies(),
            counter.parallelisms(),
            "hot",
            counter.workloadParameters(),
            counter.disciplineParameters(),
            counter.scaling(),
            counter.forks(),
            counter.warmUp(),
            counter.window(),
            counter.pinning(),
            counter.seed());
    return report(experiment, environment("bench-1", 2, 1), twoCores(experiment));
  }

  /// Threads bound and not bound, one beside the other, which makes a difference of a third.
  public static RunReport bothPinnings() {
    Experiment usual =
        experiment(
            List.of("gil", "atomic", "processes", "sequential"),
            List.of(1, 2, 4),
            new Scaling.FixedTime(),
            6);
    Experiment experiment =
        new Experiment(
            usual.strategies(),
            usual.parallelisms(),
            usual.workload(),
            usual.workloadParameters(),
            usual.disciplineParameters(),
            usual.scaling(),
            usual.forks(),
            usual.warmUp(),
            usual.window(),
            Pinning.BOTH,
            usual.seed());
    return report(
        experiment,
        environment("bench-1", 2, 1),
        new SyntheticRun(
            experiment,
            catalogue(),
            2,
            program -> {
              Truth truth = truth(program, 2);
              return program.pinned() ? truth : new Truth(truth.rate() * 2 / 3, truth.lostShare());
            },
            0.008));
  }

  /// `atomic` runs at half its speed in every other block at N = 2, and `processes` at speeds that
  /// scatter by more than a tenth without falling apart.
  public static RunReport unevenSpeeds() {
    Experiment experiment =
        experiment(
            List.of("atomic", "processes", "sequential"),
            List.of(1, 2),
            new Scaling.FixedTime(),
            6);
    return report(
        experiment,
        environment("bench-1", 2, 1),
        twoCores(experiment)
            .with(
                record -> {
                  Program program = record.trial().program();
                  int block = record.trial().block();
                  double factor = program.layout().processes() == 2 ? Math.pow(1.1, block) : 1;
                  boolean slow = program.layout().threadsPerProcess() == 2 && block % 2 == 1;
                  return atSpeed(record, slow ? 0.5 : factor);
                }));
  }

  private static TrialRecord atSpeed(TrialRecord record, double factor) {
    Measurement m = ((TrialOutcome.Completed) record.outcome()).measurement();
    return record.withOutcome(
        new TrialOutcome.Completed(
            new Measurement(
                Math.round(m.windowNanos() / factor),
                m.rounds(),
                m.threads(),
                m.processes(),
                m.verification(),
                m.scoredRounds(),
                m.launchNanos()),
            List.of()));
  }

  /// Under two collectors, the second of which costs what shares objects a tenth.
  public static RunReport bothCollectors() {
    Experiment experiment =
        experiment(
                List.of("gil", "atomic", "sequential"),
                List.of(1, 2, 4),
                new Scaling.FixedTime(),
                6)
            .under(List.of(Collector.SERIAL, Collector.G1));
    return report(
        experiment,
        environment("bench-1", 2, 1),
        new SyntheticRun(
            experiment,
            catalogue(),
            2,
            program -> {
              Truth truth = truth(program, 2);
              boolean dearer =
                  program.collector() == Collector.G1 && program.discipline().equals("atomic");
              return new Truth(truth.rate() * (dearer ? 0.9 : 1), truth.lostShare());
            },
            0.008));
  }

  /// A run in which one point is missing altogether, one lost a fork, one was invalidated and run
  /// again, and one trial of `atomic` counted wrongly.
  public static RunReport troubledRun() {
    Experiment experiment =
        experiment(
            List.of("global-lock", "atomic", "processes", "unshared", "racy", "sequential"),
            List.of(1, 2, 4),
            new Scaling.FixedTime(),
            6);
    SyntheticRun run = twoCores(experiment).with(Fixtures::mishap);
    TrialRecord invalidated =
        run.records().stream()
            .filter(r -> r.outcome() instanceof TrialOutcome.Invalidated)
            .findFirst()
            .orElseThrow();
    TrialRecord sound = twoCores(experiment).records().get(invalidated.trial().index());
    int last = run.records().size();
    return report(
        experiment,
        environment("bench-1", 2, 1),
        run.and(
            new TrialRecord(
                last,
                invalidated.trial(),
                2,
                sound.started().plusSeconds(2000),
                sound.duration(),
                sound.outcome())));
  }

  private static TrialRecord mishap(TrialRecord record) {
    Program program = record.trial().program();
    int block = record.trial().block();
    int n = program.parallelism();
    if (program.layout().equals(new Layout(4, 1))) {
      return record.withOutcome(
          new TrialOutcome.Failed(
              "worker 2 was lost in the window: killed by signal 9", "java: <killed> & gone"));
    }
    if (program.discipline().equals("global-lock")
        && program.sharing() == Sharing.PROCESS
        && program.layout().equals(new Layout(1, 2))) {
      return switch (block) {
        case 1 ->
            record.withOutcome(new TrialOutcome.TimedOut("worker 0 sent no result by T2 + 2 s"));
        case 3 ->
            record.withOutcome(
                new TrialOutcome.Invalidated("worker 0 was stopped for 61 ms inside the window"));
        default -> record;
      };
    }
    if (program.discipline().equals("atomic") && n == 2 && block == 4) {
      Measurement m = ((TrialOutcome.Completed) record.outcome()).measurement();
      Verification v = m.verification();
      return record.withOutcome(
          new TrialOutcome.Completed(
              new Measurement(
                  m.windowNanos(),
                  m.rounds(),
                  m.threads(),
                  m.processes(),
                  new Verification(
                      v.operations(), v.operations(), v.operations() - 3, 0, 0, 0, 0, 0, true),
                  m.scoredRounds(),
                  m.launchNanos()),
              List.of(
                  "wrong count: expected "
                      + v.operations()
                      + ", observed "
                      + (v.operations() - 3))));
    }
    return record;
  }

  /// Sixteen physical cores with two hardware threads each, N up to 32 and then twice that; a
  /// hybrid among the strategies.
  public static RunReport sixteenCores() {
    Experiment experiment =
        experiment(
            List.of(
                "gil",
                "global-lock",
                "atomic",
                "processes",
                "unshared",
                "racy",
                "atomic@Nx2",
                "sequential",
                "sequential@Nx1"),
            List.of(1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 24, 32, 64),
            new Scaling.FixedTime(),
            10);
    return report(
        experiment,
        environment("node-7", 32, 2),
        new SyntheticRun(experiment, catalogue(), 32, program -> truth(program, 16), 0.008));
  }

  /// Sizes from 1 to 512 on 256 cores with two hardware threads each.
  public static RunReport manySizes() {
    Experiment experiment =
        experiment(
            List.of("gil", "atomic", "processes", "sequential"),
            List.of(1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512),
            new Scaling.FixedTime(),
            2);
    return report(
        experiment,
        environment("node-9", 512, 2),
        new SyntheticRun(experiment, catalogue(), 512, program -> truth(program, 256), 0.008));
  }

  /// One strategy on sixteen cores that follows the universal scalability law, also beyond the
  /// bounds of its parameters.
  public static RunReport lawful(double sigma, double kappa, long seed) {
    Experiment experiment = sixteenSizes(seed);
    return report(
        experiment, environment("bench-1", 16, 1), lawful(experiment, sigma, kappa, _ -> 1));
  }

  /// The same law under a clock that loses a fifth with all cores at work, which canaries show.
  ///
  /// @param silent size whose trials have no canaries; 0 for none
  public static RunReport droppingClock(double sigma, double kappa, int silent) {
    Experiment experiment = sixteenSizes(42);
    IntToDoubleFunction clock = n -> 1 - 0.2 * (n - 1) / 15;
    return report(
        experiment,
        environment("bench-1", 16, 1),
        lawful(experiment, sigma, kappa, clock)
            .with(
                record -> {
                  int n = record.trial().program().parallelism();
                  double speed = 1e9 * clock.applyAsDouble(n);
                  return n == silent ? record : withCanary(record, new Canary(1e9, speed));
                }));
  }

  private static Experiment sixteenSizes(long seed) {
    Experiment usual =
        experiment(
            List.of("atomic", "sequential"),
            List.of(1, 2, 3, 4, 6, 8, 12, 16),
            new Scaling.FixedTime(),
            6);
    return new Experiment(
        usual.strategies(),
        usual.parallelisms(),
        usual.workload(),
        usual.workloadParameters(),
        usual.disciplineParameters(),
        usual.scaling(),
        usual.forks(),
        usual.warmUp(),
        usual.window(),
        usual.pinning(),
        seed);
  }

  private static SyntheticRun lawful(
      Experiment experiment, double sigma, double kappa, IntToDoubleFunction clock) {
    return new SyntheticRun(
        experiment,
        catalogue(),
        16,
        program -> {
          int n = program.parallelism();
          double slowdown = 1 + sigma * (n - 1) + kappa * n * (n - 1);
          return new Truth(1e8 * clock.applyAsDouble(n) * n / slowdown, 0);
        },
        0.008);
  }

  private static TrialRecord withCanary(TrialRecord record, Canary canary) {
    Measurement m = ((TrialOutcome.Completed) record.outcome()).measurement();
    return record.withOutcome(
        new TrialOutcome.Completed(
            new Measurement(
                m.windowNanos(),
                m.rounds(),
                m.threads(),
                m.processes().stream().map(process -> process.withCanary(canary)).toList(),
                m.verification(),
                m.scoredRounds(),
                m.launchNanos()),
            List.of()));
  }

  /// More strategies than a page is made for, some of them alike in every figure.
  public static RunReport fourteenStrategies() {
    Experiment experiment =
        experiment(
            List.of(
                "gil",
                "global-lock",
                "atomic",
                "processes",
                "unshared",
                "racy",
                "sequential",
                "sequential@Nx1",
                "atomic@Nx1",
                "atomic@Nx2",
                "atomic@2x2",
                "gil@Nx1",
                "global-lock@Nx2",
                "racy@2xN"),
            List.of(1, 2, 4),
            new Scaling.FixedTime(),
            2);
    return report(
        experiment,
        environment("bench-1", 2, 1),
        new SyntheticRun(experiment, catalogue(), 2, program -> truth(program, 2), 0.01));
  }

  /// From one worker to 512 on a machine of two sockets' worth of processors.
  public static RunReport manyWorkers() {
    Experiment experiment =
        experiment(
            List.of("global-lock", "processes", "unshared", "racy", "sequential"),
            List.of(1, 2, 4, 8, 16, 32, 64, 96, 128, 192, 256, 384, 512),
            new Scaling.FixedTime(),
            3);
    return report(
        experiment,
        environment("node-512", 256, 2),
        new SyntheticRun(experiment, catalogue(), 256, program -> truth(program, 128), 0.008));
  }

  /// At least so many trials, of eight strategies at three sizes.
  public static RunReport manyTrials(int least) {
    int perBlock =
        new SyntheticRun(
                experiment(DEFAULT_STRATEGIES, List.of(1, 2, 4), new Scaling.FixedTime(), 1),
                catalogue(),
                2,
                program -> truth(program, 2),
                0)
            .records()
            .size();
    Experiment experiment =
        experiment(
            DEFAULT_STRATEGIES,
            List.of(1, 2, 4),
            new Scaling.FixedTime(),
            Math.ceilDiv(least, perBlock));
    return report(experiment, environment("bench-1", 2, 1), twoCores(experiment));
  }

  /// Names, reasons and titles that try to break out of every format.
  public static RunReport hostileNames() {
    return hostile(
        List.of(
            named("=cmd|'/c calc'!A1", "global-lock"),
            named("<script>alert(\"1\")</script>", "atomic"),
            named("\u001b[31mred\u0007\r\n| pipe, \"quote\"", "gil"),
            named("\u202egnp.exe\u2066 " + "long-".repeat(40), "racy"),
            Strategy.parse("sequential")));
  }

  /// Names in scripts that run from right to left, stand in marks above each other or take more
  /// room than others, and one without a place to break it.
  public static RunReport foreignNames() {
    return hostile(
        List.of(
            named("\u05e0\u05e2\u05d9\u05dc\u05d4 \u05d0\u05d7\u05ea (2) [x]", "global-lock"),
            named("Z" + "\u0301\u0323\u0489\u035c".repeat(12) + "algo", "atomic"),
            named("\u0642\u0641\u0644 \u0639\u0627\u0645: 100%", "gil"),
            named("\u5168\u5c40\u9501".repeat(20), "racy"),
            named("W".repeat(180), "global-lock"),
            Strategy.parse("sequential")));
  }

  private static RunReport hostile(List<Strategy> strategies) {
    Experiment experiment =
        experiment(strategies, List.of(1, 2), new Scaling.FixedTime(), 6, "counter");
    return report(
        experiment,
        environment("<b>host</b>\u001b]0;owned\u0007", 2, 1),
        twoCores(experiment)
            .with(
                record ->
                    record.trial().index() == 3
                        ? record.withOutcome(
                            new TrialOutcome.Failed(
                                "</script><img src=x>\u001b[2J", "\u0000,\"=1+1\"\n"))
                        : record));
  }

  private static Strategy named(String name, String discipline) {
    return new Strategy(
        name, discipline, Sharing.PROCESS, Strategy.Extent.of(1), Strategy.Extent.N);
  }

  static final List<String> DEFAULT_STRATEGIES =
      List.of(
          "gil",
          "global-lock",
          "atomic",
          "processes",
          "unshared",
          "racy",
          "sequential",
          "sequential@Nx1");

  /// A design with default parameters.
  public static Experiment experiment(
      List<String> strategies, List<Integer> parallelisms, Scaling scaling, int forks) {
    return experiment(
        strategies.stream().map(Strategy::parse).toList(), parallelisms, scaling, forks, "counter");
  }

  private static Experiment experiment(
      List<Strategy> strategies,
      List<Integer> parallelisms,
      Scaling scaling,
      int forks,
      String workload) {
    return new Experiment(
        strategies,
        parallelisms,
        workload,
        Map.of("work", "0"),
        Map.of(
            "gil", Map.of("switch-interval", "5000", "checkpoint", "backward-jump"),
            "global-lock", Map.of("lock", "reentrant", "hold", "op")),
        scaling,
        forks,
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Pinning.AUTO,
        42);
  }

  /// What the worker offers.
  public static Catalogue catalogue() {
    return new Catalogue(
        List.of(
            discipline("plain", "Plain", "one thread, no protection", false, true, List.of()),
            discipline("racy", "Racy", "no protection: loses updates", false, false, List.of()),
            discipline(
                "gil",
                "Global interpreter lock",
                "one thread runs at a time; a waiter asks for the lock after 5 ms",
                true,
                false,
                List.of(
                    number("switch-interval", "5000", "patience of a waiter in microseconds"),
                    choice(
                        "checkpoint",
                        List.of("backward-jump", "every-op"),
                        "where the lock can change hands",
                        List.of("every-op")))),
            discipline(
                "global-lock",
                "Global lock",
                "one lock, taken for each operation",
                true,
                false,
                List.of(
                    choice("lock", List.of("reentrant", "synchronized"), "kind of lock", List.of()),
                    choice("hold", List.of("op", "work"), "how long it is held", List.of()))),
            discipline(
                "atomic",
                "Atomic",
                "one atomic read-modify-write for each operation",
                true,
                false,
                List.of()),
            sum()),
        List.of(
            workload("counter", "Counter", "increments of one object", true, true),
            workload("hot", "Hot object", "retain and release of one object", false, true),
            workload(
                "private", "Private objects", "retain and release of own objects", false, false)));
  }

  /// Counts, and frees nothing.
  private static Catalogue.Discipline sum() {
    return new Catalogue.Discipline(
        "striped",
        "Striped sum",
        "a sum",
        true,
        false,
        1,
        1,
        64,
        List.of(),
        ALL_WORKLOADS,
        new Guarantees(false, false, Guarantees.Freeing.NEVER, "", "", false, false, "nothing"),
        false);
  }

  private static Catalogue.Discipline discipline(
      String id,
      String title,
      String contract,
      boolean exact,
      boolean singleThreaded,
      List<Catalogue.Parameter> parameters) {
    return new Catalogue.Discipline(
        id,
        title,
        contract,
        exact,
        singleThreaded,
        1,
        1,
        64,
        parameters,
        ALL_WORKLOADS,
        new Guarantees(
            true,
            exact,
            Guarantees.Freeing.AT_ONCE,
            "",
            "the last to release",
            false,
            exact,
            "by the test's word"),
        id.equals("gil") || id.equals("global-lock"));
  }

  private static Catalogue.Workload workload(
      String id, String title, String contract, boolean incrementsOnly, boolean shared) {
    return new Catalogue.Workload(
        id,
        title,
        contract,
        List.of(number("work", "0", "dependent steps between operations")),
        incrementsOnly,
        shared,
        false,
        id.equals("swap"));
  }

  private static Catalogue.Parameter number(String name, String value, String meaning) {
    return new Catalogue.Parameter(
        name, value, meaning, List.of(), 0, 1_000_000, List.of(), List.of());
  }

  private static Catalogue.Parameter choice(
      String name, List<String> choices, String meaning, List<String> inexact) {
    return new Catalogue.Parameter(
        name, choices.getFirst(), meaning, choices, 0, 0, inexact, List.of());
  }

  private static SyntheticRun twoCores(Experiment experiment) {
    return new SyntheticRun(experiment, catalogue(), 2, program -> truth(program, 2), 0.008);
  }

  /// A machine with so many cores, on which sharing costs what it costs on real ones.
  static Truth truth(Program program, int cores) {
    int n = program.parallelism();
    double spread = Math.min(n, cores) * (1 - 0.004 * Math.min(n, cores));
    if (n > cores) {
      spread *= 1 + Math.min(0.25, 0.25 * (n - cores) / cores);
    }
    boolean shared =
        program.layout().threadsPerProcess() > 1 && program.sharing() == Sharing.PROCESS;
    int sharers = program.layout().threadsPerProcess();
    return switch (program.discipline()) {
      case "plain" -> new Truth(1.02e9 * spread, 0);
      case "gil" -> new Truth(6.1e8 * (shared ? 0.985 - 0.002 * sharers : spread), 0);
      case "global-lock" ->
          new Truth(8.1e7 * (shared ? 0.46 / (1 + 0.03 * (sharers - 2)) : spread), 0);
      case "racy" ->
          shared ? new Truth(5.4e8, 0.42 * (1 - 1.0 / sharers) * 2) : new Truth(9.9e8 * spread, 0);
      default ->
          new Truth(
              1.72e8
                  * Math.min(program.layout().processes(), cores)
                  * (shared ? 0.62 / (1 + 0.02 * (sharers - 2)) : 1),
              0);
    };
  }

  private static RunReport report(
      Experiment experiment, Environment environment, SyntheticRun run) {
    return report(experiment, List.of(environment), run);
  }

  static RunReport report(Experiment experiment, List<Environment> machines, SyntheticRun run) {
    List<TrialRecord> records = run.records();
    long planned = (long) experiment.forks() * run.programs().size();
    long completed =
        records.stream()
            .filter(r -> r.outcome() instanceof TrialOutcome.Completed)
            .map(TrialRecord::trial)
            .collect(Collectors.toSet())
            .size();
    return new RunReport(
        "0f3a9c5e7b214d68",
        Instant.parse("2026-03-01T10:00:00Z"),
        Duration.ofSeconds(461),
        experiment,
        catalogue(),
        Environment.together(machines),
        DisturbanceLimits.standard(),
        records,
        run.summary(),
        completed == planned,
        SideTrials.NONE,
        machines);
  }

  private static Environment environment(String host, int hardwareThreads, int perCore) {
    return environment(host, "AMD EPYC 7B13", hardwareThreads, perCore);
  }

  static Environment environment(String host, String cpuModel, int hardwareThreads, int perCore) {
    int cores = hardwareThreads / perCore;
    return new Environment(
        host,
        "Linux",
        "6.1.0-28-amd64",
        cpuModel,
        "amd64",
        8_326_893_568L,
        hardwareThreads,
        IntStream.range(0, hardwareThreads)
            .mapToObj(i -> new Environment.Cpu(i, i % cores, 0, 0))
            .toList(),
        "none",
        List.of(
            new Environment.Reading(
                "affinity", "0-" + (hardwareThreads - 1), "sched_getaffinity", true),
            new Environment.Reading("quota", "none", "cpu.max", true)),
        BOOT,
        "time:[4026531834]",
        "25.0.3+9-LTS",
        "Eclipse Adoptium",
        "/opt/jdk-25",
        List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch"),
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        true,
        "");
  }
}

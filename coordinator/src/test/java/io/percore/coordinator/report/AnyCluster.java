package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialOutcome.Failed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Cluster;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Scaling;
import io.percore.coordinator.stats.SyntheticRun;
import io.percore.coordinator.stats.SyntheticRun.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Runs over several machines of every shape, each from its seed: alike or not, equally fast or
/// not, that depend on each other or not, with few forks and with trials that failed.
final class AnyCluster {
  private static final List<String> STRATEGIES =
      List.of("processes", "atomic", "global-lock", "racy", "sequential", "atomic@2x2");

  private static final List<String> HOSTS =
      List.of("node-a", "node-b", "node", "n, and m", "<b>x</b>", "\u05d0\u05d1 host");

  private final Random random;

  private AnyCluster(long seed) {
    this.random = new Random(seed);
  }

  static RunReport of(long seed) {
    return new AnyCluster(seed).run();
  }

  private RunReport run() {
    int machines = 2 + random.nextInt(5);
    List<Integer> processors =
        IntStream.range(0, machines).mapToObj(_ -> 1 + random.nextInt(4)).toList();
    boolean weak = random.nextInt(4) == 0;
    boolean equal = weak || random.nextInt(3) == 0;
    double[] speeds =
        IntStream.range(0, machines)
            .mapToDouble(_ -> equal || random.nextBoolean() ? 1 : speed())
            .toArray();
    int all = processors.stream().mapToInt(Integer::intValue).sum();
    Experiment experiment =
        Fixtures.experiment(
            strategies(),
            Stream.of(1, 2, all, 2 * all).distinct().toList(),
            weak ? new Scaling.Weak(2_000_000) : new Scaling.FixedTime(),
            1 + random.nextInt(7));
    double noise = pick(List.of(0.001, 0.01, 0.1));
    double others = pick(List.of(1.0, 1.0, 0.6));
    SyntheticRun run =
        new SyntheticRun(
                experiment,
                Fixtures.catalogue(),
                all,
                program ->
                    slowed(Fixtures.truth(program, all), program.onEachMachine() ? others : 1),
                noise)
            .over(new Cluster(processors), speeds);
    int mishaps = random.nextInt(6);
    boolean oneClock = random.nextInt(8) == 0;
    run.with(
        record ->
            random.nextInt(10) < mishaps
                ? record.withOutcome(new Failed("worker 1 was lost", ""))
                : oneClock ? byOneClock(record) : record);
    return Fixtures.report(experiment, environments(processors), run);
  }

  /// Sometimes so near to 1 that the machines hardly differ.
  private double speed() {
    return random.nextBoolean() ? 0.985 + 0.03 * random.nextDouble() : 0.5 + random.nextDouble();
  }

  private List<String> strategies() {
    List<String> chosen = new ArrayList<>();
    STRATEGIES.stream().filter(_ -> random.nextInt(3) > 0).forEach(chosen::add);
    return chosen.isEmpty() ? List.of("processes") : chosen;
  }

  private List<Environment> environments(List<Integer> processors) {
    boolean alike = random.nextInt(3) > 0;
    return processors.stream()
        .map(
            count ->
                Fixtures.environment(
                    pick(HOSTS),
                    alike || random.nextBoolean() ? "AMD EPYC 7B13" : "AMD EPYC 9B14",
                    alike ? processors.getFirst() : count,
                    1))
        .toList();
  }

  private static Truth slowed(Truth truth, double by) {
    return new Truth(truth.rate() * by, truth.lostShare());
  }

  private static TrialRecord byOneClock(TrialRecord record) {
    Measurement m = ((Completed) record.outcome()).measurement();
    return record.withOutcome(
        new Completed(
            new Measurement(
                m.windowNanos(),
                m.rounds(),
                m.threads(),
                m.processes(),
                m.verification(),
                m.scoredRounds(),
                m.launchNanos()),
            List.of()));
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}

package io.percore.coordinator.plan;

import io.percore.coordinator.plan.Experiment.Pinning;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Turns an experiment into points and into trials in a seeded order.
///
/// Trials come in randomised complete blocks (Hoefler and Belli, SC'15, rule 4.1.1): each block
/// holds every program once, shuffled, so that slow drift of the machine meets all of them alike
/// and comparisons can be paired by block.
public final class Planner {
  private final Experiment experiment;
  private final Cluster cluster;
  private final int hardwareThreads;
  private final boolean canPin;

  /// Plans an experiment.
  ///
  /// @param experiment the design
  /// @param hardwareThreads processors that workers may use, at least 1
  /// @param canPin whether the platform can bind a thread to a processor
  public Planner(Experiment experiment, int hardwareThreads, boolean canPin) {
    this(experiment, Cluster.of(hardwareThreads), canPin);
  }

  /// Plans an experiment over machines. Layouts that lie badly on them are left out: see
  /// [Cluster#canHold].
  ///
  /// @param experiment the design
  /// @param cluster the machines
  /// @param canPin whether all of them can bind a thread to a processor
  public Planner(Experiment experiment, Cluster cluster, boolean canPin) {
    this.experiment = experiment;
    this.cluster = cluster;
    this.hardwareThreads = cluster.hardwareThreads();
    this.canPin = canPin;
  }

  /// What was asked for and left out, as `strategy at N = 4`.
  public List<String> leftOut() {
    List<String> leftOut = new ArrayList<>();
    for (Strategy strategy : experiment.strategies()) {
      layouts(strategy).stream()
          .filter(layout -> !cluster.canHold(layout))
          .forEach(layout -> leftOut.add(strategy.name() + " at N = " + layout.parallelism()));
    }
    return List.copyOf(leftOut);
  }

  /// Every point of every curve, by strategy in the order of the experiment, then by parallelism.
  /// The first point of each strategy has parallelism 1: it is the strategy's own base.
  public List<ScalePoint> points() {
    List<ScalePoint> points = new ArrayList<>();
    for (Strategy strategy : experiment.strategies()) {
      points.addAll(underEach(strategy, experiment.pinning()));
      if (experiment.pinning() == Pinning.BOTH && hasTwoPinnings(strategy)) {
        points.addAll(underEach(named(strategy, strategy.name() + "/pinned"), Pinning.ON));
        points.addAll(underEach(named(strategy, strategy.name() + "/unpinned"), Pinning.OFF));
      }
    }
    return List.copyOf(points);
  }

  /// Its curve under each collector.
  private List<ScalePoint> underEach(Strategy strategy, Pinning pinning) {
    List<Collector> collectors = experiment.collectors();
    if (collectors.isEmpty()) {
      return curve(strategy, pinning, null);
    }
    List<ScalePoint> points = new ArrayList<>(curve(strategy, pinning, collectors.getFirst()));
    for (Collector collector : collectors.subList(1, collectors.size())) {
      points.addAll(
          curve(named(strategy, collector.variantOf(strategy.name())), pinning, collector));
    }
    return points;
  }

  /// The programs of those points, each once, and [#baselines()].
  public List<Program> programs() {
    Set<Program> programs = new LinkedHashSet<>();
    points().forEach(point -> programs.add(point.program()));
    programs.addAll(baselines());
    return List.copyOf(programs);
  }

  /// Programs that belong to no point: where there are several machines, each program of one thread
  /// on all of them at once, so that every machine has an N = 1 of its own. One trial of each is
  /// enough for any number of machines.
  public List<Program> baselines() {
    return cluster.machines() == 1
        ? List.of()
        : points().stream()
            .map(ScalePoint::program)
            .filter(program -> program.parallelism() == 1)
            .distinct()
            .map(program -> program.aloneOnEach(cluster.machines()))
            .toList();
  }

  /// The trials of one block, in their order.
  ///
  /// @param block from 0
  public List<Trial> block(int block) {
    List<Program> programs = new ArrayList<>(programs());
    Collections.shuffle(programs, Random.from(generator(block)));
    List<Trial> trials = new ArrayList<>();
    for (Program program : programs) {
      trials.add(new Trial(block * programs.size() + trials.size(), block, program));
    }
    return List.copyOf(trials);
  }

  /// One more trial of each program whose threads share one lock that can be watched, at the
  /// largest parallelism that it is planned for. They make up a block of their own.
  ///
  /// @param catalogue tells which disciplines have such a lock
  /// @param block number of that block
  public List<Trial> watchable(Catalogue catalogue, int block) {
    Map<String, Program> largest = new LinkedHashMap<>();
    for (Program program : programs()) {
      if (catalogue.watchable(program.discipline())
          && program.sharing() == Sharing.PROCESS
          && program.layout().processes() == 1
          && program.parallelism() > 1) {
        largest.merge(
            program.discipline(), program, (a, b) -> b.parallelism() > a.parallelism() ? b : a);
      }
    }
    List<Trial> trials = new ArrayList<>();
    for (Program program : largest.values()) {
      trials.add(new Trial(block * programs().size() + trials.size(), block, program));
    }
    return List.copyOf(trials);
  }

  /// One more trial of each strategy's program at its largest parallelism that has processors. They
  /// make up a block of their own.
  ///
  /// @param block number of that block
  public List<Trial> largest(int block) {
    Map<Strategy, Program> largest = new LinkedHashMap<>();
    for (ScalePoint point : points()) {
      if (point.parallelism() <= hardwareThreads) {
        largest.merge(
            point.strategy(), point.program(), (a, b) -> b.parallelism() > a.parallelism() ? b : a);
      }
    }
    List<Trial> trials = new ArrayList<>();
    for (Program program : new LinkedHashSet<>(largest.values())) {
      trials.add(new Trial(block * programs().size() + trials.size(), block, program));
    }
    return List.copyOf(trials);
  }

  /// Trials of each program of several processes, at its strategy's largest parallelism that has
  /// processors, one for each fork. They make up blocks of their own.
  ///
  /// @param block number of the first of those blocks
  public List<Trial> ofSeveralProcesses(int block) {
    List<Trial> trials = new ArrayList<>();
    for (int fork = 0; fork < experiment.forks(); fork++) {
      largest(block + fork).stream()
          .filter(trial -> trial.program().layout().processes() > 1)
          .forEach(trials::add);
    }
    return List.copyOf(trials);
  }

  private SplittableRandom generator(int block) {
    SplittableRandom root = new SplittableRandom(experiment.seed());
    SplittableRandom generator = root.split();
    for (int i = 0; i < block; i++) {
      generator = root.split();
    }
    return generator;
  }

  private Set<Layout> layouts(Strategy strategy) {
    Set<Layout> layouts = new LinkedHashSet<>();
    layouts.add(new Layout(1, 1));
    if (strategy.followsParallelism()) {
      experiment.parallelisms().forEach(n -> layouts.add(strategy.layoutAt(n)));
    } else {
      layouts.add(strategy.layoutAt(1));
    }
    return layouts;
  }

  private List<ScalePoint> curve(
      Strategy strategy, Pinning pinning, @Nullable Collector collector) {
    return layouts(strategy).stream()
        .filter(cluster::canHold)
        .map(
            layout ->
                new ScalePoint(
                    strategy,
                    new Program(
                        strategy.discipline(),
                        strategy.sharing(),
                        layout,
                        pinned(pinning, layout.parallelism()),
                        collector)))
        .toList();
  }

  private boolean pinned(Pinning pinning, int parallelism) {
    return canPin
        && switch (pinning) {
          case AUTO, BOTH -> parallelism <= hardwareThreads;
          case ON -> true;
          case OFF -> false;
        };
  }

  private boolean hasTwoPinnings(Strategy strategy) {
    return canPin
        && (strategy.discipline().equals("gil")
            || (strategy.followsParallelism()
                && experiment.parallelisms().getLast() > hardwareThreads));
  }

  private static Strategy named(Strategy strategy, String name) {
    return new Strategy(
        name,
        strategy.discipline(),
        strategy.sharing(),
        strategy.processes(),
        strategy.threadsPerProcess());
  }
}

package io.percore.coordinator;

import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.plan.Catalogue.Workload;
import io.percore.coordinator.plan.Collector;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Experiment.Pinning;
import io.percore.coordinator.plan.Experiment.Place;
import io.percore.coordinator.plan.Parallelisms;
import io.percore.coordinator.plan.Scaling;
import io.percore.coordinator.plan.Strategy;
import io.percore.coordinator.plan.Validation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes an experiment of what the user asked for, what the worker offers and what the machine has.
final class ExperimentFactory {
  /// Strategies that are compared unless others are named, and those that explain them: `unshared`
  /// and `sequential@Nx1` say how much of a gain is due to not sharing, `racy` what is lost without
  /// a rule.
  static final String DEFAULT_STRATEGIES =
      "gil,global-lock,atomic,processes,unshared,racy,sequential@Nx1";

  private static final Duration LONGEST_WINDOW = Duration.ofMinutes(10);

  private ExperimentFactory() {}

  /// @throws IllegalArgumentException with one line for the user when something does not fit
  static Experiment create(RunOptions options, Catalogue catalogue, Environment environment) {
    Workload workload = Validation.workload(options.workload, catalogue);
    List<Strategy> strategies = strategies(options, catalogue, workload);
    Map<String, String> workloadParameters =
        Validation.parameters(
            "workload " + workload.id(), workload.parameters(), options.workloadParameters);
    Scaling scaling = scaling(options);
    List<Collector> collectors = collectors(options, workload);
    // Twice as many trials, and a default run takes no longer than ten minutes on two cores.
    boolean shorter = scaling.fixesWork() || collectors.size() > 1;
    return new Experiment(
        strategies,
        parallelisms(options, environment),
        workload.id(),
        workloadParameters,
        Validation.disciplineParameters(options.disciplineParameters, strategies, catalogue),
        scaling,
        options.forks == null
            ? (options.quick ? 3 : 6)
            : (int) within("--forks", options.forks, 1, 10_000),
        duration("--warmup", options.warmUp, Duration.ofMillis(options.quick ? 200 : 500)),
        duration(
            "--window",
            options.window,
            Duration.ofMillis(options.quick ? 400 : shorter ? 1000 : 3200)),
        options.pinning,
        place(options),
        options.seed == null ? System.nanoTime() & 0xffff_ffffL : options.seed,
        collectors);
  }

  /// None where the user's JVM arguments name one: everything then runs under that.
  private static List<Collector> collectors(RunOptions options, Workload workload) {
    boolean named = WorkerJvm.namesCollector(options.jvmArguments);
    List<Collector> given = options.collectors;
    if (given == null) {
      return named || options.quick || !workload.dependsOnCollector()
          ? List.of()
          : List.of(Collector.SERIAL, Collector.G1);
    }
    if (named) {
      throw new IllegalArgumentException(
          "--collectors and a collector among --jvm-args exclude each other");
    }
    if (Set.copyOf(given).size() < given.size()) {
      throw new IllegalArgumentException("--collectors names one of them twice");
    }
    return given;
  }

  private static Scaling scaling(RunOptions options) {
    if (options.fixedWork != null && options.fixedWorkPerThread != null) {
      throw new IllegalArgumentException(
          "--fixed-work and --fixed-work-per-thread exclude each other");
    }
    if (options.fixedWork != null) {
      return new Scaling.Strong(atLeast("--fixed-work", options.fixedWork, 1));
    }
    return options.fixedWorkPerThread == null
        ? new Scaling.FixedTime()
        : new Scaling.Weak(
            within(
                "--fixed-work-per-thread",
                options.fixedWorkPerThread,
                1,
                Scaling.Weak.MOST_OPERATIONS));
  }

  private static List<Strategy> strategies(
      RunOptions options, Catalogue catalogue, Workload workload) {
    List<Strategy> strategies =
        new ArrayList<>(
            options.strategies == null
                ? Validation.fitting(DEFAULT_STRATEGIES, catalogue, workload)
                : Validation.strategies(options.strategies, catalogue, workload));
    Strategy base = Strategy.parse(Strategy.SEQUENTIAL);
    if (!strategies.contains(base)) {
      strategies.add(base);
    }
    return strategies;
  }

  private static List<Integer> parallelisms(RunOptions options, Environment environment) {
    if (options.parallelism != null) {
      return Parallelisms.parse(options.parallelism, environment.hardwareThreads());
    }
    return options.quick
        ? Parallelisms.quick(environment.physicalCores())
        : Parallelisms.standard(environment.steps(options.place), environment.hardwareThreads());
  }

  private static Place place(RunOptions options) {
    if (options.place != Place.PACK && options.pinning == Pinning.OFF) {
      throw new IllegalArgumentException("--place says nothing where --pinning is off");
    }
    return options.place;
  }

  private static Duration duration(String option, @Nullable Duration given, Duration otherwise) {
    Duration value = given == null ? otherwise : given;
    if (value.toMillis() < 1 || value.compareTo(LONGEST_WINDOW) > 0) {
      throw new IllegalArgumentException(option + " must be between 1ms and 10m");
    }
    return value;
  }

  private static long atLeast(String option, long value, long minimum) {
    return within(option, value, minimum, Long.MAX_VALUE / 1024);
  }

  private static long within(String option, long value, long minimum, long maximum) {
    if (value < minimum || value > maximum) {
      throw new IllegalArgumentException(
          option + " must be between " + minimum + " and " + maximum + ", got " + value);
    }
    return value;
  }
}

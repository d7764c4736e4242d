package io.percore.coordinator;

import io.percore.coordinator.plan.Collector;
import io.percore.coordinator.plan.Experiment.Pinning;
import io.percore.coordinator.plan.Experiment.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `percore run` that describe the experiment, as they were given: null where they
/// were not.
final class RunOptions {
  @Option(
      names = {"-s", "--strategies"},
      paramLabel = "NAMES",
      description =
          "Strategies, separated by commas: names, or discipline@PxT (P processes of T threads; the"
              + " letter N follows -n); all. Default: gil, global-lock, atomic, processes, and"
              + " beside them unshared, racy, sequential and sequential@Nx1.")
  @Nullable String strategies;

  @Option(
      names = {"-n", "--parallelism"},
      paramLabel = "SIZES",
      description =
          "Values of N: a list, a range such as 1..8, max (every processor that may be used), 2x"
              + " (twice as many). N = 1 is always measured.")
  @Nullable String parallelism;

  @Option(
      names = {"-w", "--workload"},
      paramLabel = "NAME",
      defaultValue = "counter",
      description = "Workload (default: ${DEFAULT-VALUE}).")
  String workload = "counter";

  @Option(
      names = "-p",
      paramLabel = "KEY=VALUE",
      description = "A parameter of the workload, for instance work=100.")
  Map<String, String> workloadParameters = new LinkedHashMap<>();

  @Option(
      names = "-d",
      paramLabel = "DISCIPLINE.KEY=VALUE",
      description = "A parameter of a discipline, for instance gil.checkpoint=every-op.")
  Map<String, String> disciplineParameters = new LinkedHashMap<>();

  @Option(
      names = "--forks",
      paramLabel = "N",
      description = "Fresh sets of worker JVMs for each point (default: 6; 3 with --quick).")
  @Nullable Integer forks;

  @Option(
      names = "--window",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "Scored time of a trial (default: 3.2s; 1s under several collectors; 400ms with --quick)."
              + " With --fixed-work: the least time to score (default: 1s).")
  @Nullable Duration window;

  @Option(
      names = "--warmup",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Warm-up in each worker (default: 500ms; 200ms with --quick).")
  @Nullable Duration warmUp;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of the order of trials (default: from the clock, and always printed).")
  @Nullable Long seed;

  @Option(
      names = "--quick",
      description = "A look in about a minute: 3 forks, short windows, no oversubscription.")
  boolean quick;

  @Option(
      names = "--adaptive",
      paramLabel = "PERCENT",
      description =
          "Add blocks, 50 at most, until every speedup interval is at most this wide to each side,"
              + " for instance 2%%.")
  @Nullable String adaptive;

  @Option(
      names = "--fixed-work",
      paramLabel = "OPS",
      description =
          "Strong scaling: the time that OPS operations take, split over all threads."
              + " --fixed-work 4000000 is the notebook's cell.")
  @Nullable Long fixedWork;

  @Option(
      names = "--fixed-work-per-thread",
      paramLabel = "OPS",
      description =
          "Weak scaling: the time that OPS operations of each thread take, so that all of the work"
              + " grows with N. Speedups are scaled ones.")
  @Nullable Long fixedWorkPerThread;

  @Option(
      names = "--pinning",
      paramLabel = "auto|on|off|both",
      defaultValue = "auto",
      description =
          "Bind threads to processors: auto (where there are enough), on, off, or both"
              + " (oversubscribed and gil points each way). Default: ${DEFAULT-VALUE}.")
  Pinning pinning = Pinning.AUTO;

  @Option(
      names = "--place",
      paramLabel = "pack|spread",
      defaultValue = "pack",
      description =
          "Which processors bound threads fill first: pack (the cores of one NUMA node after the"
              + " other) or spread (one core of each node in turn). Cores come before their second"
              + " threads, performance cores before efficiency cores. Default: ${DEFAULT-VALUE}.")
  Place place = Place.PACK;

  @Option(
      names = "--collectors",
      paramLabel = "COLLECTORS",
      split = ",",
      description =
          "Garbage collectors of the workers, each of which everything runs under: serial,"
              + " parallel, g1. Default: serial,g1 for workloads that store references, since"
              + " collectors charge for that differently; else, and with --quick, serial.")
  @Nullable List<Collector> collectors;

  @Option(
      names = "--java",
      paramLabel = "PATH",
      description = "JDK or java program of the workers (default: the coordinator's own).")
  @Nullable Path java;

  @Option(
      names = "--keep-disturbed",
      description = "Invalidate no trial for what other programs did to it meanwhile.")
  boolean keepDisturbed;

  @Option(
      names = "--jvm-args",
      paramLabel = "ARGS",
      defaultValue = "",
      description = "More arguments for every worker JVM, as one text.")
  String jvmArguments = "";
}

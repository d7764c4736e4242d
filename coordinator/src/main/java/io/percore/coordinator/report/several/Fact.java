package io.percore.coordinator.report.several;

import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.WorkerHeap;
import io.percore.coordinator.report.Quantities;
import io.percore.coordinator.report.RunReport;
import io.percore.coordinator.stats.PointSummary;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is shown of each run beside the others: where it was measured, and how.
enum Fact {
  HOST("host", null),
  PROCESSOR("processor", Factor.MACHINE),
  CORES("cores", Factor.MACHINE),
  SOCKETS("sockets", Factor.MACHINE),
  MEMORY("memory", Factor.MACHINE),
  QUOTA("CPU quota", Factor.MACHINE),
  VIRTUAL("virtual machine", Factor.MACHINE),
  SYSTEM("kernel", Factor.MACHINE),
  JVM("JVM", Factor.JVM),
  JVM_ARGUMENTS("JVM arguments", Factor.JVM),
  WORKER("percore's worker", Factor.WORKER),
  PINNING("pinning", Factor.DESIGN),
  WARM_UP("warm-up", Factor.DESIGN),
  WINDOW("window", Factor.DESIGN),
  SIZES("sizes N", null),
  FORKS("forks", null),
  SEED("seed", null),
  STARTED("started", null),
  STATE("state", null);

  private static final int HASH_DIGITS = 12;

  private final String title;
  private final @Nullable Factor factor;

  Fact(String title, @Nullable Factor factor) {
    this.title = title;
    this.factor = factor;
  }

  String title() {
    return title;
  }

  /// What it is a part of, or nothing where no rate depends on it.
  Optional<Factor> factor() {
    return Optional.ofNullable(factor);
  }

  /// The fact of one run, as text; several parts where it is a list.
  List<String> of(NamedRun run) {
    RunReport report = run.report();
    Environment environment = report.environment();
    Experiment experiment = report.experiment();
    return switch (this) {
      case HOST -> List.of(environment.hostName());
      case PROCESSOR -> List.of(environment.cpuModel());
      case CORES -> List.of(cores(environment));
      case SOCKETS -> List.of(sockets(environment));
      case MEMORY ->
          List.of(
              environment.memoryBytes() == 0
                  ? "unknown"
                  : Quantities.bytes((double) environment.memoryBytes()));
      case QUOTA -> List.of(environment.quotaCpus());
      case VIRTUAL -> List.of(virtual(environment));
      case SYSTEM ->
          List.of(environment.os() + " " + environment.kernel() + " " + environment.architecture());
      case JVM -> List.of(environment.jvm() + ", " + environment.jvmVendor());
      case JVM_ARGUMENTS -> arguments(run);
      case WORKER ->
          List.of(
              environment
                  .workerJarSha256()
                  .substring(0, Math.min(HASH_DIGITS, environment.workerJarSha256().length())));
      case PINNING -> List.of(pinning(environment, experiment));
      case WARM_UP -> List.of(Quantities.duration(experiment.warmUp()));
      case WINDOW -> List.of(Quantities.duration(experiment.window()));
      case SIZES -> List.of(sizes(report));
      case FORKS -> List.of(Integer.toString(experiment.forks()));
      case SEED -> List.of(Long.toString(experiment.seed()));
      case STARTED ->
          List.of(report.started().truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' '));
      case STATE -> List.of(String.join(", ", State.of(run)));
    };
  }

  /// Whether it tells something when it differs: no two runs begin at one time or have one seed.
  boolean telling() {
    return switch (this) {
      case SEED, STARTED -> false;
      case HOST,
          PROCESSOR,
          CORES,
          SOCKETS,
          MEMORY,
          QUOTA,
          VIRTUAL,
          SYSTEM,
          JVM,
          JVM_ARGUMENTS,
          WORKER,
          PINNING,
          WARM_UP,
          WINDOW,
          SIZES,
          FORKS,
          STATE ->
          true;
    };
  }

  /// Whether it is not the same in all runs, and tells something.
  boolean differs(List<NamedRun> runs) {
    return telling() && !same(runs);
  }

  /// Whether it is the same in all runs.
  boolean same(List<NamedRun> runs) {
    return runs.stream().map(this::of).distinct().count() == 1;
  }

  private static String cores(Environment environment) {
    int all = environment.onlineCpus();
    int efficiency = environment.efficiencyCores();
    return Quantities.plural(environment.physicalCores(), "core")
        + (efficiency == 0 ? "" : " (" + efficiency + " for efficiency)")
        + " / "
        + Quantities.plural(environment.hardwareThreads(), "thread")
        + (all > environment.hardwareThreads() ? " of " + all : "");
  }

  private static String sockets(Environment environment) {
    long sockets = environment.cpus().stream().mapToInt(Environment.Cpu::socket).distinct().count();
    return Quantities.plural(sockets, "socket")
        + ", "
        + Quantities.plural(environment.nodes(), "NUMA node");
  }

  private static String virtual(Environment environment) {
    return environment.readings().stream()
        .filter(reading -> reading.name().equals("virtual machine"))
        .map(Environment.Reading::value)
        .findFirst()
        .orElse("unknown");
  }

  private static String pinning(Environment environment, Experiment experiment) {
    if (!environment.canPin()) {
      return "not bound: " + environment.cannotPinReason();
    }
    String when =
        switch (experiment.pinning()) {
          case AUTO -> "bound where each thread has a processor";
          case ON -> "always bound";
          case OFF -> "never bound";
          case BOTH -> "bound and not bound";
        };
    return switch (experiment.place()) {
      case PACK -> when;
      case SPREAD -> when + ", one core of each NUMA node in turn";
    };
  }

  private static String sizes(RunReport report) {
    return report.summary().points().stream()
        .map(PointSummary::parallelism)
        .distinct()
        .sorted()
        .map(n -> Integer.toString(n))
        .collect(Collectors.joining(", "));
  }

  /// Those that somebody chose: where the class archive lies, how many processors there are and the
  /// heap for the largest size follow from the machine and the sizes. Which of them comes first
  /// makes no difference.
  private static List<String> arguments(NamedRun run) {
    int heap = WorkerHeap.mebibytes(run.largest());
    return run.report().environment().jvmArguments().stream()
        .filter(argument -> !argument.startsWith("-XX:SharedArchiveFile="))
        .filter(argument -> !argument.equals("-Xshare:auto"))
        .filter(argument -> !argument.startsWith("-XX:ActiveProcessorCount="))
        .filter(argument -> !argument.equals("-Xms" + heap + "m"))
        .filter(argument -> !argument.equals("-Xmx" + heap + "m"))
        .sorted()
        .toList();
  }
}

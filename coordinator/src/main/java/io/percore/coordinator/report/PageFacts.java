package io.percore.coordinator.report;

import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Experiment.Place;
import io.percore.coordinator.plan.Scaling;
import io.percore.coordinator.report.chart.Markup;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.PointSummary;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where and how a run was measured: what a reader needs to judge its figures.
final class PageFacts {
  private static final String ARCHIVE = "-XX:SharedArchiveFile=";

  private PageFacts() {}

  static void write(Markup page, RunReport report) {
    page.open("dl", "class", "facts").line();
    fact(page, "Machine", machine(report.environment()));
    page.open("div").element("dt", "JVM");
    lines(page, jvm(report));
    page.open("dd", "class", "arguments");
    report
        .environment()
        .jvmArguments()
        .forEach(
            argument -> page.element("span", PlainText.printable(shortened(argument))).text(" "));
    page.close().close().line();
    fact(page, "Workload", workload(report));
    fact(page, "Design", design(report));
    fact(page, "Base case", base(report));
    fact(page, "Pinning", Stream.concat(pinning(report).stream(), place(report)).toList());
    verified(page, report);
    fact(
        page,
        "Run",
        List.of(
            report.started().truncatedTo(ChronoUnit.SECONDS) + ", took " + elapsed(report.wall()),
            report.complete() ? "" : "incomplete: not every planned trial has a result"));
    page.close().line();
  }

  /// Where the class archive lies is nobody's business: it changes how a worker starts, not what is
  /// measured.
  private static String shortened(String argument) {
    return argument.startsWith(ARCHIVE) ? ARCHIVE + "…" : argument;
  }

  private static void fact(Markup page, String name, List<String> lines) {
    page.open("div").element("dt", name);
    lines(page, lines);
    page.close().line();
  }

  private static void lines(Markup page, List<String> lines) {
    lines.stream()
        .filter(line -> !line.isEmpty())
        .forEach(line -> page.element("dd", Typography.of(PlainText.printable(line))));
  }

  /// `7 min 41 s`, and in shorter units below a minute.
  static String elapsed(Duration wall) {
    return wall.toMinutes() == 0
        ? Quantities.nanos((double) wall.toNanos())
        : wall.toMinutes() + " min " + wall.toSecondsPart() + " s";
  }

  private static List<String> machine(Environment environment) {
    int cores = environment.physicalCores();
    int processors = environment.hardwareThreads();
    int efficiency = environment.efficiencyCores();
    long sockets = environment.cpus().stream().mapToInt(Environment.Cpu::socket).distinct().count();
    String counts =
        Quantities.plural(cores, "core")
            + (efficiency == 0
                ? ""
                : " (%d performance, %d efficiency)".formatted(cores - efficiency, efficiency))
            + " / "
            + Quantities.plural(processors, "thread")
            + ", "
            + Quantities.plural(sockets, "socket")
            + ", "
            + Quantities.plural(environment.nodes(), "NUMA node")
            + (environment.onlineCpus() > processors
                ? " (" + environment.onlineCpus() + " processors in the machine)"
                : "");
    String quota =
        environment.quotaCpus().equals("none")
            ? ""
            : "; quota " + environment.quotaCpus() + " CPUs";
    String memory =
        environment.memoryBytes() == 0
            ? ""
            : "; " + Quantities.bytes((double) environment.memoryBytes());
    return List.of(
        environment.cpuModel(),
        counts + memory + quota,
        environment.hostName()
            + ", "
            + environment.os()
            + " "
            + environment.kernel()
            + " "
            + environment.architecture());
  }

  private static List<String> jvm(RunReport report) {
    Environment environment = report.environment();
    Set<String> collectors =
        report.summary().points().stream()
            .map(PointSummary::collector)
            .filter(c -> !c.isEmpty())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return List.of(
        environment.jvm() + ", " + environment.jvmVendor(),
        collectors.isEmpty() ? "" : "collector " + String.join(", ", collectors),
        report.experiment().collectors().size() < 2
            ? ""
            : "names without one are those under "
                + report.experiment().collectors().getFirst().id());
  }

  private static List<String> workload(RunReport report) {
    Experiment experiment = report.experiment();
    Map<String, String> parameters = new TreeMap<>(experiment.workloadParameters());
    String chosen =
        parameters.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(" "));
    return List.of(
        experiment.workload() + (chosen.isEmpty() ? "" : " " + chosen),
        report.catalogue().workload(experiment.workload()).map(w -> w.contract()).orElse(""),
        switch (experiment.scaling()) {
          case Scaling.FixedTime() -> "fixed time: operations done within a window";
          case Scaling.Strong(long operations) ->
              "fixed work: time for "
                  + Quantities.count((double) operations)
                  + " operations in all";
          case Scaling.Weak(long operations) ->
              "fixed work: time for "
                  + Quantities.count((double) operations)
                  + " operations of each thread";
        });
  }

  private static List<String> design(RunReport report) {
    Experiment experiment = report.experiment();
    long sizes =
        report.summary().points().stream().mapToInt(PointSummary::parallelism).distinct().count();
    return List.of(
        Quantities.plural(experiment.forks(), "fork")
            + " × "
            + (experiment.strategies().size() == 1
                ? "1 strategy"
                : experiment.strategies().size() + " strategies")
            + " at "
            + Quantities.plural(sizes, "size"),
        WeakScaling.explanation(report).orElse(""),
        "randomised blocks, seed " + experiment.seed(),
        Quantities.nanos((double) experiment.warmUp().toNanos())
            + " warm-up, "
            + Quantities.nanos((double) experiment.window().toNanos())
            + switch (experiment.scaling()) {
              case Scaling.FixedTime() -> " window";
              case Scaling.Strong _, Scaling.Weak _ -> " scored at least";
            },
        Captions.fewForks(report)
            ? "fewer than " + Verdict.ENOUGH_FORKS + " forks: intervals lean on assumptions"
            : experiment.forks() == 1 ? "one fork: no interval can be had" : "");
  }

  private static List<String> base(RunReport report) {
    return Curve.all(report.summary()).stream()
        .filter(Curve::isSequentialBase)
        .flatMap(curve -> curve.points().stream())
        .filter(point -> point.throughputMedian() != null)
        .findFirst()
        .map(PageFacts::base)
        .orElse(List.of("no plain sequential run was measured"));
  }

  private static List<String> base(PointSummary point) {
    Double median = point.throughputMedian();
    Estimate mean = point.throughputMean();
    String rate = median == null ? "" : "plain sequential loop, " + Quantities.rate(median);
    return List.of(
        rate,
        mean == null || mean.interval() == null
            ? ""
            : "95 % CI of the mean " + Quantities.countEnds(mean.interval()));
  }

  private static List<String> pinning(RunReport report) {
    if (!report.environment().canPin()) {
      return List.of("no thread was bound: " + report.environment().cannotPinReason());
    }
    List<PointSummary> measured =
        report.summary().points().stream().filter(p -> p.forks() > 0).toList();
    List<PointSummary> free = measured.stream().filter(p -> !p.pinned()).toList();
    if (free.isEmpty()) {
      return List.of("each thread bound to one processor");
    }
    if (free.size() == measured.size()) {
      return List.of("no thread was bound");
    }
    List<String> lines = new ArrayList<>();
    lines.add("bound to one processor, except at");
    int from = free.stream().mapToInt(PointSummary::parallelism).min().orElse(0);
    boolean above = measured.stream().allMatch(p -> p.pinned() == (p.parallelism() < from));
    lines.add(
        above
            ? "N = "
                + from
                + (measured.stream().anyMatch(p -> p.parallelism() > from) ? " and above" : "")
            : free.stream()
                .map(p -> p.strategy() + " N = " + p.parallelism())
                .collect(Collectors.joining(", ")));
    return lines;
  }

  private static Stream<String> place(RunReport report) {
    return report.experiment().place() == Place.SPREAD
        ? Stream.of("one core of each NUMA node in turn")
        : Stream.empty();
  }

  private static void verified(Markup page, RunReport report) {
    Set<String> exact =
        report.summary().points().stream()
            .filter(PointSummary::exactRequired)
            .map(point -> point.point().program().discipline())
            .collect(Collectors.toCollection(HashSet::new));
    List<TrialRecord> completed =
        report.trials().stream().filter(t -> t.outcome() instanceof Completed).toList();
    List<TrialRecord> required =
        completed.stream().filter(t -> exact.contains(t.trial().program().discipline())).toList();
    long sound = required.stream().filter(PageFacts::countsExact).count();
    boolean all = sound == required.size();
    page.open("div", "class", all ? "good" : "bad").element("dt", "Verified");
    page.element("dd", sound + " of " + trials(required.size()) + ": counts exact");
    int free = completed.size() - required.size();
    if (free > 0) {
      page.element("dd", "and " + trials(free) + " whose losses are results", "class", "plain");
    }
    page.close().line();
  }

  /// To the last digit: one of many that is not exact must show.
  private static String trials(int number) {
    return number + (number == 1 ? " trial" : " trials");
  }

  private static boolean countsExact(TrialRecord trial) {
    return trial.outcome() instanceof Completed(var measurement, var _, var _)
        && measurement.verification().exact();
  }
}

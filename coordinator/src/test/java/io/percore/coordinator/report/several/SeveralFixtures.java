package io.percore.coordinator.report.several;

import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.report.Fixtures;
import io.percore.coordinator.report.RunReport;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Runs that never happened, several at a time.
public final class SeveralFixtures {
  private SeveralFixtures() {}

  /// A run under a name, which also makes its identity.
  static NamedRun named(String name, RunReport report) {
    return new NamedRun(
        name,
        new RunReport(
            "id-of-" + name,
            report.started(),
            report.wall(),
            report.experiment(),
            report.catalogue(),
            report.environment(),
            report.limits(),
            report.trials(),
            report.summary(),
            report.complete(),
            report.aside()),
        0);
  }

  /// The same run elsewhere.
  static RunReport on(RunReport report, Environment environment) {
    return new RunReport(
        report.runId(),
        report.started(),
        report.wall(),
        report.experiment(),
        report.catalogue(),
        environment,
        report.limits(),
        report.trials(),
        report.summary(),
        report.complete(),
        report.aside());
  }

  /// The same run by another design, whose figures it does not change.
  static RunReport by(RunReport report, UnaryOperator<Experiment> design) {
    return new RunReport(
        report.runId(),
        report.started(),
        report.wall(),
        design.apply(report.experiment()),
        report.catalogue(),
        report.environment(),
        report.limits(),
        report.trials(),
        report.summary(),
        report.complete(),
        report.aside());
  }

  /// Another kernel of another host, with the same processor.
  static Environment otherHost(Environment like, String host) {
    return environment(like, host, like.cpuModel(), like.jvm(), "boot-of-" + host);
  }

  /// Another host with another processor.
  static Environment otherMachine(Environment like, String host, String processor) {
    return environment(like, host, processor, like.jvm(), "boot-of-" + host);
  }

  /// The same machine with another JVM.
  static Environment otherJvm(Environment like, String jvm) {
    return environment(like, like.hostName(), like.cpuModel(), jvm, like.bootId());
  }

  /// The same machine with one more argument for the JVM.
  static Environment withArgument(Environment like, String argument) {
    return like.withJvmArguments(
        Stream.concat(like.jvmArguments().stream(), Stream.of(argument)).toList());
  }

  private static Environment environment(
      Environment like, String host, String processor, String jvm, String boot) {
    return new Environment(
        host,
        like.os(),
        like.kernel(),
        processor,
        like.architecture(),
        like.memoryBytes(),
        like.onlineCpus(),
        like.cpus(),
        like.quotaCpus(),
        like.readings(),
        boot,
        like.timeNamespace(),
        jvm,
        like.jvmVendor(),
        like.javaHome(),
        like.jvmArguments(),
        like.workerJarSha256(),
        like.canPin(),
        like.cannotPinReason());
  }

  /// The same design with other parameters for its disciplines.
  static Experiment withDisciplineParameters(
      Experiment like, Map<String, Map<String, String>> parameters) {
    return new Experiment(
        like.strategies(),
        like.parallelisms(),
        like.workload(),
        like.workloadParameters(),
        parameters,
        like.scaling(),
        like.forks(),
        like.warmUp(),
        like.window(),
        like.pinning(),
        like.place(),
        like.seed(),
        like.collectors());
  }

  /// A quick and a full run of one machine, whose only difference is a JVM argument.
  public static SideBySide oneMachine() {
    RunReport run = Fixtures.defaultRun();
    return SideBySide.of(
        List.of(
            named("serial", run),
            named("parallel", on(run, withArgument(run.environment(), "-XX:+UseParallelGC")))));
  }

  /// A full run, and two quick ones with another window.
  public static SideBySide threeRuns() {
    RunReport quick = Fixtures.quickRun();
    return SideBySide.of(
        List.of(
            named("default", Fixtures.defaultRun()),
            named("2026-11-29-quick", quick),
            named("2026-11-30-quick", quick)));
  }

  /// Machines of two and of sixteen cores, and a run of the first in which much went wrong.
  public static SideBySide machines() {
    RunReport large = Fixtures.sixteenCores();
    return SideBySide.of(
        List.of(
            named("laptop", Fixtures.defaultRun()),
            named(
                "server",
                on(
                    large,
                    otherJvm(otherMachine(large.environment(), "node-7", "Xeon 6975"), "26+1"))),
            named("troubled", Fixtures.troubledRun())));
  }

  /// Names that try to break out of every format, of runs and of strategies.
  public static SideBySide hostile() {
    RunReport run = Fixtures.hostileNames();
    return SideBySide.of(
        List.of(
            named("<script>alert(2)</script>", run),
            named("\u202e" + "long-".repeat(60) + "\u001b[2J|`", run)));
  }

  /// Sizes up to four on two cores, and up to 512 on 256.
  public static SideBySide large() {
    return SideBySide.of(
        List.of(named("small", Fixtures.defaultRun()), named("large", Fixtures.manySizes())));
  }

  /// Thirty runs, each on its own host.
  public static SideBySide thirty() {
    RunReport run = Fixtures.quickRun();
    return SideBySide.of(
        IntStream.range(0, 30)
            .mapToObj(i -> named("node-" + i, on(run, otherHost(run.environment(), "node-" + i))))
            .toList());
  }
}

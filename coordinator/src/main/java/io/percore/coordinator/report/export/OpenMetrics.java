package io.percore.coordinator.report.export;

import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.report.PlainText;
import io.percore.coordinator.report.Renderer;
import io.percore.coordinator.report.RunReport;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.PointSummary;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// OpenMetrics text, version 1.0: gauges with a sample for each point, at the time when the run
/// ended. An unknown has no sample.
///
/// The time is in the samples because a run is over when it is written: `promtool tsdb
/// create-blocks-from openmetrics` asks for it, and a scrape without it would date old figures now.
final class OpenMetrics implements Renderer {
  /// @param name of the family, without prefix and unit
  /// @param unit base unit, or empty for a number of things
  /// @param help one line
  /// @param value of a point, null when unknown
  private record Family(
      String name, String unit, String help, Function<PointSummary, @Nullable Double> value) {
    String fullName() {
      return "percore_" + name + (unit.isEmpty() ? "" : "_" + unit);
    }
  }

  private static final List<Family> FAMILIES =
      Stream.of(
              estimate(
                  "throughput",
                  "operations_per_second",
                  "Operations per second of all threads, mean over forks",
                  PointSummary::throughputMean),
              Stream.of(
                  new Family(
                      "time_per_operation",
                      "seconds",
                      "Thread-seconds per operation, at the median throughput.",
                      OpenMetrics::secondsPerOperation)),
              estimate(
                  "speedup",
                  "ratio",
                  "Throughput over that of the same strategy at parallelism 1",
                  PointSummary::speedup),
              estimate("efficiency", "ratio", "Speedup over parallelism", PointSummary::efficiency),
              estimate(
                  "speedup_over_sequential",
                  "ratio",
                  "Throughput over that of the plain sequential run",
                  PointSummary::speedupOverSequential),
              Stream.of(
                  new Family(
                      "cpu_share",
                      "ratio",
                      "CPU time over parallelism times elapsed time, median over forks.",
                      PointSummary::cpuShare),
                  new Family(
                      "fairness",
                      "ratio",
                      "Jain's index over the operations of the threads, median over forks.",
                      PointSummary::fairness),
                  count("expected_updates", "Updates of all forks.", PointSummary::expectedUpdates),
                  count("lost_updates", "Updates that went missing.", PointSummary::lostUpdates),
                  count("forks", "Forks that the figures rest on.", p -> (long) p.forks()),
                  count("missing_forks", "Forks without a result.", p -> (long) p.missing()),
                  count(
                      "disturbed_forks",
                      "Forks that are kept although something disturbed them.",
                      p -> (long) p.disturbed()),
                  count(
                      "invalidated_attempts",
                      "Attempts that were run again because something disturbed them.",
                      p -> (long) p.invalidated()),
                  count(
                      "failed_attempts",
                      "Attempts that failed or timed out.",
                      p -> (long) p.failed())))
          .flatMap(families -> families)
          .toList();

  private static Stream<Family> estimate(
      String name, String unit, String help, Function<PointSummary, @Nullable Estimate> figure) {
    return Stream.of(
        new Family(name, unit, help + ".", point -> value(figure.apply(point))),
        new Family(
            name + "_ci_low",
            unit,
            help + ": lower end of its 95 % interval.",
            point -> low(figure.apply(point))),
        new Family(
            name + "_ci_high",
            unit,
            help + ": upper end of its 95 % interval.",
            point -> high(figure.apply(point))));
  }

  private static @Nullable Double value(@Nullable Estimate estimate) {
    return estimate == null ? null : Double.valueOf(estimate.value());
  }

  private static @Nullable Double low(@Nullable Estimate estimate) {
    Interval interval = estimate == null ? null : estimate.interval();
    return interval == null ? null : Double.valueOf(interval.low());
  }

  private static @Nullable Double high(@Nullable Estimate estimate) {
    Interval interval = estimate == null ? null : estimate.interval();
    return interval == null ? null : Double.valueOf(interval.high());
  }

  private static Family count(
      String name, String help, Function<PointSummary, @Nullable Long> figure) {
    return new Family(name, "", help, point -> number(figure.apply(point)));
  }

  private static @Nullable Double number(@Nullable Long count) {
    return count == null ? null : Double.valueOf((double) count);
  }

  private static @Nullable Double secondsPerOperation(PointSummary point) {
    Double nanos = point.nanosPerOperation();
    return nanos == null ? null : Double.valueOf(nanos / 1e9);
  }

  @Override
  public void render(RunReport report, Writer out) throws IOException {
    long time = report.started().plus(report.wall()).getEpochSecond();
    head("percore_run_info", "", "The run and where it was measured.", out);
    sample("percore_run_info", runLabels(report), 1, time, out);
    head("percore_run_complete", "", "1 when every planned trial has a result, else 0.", out);
    Map<String, String> host = Map.of("host", report.environment().hostName());
    sample("percore_run_complete", host, report.complete() ? 1 : 0, time, out);
    for (Family family : FAMILIES) {
      head(family.fullName(), family.unit(), family.help(), out);
      for (PointSummary point : report.summary().points()) {
        Double value = family.value().apply(point);
        if (value != null && Double.isFinite(value)) {
          sample(family.fullName(), pointLabels(point, report), value, time, out);
        }
      }
    }
    out.write("# EOF\n");
  }

  private static Map<String, String> runLabels(RunReport report) {
    Environment environment = report.environment();
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("run", report.runId());
    labels.put("host", environment.hostName());
    labels.put("os", environment.os());
    labels.put("kernel", environment.kernel());
    labels.put("cpu", environment.cpuModel());
    labels.put("architecture", environment.architecture());
    labels.put("jvm", environment.jvmVendor() + " " + environment.jvm());
    labels.put("workload", report.experiment().workload());
    labels.put("scaling", report.experiment().scaling().label());
    return labels;
  }

  private static Map<String, String> pointLabels(PointSummary point, RunReport report) {
    Experiment experiment = report.experiment();
    Program program = point.point().program();
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("host", report.environment().hostName());
    labels.put("workload", experiment.workload());
    labels.put("parameters", PointText.parameters(point, experiment));
    labels.put("strategy", point.strategy());
    labels.put("parallelism", Integer.toString(point.parallelism()));
    labels.put("processes", Integer.toString(program.layout().processes()));
    labels.put("threads_per_process", Integer.toString(program.layout().threadsPerProcess()));
    return labels;
  }

  private static void head(String name, String unit, String help, Writer out) throws IOException {
    out.write("# TYPE " + name + " gauge\n");
    if (!unit.isEmpty()) {
      out.write("# UNIT " + name + " " + unit + "\n");
    }
    out.write("# HELP " + name + " " + help + "\n");
  }

  private static void sample(
      String name, Map<String, String> labels, double value, long time, Writer out)
      throws IOException {
    String text =
        labels.entrySet().stream()
            .filter(label -> !label.getValue().isEmpty())
            .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
            .collect(Collectors.joining(","));
    out.write(name + "{" + text + "} " + value + " " + time + "\n");
  }

  private static String escaped(String value) {
    return PlainText.printable(value)
        .replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n");
  }
}

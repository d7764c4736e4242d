package io.percore.coordinator.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.PointSummary;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;

/// JMH's JSON result, for tools that read it: one benchmark for each point that has results.
///
/// `rawData[fork][iteration]` holds one iteration for each fork, since a trial has one window, or
/// for fixed work one for each round. `scoreError` is the half width of the 95 % interval; JMH's
/// own is of 99.9 %.
final class JmhJson implements Renderer {
  @Override
  public void render(RunReport report, Writer out) throws IOException {
    ArrayNode benchmarks = Json.array();
    for (PointSummary point : report.summary().points()) {
      Estimate mean = point.throughputMean();
      if (mean != null) {
        benchmarks.add(benchmark(point, mean, report));
      }
    }
    Json.write(benchmarks, out);
  }

  private static ObjectNode benchmark(PointSummary point, Estimate mean, RunReport report) {
    Experiment experiment = report.experiment();
    ObjectNode node = Json.object();
    node.put("benchmark", "percore." + experiment.workload() + "." + point.strategy());
    node.put("mode", "thrpt");
    node.put("threads", point.parallelism());
    node.put("forks", point.forks());
    node.put("jvm", report.environment().javaHome() + "/bin/java");
    node.set("jvmArgs", Json.texts(report.environment().jvmArguments()));
    node.put("vmName", report.environment().jvmVendor());
    node.put("vmVersion", report.environment().jvm());
    node.put("warmupIterations", 1);
    node.put("warmupTime", experiment.warmUp().toMillis() + " ms");
    node.put("warmupBatchSize", 1);
    node.put("measurementIterations", 1);
    node.put("measurementTime", experiment.window().toMillis() + " ms");
    node.put("measurementBatchSize", 1);
    ObjectNode params = node.putObject("params");
    params.put("layout", point.point().program().layout().toString());
    params.put("parallelism", Integer.toString(point.parallelism()));
    Parameters.of(point.point().program(), experiment).forEach(params::put);
    node.set("primaryMetric", metric(point, mean));
    node.putObject("secondaryMetrics");
    return node;
  }

  private static ObjectNode metric(PointSummary point, Estimate mean) {
    ObjectNode metric = Json.object();
    Interval interval = mean.interval();
    metric.put("score", mean.value());
    ArrayNode confidence = Json.array();
    if (interval == null) {
      // As JMH writes what JSON has no number for.
      metric.put("scoreError", "NaN");
      confidence.add("NaN").add("NaN");
    } else {
      metric.put("scoreError", (interval.high() - interval.low()) / 2);
      confidence.add(interval.low()).add(interval.high());
    }
    metric.set("scoreConfidence", confidence);
    double[] forks = point.forkThroughputs().stream().mapToDouble(d -> d).toArray();
    ObjectNode percentiles = metric.putObject("scorePercentiles");
    percentiles.put("0.0", Arrays.stream(forks).min().orElseThrow());
    percentiles.set("50.0", Json.number(point.throughputMedian()));
    percentiles.put("100.0", Arrays.stream(forks).max().orElseThrow());
    metric.put("scoreUnit", "ops/s");
    ArrayNode rawData = metric.putArray("rawData");
    point.forkThroughputs().forEach(fork -> rawData.addArray().add(fork));
    return metric;
  }
}

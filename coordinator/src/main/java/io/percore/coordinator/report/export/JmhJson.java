package io.percore.coordinator.report.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Scaling;
import io.percore.coordinator.report.CompletedTrials;
import io.percore.coordinator.report.Json;
import io.percore.coordinator.report.Parameters;
import io.percore.coordinator.report.PlainText;
import io.percore.coordinator.report.Renderer;
import io.percore.coordinator.report.RunReport;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.Median;
import io.percore.coordinator.stats.PointSummary;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;

/// JMH's JSON result, for tools that read it: one benchmark for each point that has results.
///
/// `rawData[fork][iteration]` holds one iteration for each fork, since a trial has one window, or
/// for fixed work one for each round, and the percentiles are theirs. `scoreError` is the half
/// width of the 95 % interval over forks; JMH's own is of 99.9 %, over iterations. Which JMH wrote
/// it is left out, because none did.
final class JmhJson implements Renderer {
  @Override
  public void render(RunReport report, Writer out) throws IOException {
    CompletedTrials trials = new CompletedTrials(report.trials());
    ArrayNode benchmarks = Json.array();
    for (PointSummary point : report.summary().points()) {
      Estimate mean = point.throughputMean();
      if (mean != null) {
        List<double[]> forks =
            trials.sound(point).values().stream()
                .map(fork -> iterations(fork, report.experiment().scaling()))
                .toList();
        benchmarks.add(benchmark(point, mean, forks, report));
      }
    }
    Json.write(benchmarks, out);
  }

  private static double[] iterations(Measurement fork, Scaling scaling) {
    return ScoredIteration.of(fork, scaling).stream()
        .mapToDouble(ScoredIteration::operationsPerSecond)
        .toArray();
  }

  private static ObjectNode benchmark(
      PointSummary point, Estimate mean, List<double[]> forks, RunReport report) {
    Experiment experiment = report.experiment();
    ObjectNode node = Json.object();
    node.put("benchmark", "percore." + word(experiment.workload()) + "." + word(point.strategy()));
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
    node.put("measurementIterations", forks.stream().mapToInt(fork -> fork.length).max().orElse(1));
    node.put(
        "measurementTime",
        // As JMH writes it where iterations are not of a given time.
        experiment.scaling().fixesWork() ? "single-shot" : experiment.window().toMillis() + " ms");
    node.put("measurementBatchSize", 1);
    ObjectNode params = node.putObject("params");
    params.put("layout", point.point().program().layout().toString());
    params.put("parallelism", Integer.toString(point.parallelism()));
    Parameters.of(point.point().program(), experiment).forEach(params::put);
    node.set("primaryMetric", metric(mean, forks));
    node.putObject("secondaryMetrics");
    return node;
  }

  /// Part of a name that readers take apart at full stops and spaces.
  private static String word(String name) {
    return PlainText.printable(name).replaceAll("[.\\s]", "_");
  }

  private static ObjectNode metric(Estimate mean, List<double[]> forks) {
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
    double[] all = forks.stream().flatMapToDouble(Arrays::stream).toArray();
    ObjectNode percentiles = metric.putObject("scorePercentiles");
    percentiles.put("0.0", Arrays.stream(all).min().orElseThrow());
    percentiles.put("50.0", Median.of(all));
    percentiles.put("100.0", Arrays.stream(all).max().orElseThrow());
    metric.put("scoreUnit", "ops/s");
    ArrayNode rawData = metric.putArray("rawData");
    for (double[] fork : forks) {
      ArrayNode values = rawData.addArray();
      Arrays.stream(fork).forEach(values::add);
    }
    return metric;
  }
}

package io.percore.coordinator.report.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.report.CompletedTrials;
import io.percore.coordinator.report.Json;
import io.percore.coordinator.report.PlainText;
import io.percore.coordinator.report.Renderer;
import io.percore.coordinator.report.RunReport;
import io.percore.coordinator.stats.PointSummary;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;

/// pyperf's JSON, format 1.0: a benchmark for each point, a run for each fork, and a value for its
/// window or for each round of fixed work.
///
/// A value is what one operation takes the thread that does it, in seconds: N x time / operations.
/// `loops` is how many operations one thread did for it, so that value times `loops` is the time
/// that was scored. pyperf allows neither empty metadata nor line breaks in it.
final class PyperfJson implements Renderer {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSxxx");

  @Override
  public void render(RunReport report, Writer out) throws IOException {
    ObjectNode root = Json.object();
    root.put("version", "1.0");
    root.set("metadata", metadata(report));
    ArrayNode benchmarks = root.putArray("benchmarks");
    CompletedTrials trials = new CompletedTrials(report.trials());
    for (PointSummary point : report.summary().points()) {
      Collection<Measurement> forks = trials.sound(point).values();
      if (!forks.isEmpty()) {
        benchmarks.add(benchmark(point, forks, report.experiment()));
      }
    }
    Json.write(root, out);
  }

  private static ObjectNode metadata(RunReport report) {
    Environment environment = report.environment();
    ObjectNode metadata = Json.object();
    metadata.put("unit", "second");
    put("hostname", environment.hostName(), metadata);
    put(
        "platform",
        environment.os() + "-" + environment.kernel() + "-" + environment.architecture(),
        metadata);
    put("cpu_model_name", environment.cpuModel(), metadata);
    metadata.put("cpu_count", environment.onlineCpus());
    put("jvm", environment.jvmVendor() + " " + environment.jvm(), metadata);
    put("percore_run", report.runId(), metadata);
    return metadata;
  }

  private static ObjectNode benchmark(
      PointSummary point, Collection<Measurement> forks, Experiment experiment) {
    ObjectNode benchmark = Json.object();
    ObjectNode metadata = benchmark.putObject("metadata");
    metadata.put("name", PointText.name(point, experiment));
    metadata.put("layout", point.point().program().layout().toString());
    put("parameters", PointText.parameters(point, experiment), metadata);
    put("notes", String.join("; ", PointText.notes(point)), metadata);
    ArrayNode runs = benchmark.putArray("runs");
    forks.forEach(fork -> runs.add(run(fork, point.parallelism(), experiment)));
    return benchmark;
  }

  private static ObjectNode run(Measurement fork, int parallelism, Experiment experiment) {
    ObjectNode run = Json.object();
    ObjectNode metadata = run.putObject("metadata");
    ArrayNode values = run.putArray("values");
    double operations = 0;
    for (ScoredIteration iteration : ScoredIteration.of(fork, experiment.scaling())) {
      values.add(parallelism * iteration.nanos() / iteration.operations() / 1e9);
      operations = iteration.operations();
    }
    metadata.put("loops", Math.max(1, Math.round(operations / parallelism)));
    Instant started = fork.windowStarted();
    if (started != null) {
      metadata.put("date", DATE.format(started.atOffset(ZoneOffset.UTC)));
    }
    return run;
  }

  private static void put(String name, String value, ObjectNode metadata) {
    String text = PlainText.printable(value).strip();
    if (!text.isEmpty()) {
      metadata.put(name, text);
    }
  }
}

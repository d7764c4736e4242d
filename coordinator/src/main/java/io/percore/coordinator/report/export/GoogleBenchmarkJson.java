package io.percore.coordinator.report.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.ThreadSample;
import io.percore.coordinator.report.CompletedTrials;
import io.percore.coordinator.report.Json;
import io.percore.coordinator.report.PlainText;
import io.percore.coordinator.report.Renderer;
import io.percore.coordinator.report.RunReport;
import io.percore.coordinator.stats.Median;
import io.percore.coordinator.stats.PointSummary;
import java.io.IOException;
import java.io.Writer;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.jspecify.annotations.Nullable;

/// Google Benchmark's JSON, which its `tools/compare.py` compares: a row for each fork, which that
/// tool calls a repetition, and its aggregates where there are at least two.
///
/// As in that tool an iteration is an operation of any thread, `real_time` is wall time over the
/// iterations of all threads, and `cpu_time` the CPU time of all threads over the same.
final class GoogleBenchmarkJson implements Renderer {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

  @Override
  public void render(RunReport report, Writer out) throws IOException {
    ObjectNode root = Json.object();
    root.set("context", context(report));
    ArrayNode rows = root.putArray("benchmarks");
    CompletedTrials trials = new CompletedTrials(report.trials());
    Map<String, Family> families = new LinkedHashMap<>();
    for (PointSummary point : report.summary().points()) {
      Family family = families.computeIfAbsent(point.strategy(), _ -> new Family(families.size()));
      SortedMap<Integer, Measurement> forks = trials.sound(point);
      if (!forks.isEmpty()) {
        Rows pointRows = new Rows(point, report, family.index(), family.nextInstance());
        pointRows.addRepetitions(forks, rows);
        pointRows.addAggregates(forks.values().stream().map(Times::of).toList(), rows);
      }
    }
    Json.write(root, out);
  }

  /// The clock's frequency, its scaling and the load are unknown, and left out.
  private static ObjectNode context(RunReport report) {
    ObjectNode context = Json.object();
    context.put("date", DATE.format(report.started().atOffset(ZoneOffset.UTC)));
    context.put("host_name", PlainText.printable(report.environment().hostName()));
    context.put("executable", "percore");
    context.put("num_cpus", report.environment().onlineCpus());
    context.put("json_schema_version", 1);
    return context;
  }

  /// The points of one strategy.
  private static final class Family {
    private final int index;
    private int instances;

    Family(int index) {
      this.index = index;
    }

    int index() {
      return index;
    }

    int nextInstance() {
      return instances++;
    }
  }

  /// @param realNanos wall time per operation of any thread
  /// @param cpuNanos CPU time of all threads per operation; null when unknown
  /// @param perSecond operations per second
  private record Times(double realNanos, @Nullable Double cpuNanos, double perSecond) {
    static Times of(Measurement trial) {
      double realNanos = trial.windowNanos() / trial.operations();
      double elapsed = trial.threads().stream().mapToDouble(ThreadSample::elapsedNanos).sum();
      double cpu = trial.threads().stream().mapToDouble(ThreadSample::cpuNanos).sum();
      return new Times(
          realNanos,
          // CPU time was taken over somewhat more than the window.
          elapsed > 0 ? Double.valueOf(cpu / elapsed * trial.nanosPerOperation()) : null,
          trial.operationsPerSecond());
    }
  }

  /// The rows of one point.
  private static final class Rows {
    private final PointSummary point;
    private final RunReport report;
    private final int family;
    private final int instance;
    private final String name;

    Rows(PointSummary point, RunReport report, int family, int instance) {
      this.point = point;
      this.report = report;
      this.family = family;
      this.instance = instance;
      this.name = PointText.name(point, report.experiment());
    }

    void addRepetitions(SortedMap<Integer, Measurement> forks, ArrayNode rows) {
      forks.forEach(
          (block, trial) -> {
            ObjectNode row = row("", "iteration");
            row.put("repetition_index", block);
            row.put("threads", point.parallelism());
            row.put("iterations", Math.round(trial.operations()));
            Times times = Times.of(trial);
            put(times.realNanos(), times.cpuNanos(), times.perSecond(), row);
            rows.add(row);
          });
    }

    void addAggregates(List<Times> times, ArrayNode rows) {
      if (times.size() < 2) {
        return;
      }
      for (Aggregate aggregate : Aggregate.values()) {
        ObjectNode row = row("_" + aggregate.id, "aggregate");
        row.put("threads", point.parallelism());
        row.put("aggregate_name", aggregate.id);
        row.put("aggregate_unit", aggregate == Aggregate.CV ? "percentage" : "time");
        row.put("iterations", times.size());
        put(
            aggregate.of(times, Times::realNanos),
            aggregate.ofKnown(times, Times::cpuNanos),
            aggregate.of(times, Times::perSecond),
            row);
        rows.add(row);
      }
    }

    private ObjectNode row(String suffix, String type) {
      ObjectNode row = Json.object();
      row.put("name", name + suffix);
      row.put("family_index", family);
      row.put("per_family_instance_index", instance);
      row.put("run_name", name);
      row.put("run_type", type);
      row.put("repetitions", report.experiment().forks());
      return row;
    }

    private void put(double real, @Nullable Double cpu, double perSecond, ObjectNode row) {
      row.put("real_time", real);
      if (cpu != null) {
        row.put("cpu_time", cpu);
      }
      row.put("time_unit", "ns");
      row.put("items_per_second", perSecond);
      List<String> notes = PointText.notes(point);
      if (!notes.isEmpty()) {
        row.put("label", String.join("; ", notes));
      }
    }
  }

  /// What that tool works out over repetitions, in its order.
  private enum Aggregate {
    MEAN("mean"),
    MEDIAN("median"),
    STDDEV("stddev"),
    CV("cv");

    private final String id;

    Aggregate(String id) {
      this.id = id;
    }

    double of(List<Times> times, ToDoubleFunction<Times> figure) {
      double[] values = times.stream().mapToDouble(figure).toArray();
      return switch (this) {
        case MEAN -> Mean.of(values).getAsDouble();
        case MEDIAN -> Median.of(values);
        case STDDEV -> StandardDeviation.of(values).getAsDouble();
        case CV -> StandardDeviation.of(values).getAsDouble() / Mean.of(values).getAsDouble();
      };
    }

    @Nullable Double ofKnown(List<Times> times, Function<Times, @Nullable Double> figure) {
      return times.stream().anyMatch(t -> figure.apply(t) == null)
          ? null
          : Double.valueOf(of(times, t -> Objects.requireNonNull(figure.apply(t))));
    }
  }
}

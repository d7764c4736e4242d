package io.percore.coordinator.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.measurement.SteadyState;
import io.percore.coordinator.plan.Collector;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Scaling;
import io.percore.coordinator.plan.Strategy;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.PointSummary;
import io.percore.coordinator.stats.ScalingSummary.Comparison;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `summary.json`. Numbers are in base units: ops/s, nanoseconds, bytes, shares of 1.
public final class JsonSummary implements Renderer {
  /// Name and version of its schema.
  public static final String SCHEMA = "percore-summary/1";

  @Override
  public void render(RunReport report, Writer out) throws IOException {
    Json.write(document(report), out);
  }

  /// The whole summary, to stand by itself or within another document.
  public static ObjectNode document(RunReport report) {
    Experiment experiment = report.experiment();
    ObjectNode root = Json.object();
    root.put("schema", SCHEMA);
    root.put("run", report.runId());
    root.put("started", report.started().toString());
    root.put("wallNanos", report.wall().toNanos());
    root.put("complete", report.complete());
    report.clockBoundNanos().ifPresent(bound -> root.put("clockBoundNanos", bound));
    root.set("resumes", resumes(report));
    root.set(
        "verdict", Json.texts(Verdict.sentences(report.summary(), experiment, report.catalogue())));
    root.set("environment", environment(report.environment()));
    root.set("design", design(experiment));
    ArrayNode points = root.putArray("points");
    report.summary().points().forEach(point -> points.add(point(point, experiment)));
    root.set("comparisons", comparisons(report.summary().comparisons()));
    root.set("contrasts", comparisons(report.summary().contrasts()));
    root.set("collectors", comparisons(report.summary().collectors()));
    root.set("baselineWarnings", Json.texts(report.summary().baselineWarnings()));
    root.set("fits", LawSummary.json(report));
    MachineReport.of(report).ifPresent(machines -> root.set("machines", machines.json()));
    ProcessCostJson.add(report, root);
    return root;
  }

  private static ArrayNode resumes(RunReport report) {
    ArrayNode array = Json.array();
    for (Resumes.Place place : Resumes.of(report)) {
      ObjectNode node = array.addObject();
      node.put("attempts", place.attempts());
      node.put("time", place.began().toString());
      node.put("restarted", place.restarted());
      node.put("block", place.block());
    }
    return array;
  }

  private static ObjectNode environment(Environment environment) {
    ObjectNode node = Json.object();
    node.put("hostName", environment.hostName());
    node.put("os", environment.os());
    node.put("kernel", environment.kernel());
    node.put("cpuModel", environment.cpuModel());
    node.put("architecture", environment.architecture());
    long memory = environment.memoryBytes();
    node.set("memoryBytes", Json.number(memory == 0 ? null : (Long) memory));
    node.put("onlineCpus", environment.onlineCpus());
    ArrayNode cpus = node.putArray("cpus");
    environment.cpus().forEach(cpu -> cpus.add(cpu(cpu)));
    node.put("quotaCpus", environment.quotaCpus());
    ArrayNode readings = node.putArray("readings");
    environment.readings().forEach(reading -> readings.add(reading(reading)));
    node.put("bootId", environment.bootId());
    node.put("timeNamespace", environment.timeNamespace());
    node.put("jvm", environment.jvm());
    node.put("jvmVendor", environment.jvmVendor());
    node.put("javaHome", environment.javaHome());
    node.set("jvmArguments", Json.texts(environment.jvmArguments()));
    node.put("workerJarSha256", environment.workerJarSha256());
    node.put("canPin", environment.canPin());
    node.put("cannotPinReason", environment.cannotPinReason());
    node.put("physicalCores", environment.physicalCores());
    node.put("hardwareThreads", environment.hardwareThreads());
    node.put("numaNodes", environment.nodes());
    node.put("efficiencyCores", environment.efficiencyCores());
    return node;
  }

  private static ObjectNode cpu(Environment.Cpu cpu) {
    ObjectNode node = Json.object();
    node.put("id", cpu.id());
    node.put("core", cpu.core());
    node.put("socket", cpu.socket());
    node.put("node", cpu.node());
    node.put("efficiency", cpu.efficiency());
    return node;
  }

  private static ObjectNode reading(Environment.Reading reading) {
    ObjectNode node = Json.object();
    node.put("name", reading.name());
    node.put("value", reading.value());
    node.put("source", reading.source());
    node.put("trustworthy", reading.trustworthy());
    return node;
  }

  private static ObjectNode design(Experiment experiment) {
    ObjectNode node = Json.object();
    node.set(
        "strategies", Json.texts(experiment.strategies().stream().map(Strategy::name).toList()));
    ArrayNode parallelisms = node.putArray("parallelisms");
    experiment.parallelisms().forEach(n -> parallelisms.add(n));
    node.put("workload", experiment.workload());
    node.set("workloadParameters", parameters(experiment.workloadParameters()));
    ObjectNode byDiscipline = node.putObject("disciplineParameters");
    new TreeMap<>(experiment.disciplineParameters())
        .forEach((discipline, values) -> byDiscipline.set(discipline, parameters(values)));
    node.put("scaling", experiment.scaling().label());
    node.set(
        "fixedWorkOperations",
        Json.number(
            switch (experiment.scaling()) {
              case Scaling.FixedTime() -> (Long) null;
              case Scaling.Strong(long operations) -> operations;
              case Scaling.Weak _ -> (Long) null;
            }));
    if (experiment.scaling() instanceof Scaling.Weak(long perThread)) {
      node.put("fixedWorkOperationsPerThread", perThread);
    }
    node.put("forks", experiment.forks());
    node.put("warmUpNanos", experiment.warmUp().toNanos());
    node.put("windowNanos", experiment.window().toNanos());
    node.put("pinning", experiment.pinning().name());
    node.put("place", experiment.place().name());
    node.set(
        "collectors", Json.texts(experiment.collectors().stream().map(Collector::id).toList()));
    node.put("seed", experiment.seed());
    return node;
  }

  /// Sorted by name, since the maps of a design have no order of their own; whole numbers as
  /// numbers.
  private static ObjectNode parameters(Map<String, String> values) {
    ObjectNode node = Json.object();
    new TreeMap<>(values)
        .forEach(
            (name, value) -> {
              if (value.matches("-?[0-9]{1,18}")) {
                node.put(name, Long.parseLong(value));
              } else {
                node.put(name, value);
              }
            });
    return node;
  }

  private static ObjectNode point(PointSummary point, Experiment experiment) {
    Program program = point.point().program();
    ObjectNode node = Json.object();
    node.put("strategy", point.strategy());
    node.put("discipline", program.discipline());
    node.put("workload", experiment.workload());
    node.set("parameters", parameters(Parameters.of(program, experiment)));
    node.put("sharing", program.sharing().name());
    node.put("scaling", experiment.scaling().label());
    node.put("parallelism", point.parallelism());
    node.put("processes", program.layout().processes());
    node.put("threadsPerProcess", program.layout().threadsPerProcess());
    node.put("forks", point.forks());
    node.set("throughput", throughput(point));
    node.set("nanosPerOp", Json.number(point.nanosPerOperation()));
    node.set("speedup", Json.estimate(point.speedup()));
    node.set("speedupFieller", Json.estimate(point.speedupFieller()));
    node.put("modes", point.modes());
    node.set("efficiency", Json.estimate(point.efficiency()));
    node.set("speedupOverSequential", Json.estimate(point.speedupOverSequential()));
    node.set("efficiencyOverSequential", Json.estimate(point.efficiencyOverSequential()));
    node.set("serialShare", Json.estimate(SerialShares.of(point, experiment.scaling())));
    node.set("scoredNanos", Json.number(nanos(point.scoredMillisMedian())));
    counts(point, node);
    node.put("invalidated", point.invalidated());
    node.put("failed", point.failed());
    node.put("disturbed", point.disturbed());
    node.put("missing", point.missing());
    node.set("fairness", Json.number(point.fairness()));
    node.set("startSkewNanos", Json.number(point.startSkewNanos()));
    node.set("cpuShare", Json.number(point.cpuShare()));
    node.set("edgeErrorShare", Json.number(point.edgeErrorShare()));
    node.set("batchOperations", Json.number(point.batchOperations()));
    node.put("oddlyCompiled", point.oddlyCompiled());
    ObjectNode steady = node.putObject("steadyState");
    for (SteadyState state : SteadyState.values()) {
      steady.put(state.key(), point.forksOf(state));
    }
    // Of a point without trials nobody knows how they would have run.
    boolean ran = point.forks() > 0 || !point.defects().isEmpty();
    if (ran) {
      node.put("pinned", point.pinned());
    } else {
      node.putNull("pinned");
    }
    node.put("notPinnedReason", point.notPinnedReason().isEmpty() ? null : point.notPinnedReason());
    node.put("collector", point.collector().isEmpty() ? null : point.collector());
    return node;
  }

  private static ObjectNode throughput(PointSummary point) {
    Estimate mean = point.throughputMean();
    Interval interval = mean == null ? null : mean.interval();
    ObjectNode node = Json.object();
    node.set("median", Json.number(point.throughputMedian()));
    node.set("mean", Json.number(mean == null ? null : mean.value()));
    node.set("ciLow", Json.number(interval == null ? null : interval.low()));
    node.set("ciHigh", Json.number(interval == null ? null : interval.high()));
    node.put("unit", "ops/s");
    ArrayNode forks = node.putArray("forks");
    point.forkThroughputs().forEach(forks::add);
    return node;
  }

  /// Counts of all completed trials. Frees are counted by the pair workloads alone.
  private static void counts(PointSummary point, ObjectNode node) {
    boolean increments = point.expectedUpdates() != null;
    boolean pairs = point.netError() != null;
    node.set("operations", Json.number(increments || pairs ? point.operations() : null));
    node.set("lostUpdates", Json.number(point.lostUpdates()));
    node.set("expectedUpdates", Json.number(point.expectedUpdates()));
    node.set("netError", Json.number(point.netError()));
    node.set("doubleFrees", Json.number(pairs ? point.doubleFrees() : null));
    node.set("prematureFrees", Json.number(pairs ? point.prematureFrees() : null));
    node.set("usesAfterFree", Json.number(pairs ? point.usesAfterFree() : null));
    node.set("leaks", Json.number(pairs ? point.leaks() : null));
    node.put("referenceCount", point.referenceCount());
    node.put("exactRequired", point.exactRequired());
    node.put("exactByConstruction", point.exactByConstruction());
    node.set("defects", Json.texts(point.defects()));
  }

  private static ArrayNode comparisons(List<Comparison> comparisons) {
    ArrayNode array = Json.array();
    for (Comparison comparison : comparisons) {
      ObjectNode node = array.addObject();
      node.put("strategy", comparison.strategy());
      node.put("reference", comparison.reference());
      node.put("parallelism", comparison.parallelism());
      node.set("ratio", Json.estimate(comparison.ratio()));
    }
    return array;
  }

  private static @Nullable Double nanos(@Nullable Double millis) {
    return millis == null ? null : Double.valueOf(millis * 1e6);
  }
}

package io.percore.coordinator.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.ThreadSample;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.MachineScaling;
import io.percore.coordinator.stats.MachineScaling.Baseline;
import io.percore.coordinator.stats.MachineScaling.Part;
import io.percore.coordinator.stats.MachineScaling.Rates;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The part of `summary.json` that is about several machines.
final class MachineJson {
  private MachineJson() {}

  static ObjectNode of(RunReport report, MachineScaling scaling) {
    ObjectNode root = Json.object();
    root.set("clockBoundNanos", Json.number(clockBound(report)));
    root.set("startSkewNanos", Json.number(startSkew(report)));
    ArrayNode hosts = root.putArray("hosts");
    report.machines().forEach(machine -> hosts.add(host(machine)));
    ArrayNode baselines = root.putArray("baselines");
    scaling.baselines().forEach(base -> baselines.add(baseline(base)));
    ArrayNode points = root.putArray("points");
    scaling.parts().forEach(part -> points.add(part(part)));
    return root;
  }

  /// How far the clocks of the machines may have been from what was assumed, in the worst trial;
  /// null where they read one clock.
  static @Nullable Long clockBound(RunReport report) {
    return completed(report)
        .map(Measurement::clockBoundNanos)
        .filter(Objects::nonNull)
        .max(Long::compare)
        .orElse(null);
  }

  /// How late the last thread began, in the worst trial; null without one.
  static @Nullable Long startSkew(RunReport report) {
    return completed(report)
        .flatMap(trial -> trial.threads().stream())
        .map(ThreadSample::startSkewNanos)
        .max(Long::compare)
        .orElse(null);
  }

  private static Stream<Measurement> completed(RunReport report) {
    return report.trials().stream()
        .filter(trial -> trial.outcome() instanceof Completed)
        .map(trial -> ((Completed) trial.outcome()).measurement());
  }

  private static ObjectNode host(Environment machine) {
    ObjectNode node = Json.object();
    node.put("hostName", machine.hostName());
    node.put("cpuModel", machine.cpuModel());
    node.put("onlineCpus", machine.onlineCpus());
    node.put("hardwareThreads", machine.hardwareThreads());
    return node;
  }

  private static ObjectNode baseline(Baseline base) {
    Program program = base.program();
    ObjectNode node = Json.object();
    node.put("discipline", program.discipline());
    node.put("collector", program.collector() == null ? null : program.collector().id());
    node.put("pinned", program.pinned());
    node.put("machine", base.machine());
    rates(node, base.rates());
    node.set("overFirst", Json.estimate(base.overFirst()));
    node.set("overAlone", Json.estimate(base.overAlone()));
    return node;
  }

  private static ObjectNode part(Part part) {
    ObjectNode node = Json.object();
    node.put("strategy", part.point().strategy().name());
    node.put("parallelism", part.point().parallelism());
    node.put("machine", part.machine());
    node.put("threads", part.threads());
    rates(node, part.rates());
    node.set("speedup", Json.estimate(part.speedup()));
    node.set("efficiency", Json.estimate(part.efficiency()));
    return node;
  }

  private static void rates(ObjectNode node, Rates rates) {
    Estimate mean = rates.mean();
    Interval interval = mean == null ? null : mean.interval();
    node.put("forks", rates.forks());
    ObjectNode throughput = node.putObject("throughput");
    throughput.set("median", Json.number(rates.median()));
    throughput.set("mean", Json.number(mean == null ? null : mean.value()));
    throughput.set("ciLow", Json.number(interval == null ? null : interval.low()));
    throughput.set("ciHigh", Json.number(interval == null ? null : interval.high()));
  }
}

package io.percore.coordinator.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.JobCost;
import io.percore.coordinator.stats.ProcessCost;
import java.util.List;
import java.util.Map;

/// What it costs to give work to processes, in `summary.json`.
final class ProcessCostJson {
  private ProcessCostJson() {}

  /// Adds the costs as `processCost`, where they were measured.
  static void add(RunReport report, ObjectNode summary) {
    List<ProcessCost> costs = ProcessCost.of(report.aside().called(), report.summary());
    if (costs.isEmpty()) {
      return;
    }
    List<JobCost> jobs = JobCost.of(report.aside().called(), report.summary());
    ArrayNode array = summary.putArray("processCost");
    for (ProcessCost cost : costs) {
      ObjectNode node = array.addObject();
      node.put("strategy", cost.strategy());
      node.put("parallelism", cost.parallelism());
      calls(cost, node.putArray("calls"));
      jobs.stream()
          .filter(job -> job.strategy().equals(cost.strategy()))
          .filter(job -> job.parallelism() == cost.parallelism())
          .forEach(job -> jobs(job, node));
    }
  }

  private static void calls(ProcessCost cost, ArrayNode calls) {
    for (ProcessCost.Piece piece : cost.pieces()) {
      ObjectNode node = calls.addObject();
      node.put("operations", piece.operations());
      node.put("forks", piece.forks());
      node.set("nanos", Json.number(piece.callNanos()));
      node.set("throughput", Json.number(piece.rate()));
      node.set("over", against(piece.against()));
    }
  }

  private static void jobs(JobCost cost, ObjectNode node) {
    node.set("startNanos", Json.number(cost.startNanos()));
    ArrayNode jobs = node.putArray("jobs");
    for (JobCost.Job job : cost.jobs()) {
      ObjectNode each = jobs.addObject();
      each.set("nanos", Json.number(job.nanos()));
      each.set("over", against(job.against()));
    }
  }

  private static ObjectNode against(Map<String, Estimate> against) {
    ObjectNode node = Json.object();
    against.forEach((strategy, ratio) -> node.set(strategy, Json.estimate(ratio)));
    return node;
  }
}

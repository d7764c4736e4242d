package io.percore.coordinator.report.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.report.Json;
import io.percore.coordinator.report.Renderer;
import io.percore.coordinator.report.RunReport;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.PointSummary;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What github-action-benchmark reads as `customBiggerIsBetter`: an array with name, value, unit,
/// range and extra of each point that has results.
///
/// The value is the mean throughput, the range its interval, which need not be symmetric.
final class GithubActionBenchmarkJson implements Renderer {
  @Override
  public void render(RunReport report, Writer out) throws IOException {
    ArrayNode benches = Json.array();
    for (PointSummary point : report.summary().points()) {
      Estimate mean = point.throughputMean();
      if (mean != null) {
        benches.add(bench(point, mean, report.experiment()));
      }
    }
    Json.write(benches, out);
  }

  private static ObjectNode bench(PointSummary point, Estimate mean, Experiment experiment) {
    ObjectNode node = Json.object();
    node.put("name", PointText.name(point, experiment));
    node.put("value", mean.value());
    node.put("unit", "ops/s");
    Interval interval = mean.interval();
    if (interval != null) {
      node.put("range", "95 % CI " + text(interval));
    }
    node.put("extra", String.join("\n", extra(point, experiment)));
    return node;
  }

  private static List<String> extra(PointSummary point, Experiment experiment) {
    List<String> lines = new ArrayList<>();
    lines.add("layout: " + point.point().program().layout());
    lines.add("forks: " + point.forks());
    add("speedup", point.speedup(), lines);
    add("speedup over sequential", point.speedupOverSequential(), lines);
    String parameters = PointText.parameters(point, experiment);
    if (!parameters.isEmpty()) {
      lines.add("parameters: " + parameters);
    }
    lines.addAll(PointText.notes(point));
    return lines;
  }

  private static void add(String name, @Nullable Estimate estimate, List<String> lines) {
    if (estimate != null) {
      Interval interval = estimate.interval();
      lines.add(
          name + ": " + digits(estimate.value()) + (interval == null ? "" : " " + text(interval)));
    }
  }

  private static String text(Interval interval) {
    return "[" + digits(interval.low()) + ", " + digits(interval.high()) + "]";
  }

  private static String digits(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}

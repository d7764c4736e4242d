package io.percore.coordinator.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.RunComparison;
import io.percore.coordinator.stats.RunComparison.PointChange;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Two runs side by side, as text and as JSON.
///
/// @param comparison what was found
/// @param differences what else than the code differs between the runs, a line each
public record ComparisonReport(RunComparison comparison, List<String> differences) {
  static final String SCHEMA = "percore-compare/1";

  private static final int LEAST_NAME = 8;

  public ComparisonReport {
    differences = List.copyOf(differences);
  }

  /// A comparison of two runs of the same workload.
  ///
  /// @param bound ratio below which a point has regressed, above 0
  public static ComparisonReport of(RunReport base, RunReport now, double bound) {
    return new ComparisonReport(
        RunComparison.of(base.summary().points(), now.summary().points(), bound),
        differences(base, now));
  }

  private static List<String> differences(RunReport base, RunReport now) {
    Environment before = base.environment();
    Environment after = now.environment();
    List<String> found = new ArrayList<>();
    differ(found, "host", before.hostName(), after.hostName());
    differ(found, "processor", before.cpuModel(), after.cpuModel());
    differ(found, "processors", before.hardwareThreads(), after.hardwareThreads());
    differ(found, "kernel", before.kernel(), after.kernel());
    differ(found, "JVM", before.jvm(), after.jvm());
    differ(found, "JVM arguments", before.jvmArguments(), after.jvmArguments());
    differ(found, "window", base.experiment().window(), now.experiment().window());
    differ(found, "warm-up", base.experiment().warmUp(), now.experiment().warmUp());
    return found;
  }

  private static void differ(List<String> found, String what, Object before, Object after) {
    if (!Objects.equals(before, after)) {
      found.add(what + " differs: " + before + " and " + after);
    }
  }

  /// Lines for a terminal, ended by line feeds.
  public String text() {
    int name =
        comparison.points().stream()
            .mapToInt(point -> point.strategy().length())
            .reduce(LEAST_NAME, Math::max);
    String form = "%-" + name + "s %4s  %-30s %-22s %-9s %s%n";
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT, form, "strategy", "N", "new / base [95 % CI]", "adjusted", "forks", ""));
    for (PointChange point : comparison.points()) {
      text.append(
          String.format(
                  Locale.ROOT,
                  form,
                  point.strategy(),
                  point.parallelism(),
                  ratio(point.ratio()),
                  interval(point.adjusted()),
                  point.baseForks() + ", " + point.newForks(),
                  word(point))
              .stripTrailing());
      text.append('\n');
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%nAdjusted intervals allow for %d comparisons: in equal runs at most 5 of 100 call any"
                + " point different.%nA point has regressed when its adjusted interval lies below"
                + " %s. What the machine did between the runs is in no interval.%n",
            comparison.points().size(),
            Quantities.number(bound())));
    comparison.onlyInBase().forEach(point -> text.append("only in the first: " + point + "\n"));
    comparison.onlyInNew().forEach(point -> text.append("only in the second: " + point + "\n"));
    differences.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private String word(PointChange point) {
    return switch (point.change()) {
          case SLOWER -> "slower";
          case FASTER -> "faster";
          case INDISTINGUISHABLE -> "indistinguishable";
          case UNKNOWN -> "unknown: fewer than two sound forks";
        }
        + (point.regressed()
            ? String.format(Locale.ROOT, ", regressed below %s", Quantities.number(bound()))
            : "");
  }

  private double bound() {
    return comparison.bound();
  }

  private static String ratio(@Nullable Estimate ratio) {
    return ratio == null
        ? "unknown"
        : Quantities.number(ratio.value()) + "x " + interval(ratio.interval());
  }

  private static String interval(@Nullable Interval interval) {
    return interval == null
        ? ""
        : "[" + Quantities.number(interval.low()) + ", " + Quantities.number(interval.high()) + "]";
  }

  /// Writes the JSON form.
  public void json(Writer out) throws IOException {
    ObjectNode root = Json.object();
    root.put("schema", SCHEMA);
    root.put("bound", comparison.bound());
    root.put("familyError", RunComparison.FAMILY_ERROR);
    root.put("regressed", comparison.regressed());
    root.set("points", points(comparison));
    comparison.onlyInBase().forEach(root.putArray("onlyInBase")::add);
    comparison.onlyInNew().forEach(root.putArray("onlyInNew")::add);
    differences.forEach(root.putArray("differences")::add);
    Json.write(root, out);
  }

  /// Every point as an object, in the order of the comparison.
  public static ArrayNode points(RunComparison comparison) {
    ArrayNode points = Json.array();
    for (PointChange point : comparison.points()) {
      ObjectNode node = points.addObject();
      node.put("strategy", point.strategy());
      node.put("parallelism", point.parallelism());
      node.put("baseForks", point.baseForks());
      node.put("newForks", point.newForks());
      Estimate ratio = point.ratio();
      node.set("ratio", Json.number(ratio == null ? null : ratio.value()));
      ends(node, "ci", ratio == null ? null : ratio.interval());
      ends(node, "adjusted", point.adjusted());
      node.put("change", point.change().name().toLowerCase(Locale.ROOT));
      node.put("regressed", point.regressed());
    }
    return points;
  }

  private static void ends(ObjectNode node, String name, @Nullable Interval interval) {
    node.set(name + "Low", Json.number(interval == null ? null : interval.low()));
    node.set(name + "High", Json.number(interval == null ? null : interval.high()));
  }
}

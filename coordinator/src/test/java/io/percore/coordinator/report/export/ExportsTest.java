package io.percore.coordinator.report.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percore.coordinator.plan.Scaling;
import io.percore.coordinator.report.Fixtures;
import io.percore.coordinator.report.RunReport;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.PointSummary;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What the readers of other tools' formats ask of a file, for runs of every kind, whether or not
/// these tools are installed: names and types of fields as they take them from it, and figures that
/// agree with the summary.
final class ExportsTest {
  /// Whole operations per second are written, and the fixtures' rounds add up to their window but
  /// for some nanoseconds.
  private static final Percentage ROUNDING = Percentage.withPercentage(0.1);

  static Stream<Arguments> runs() {
    return Stream.of(
        Arguments.of("default", Fixtures.defaultRun()),
        Arguments.of("quick", Fixtures.quickRun()),
        Arguments.of("one fork", Fixtures.oneFork()),
        Arguments.of("fixed work", Fixtures.fixedWork()),
        Arguments.of("weak scaling", Fixtures.weakScaling()),
        Arguments.of("pairs", Fixtures.pairs()),
        Arguments.of("both pinnings", Fixtures.bothPinnings()),
        Arguments.of("troubled", Fixtures.troubledRun()),
        Arguments.of("hostile", Fixtures.hostileNames()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void githubActionBenchmark(String name, RunReport report) throws IOException {
    JsonNode benches = json(ReportFormat.GITHUB_ACTION_BENCHMARK, report);
    List<PointSummary> points = known(report);
    assertThat(benches).hasSameSizeAs(points);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < points.size(); i++) {
      JsonNode bench = benches.get(i);
      assertThat(bench.fieldNames())
          .toIterable()
          .isSubsetOf("name", "value", "unit", "range", "extra");
      assertThat(names.add(text(bench, "name"))).as("names are unique").isTrue();
      assertThat(bench.get("value").doubleValue())
          .isEqualTo(mean(points.get(i)).value())
          .isPositive();
      assertThat(text(bench, "unit")).isEqualTo("ops/s");
      assertThat(bench.get("extra").isTextual()).isTrue();
      assertThat(bench.has("range")).isEqualTo(mean(points.get(i)).interval() != null);
      if (bench.has("range")) {
        assertThat(text(bench, "range")).matches("95 % CI \\[\\S+, \\S+]");
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void googleBenchmark(String name, RunReport report) throws IOException {
    JsonNode root = json(ReportFormat.GOOGLE_BENCHMARK, report);
    assertThat(text(root.get("context"), "date"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[+-]\\d\\d:\\d\\d");
    Map<String, List<JsonNode>> repetitions = new HashMap<>();
    Map<String, List<String>> aggregates = new HashMap<>();
    for (JsonNode row : root.get("benchmarks")) {
      assertThat(text(row, "time_unit")).isEqualTo("ns");
      assertThat(row.get("real_time").doubleValue()).isNotNegative();
      assertThat(row.get("cpu_time").doubleValue()).isNotNegative();
      assertThat(row.get("iterations").isIntegralNumber()).isTrue();
      assertThat(row.get("threads").isInt()).isTrue();
      if (text(row, "run_type").equals("iteration")) {
        assertThat(text(row, "name")).isEqualTo(text(row, "run_name"));
        assertThat(row.get("repetition_index").intValue())
            .isBetween(0, row.get("repetitions").intValue() - 1);
        repetitions.computeIfAbsent(text(row, "run_name"), _ -> new ArrayList<>()).add(row);
      } else {
        assertThat(text(row, "name"))
            .isEqualTo(text(row, "run_name") + "_" + text(row, "aggregate_name"));
        aggregates
            .computeIfAbsent(text(row, "run_name"), _ -> new ArrayList<>())
            .add(text(row, "aggregate_name"));
      }
    }
    assertThat(repetitions).hasSameSizeAs(known(report));
    for (PointSummary point : known(report)) {
      String pointName = PointText.name(point, report.experiment());
      List<JsonNode> rows = repetitions.getOrDefault(pointName, List.of());
      assertThat(rows)
          .extracting(row -> row.get("repetition_index").intValue())
          .isEqualTo(point.forkBlocks());
      for (int i = 0; i < rows.size(); i++) {
        assertThat(1e9 / rows.get(i).get("real_time").doubleValue())
            .isCloseTo(point.forkThroughputs().get(i), ROUNDING);
      }
      if (point.forks() > 1) {
        assertThat(aggregates.get(pointName)).containsExactly("mean", "median", "stddev", "cv");
      } else {
        assertThat(aggregates).doesNotContainKey(pointName);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void pyperf(String name, RunReport report) throws IOException {
    JsonNode root = json(ReportFormat.PYPERF, report);
    assertThat(text(root, "version")).isEqualTo("1.0");
    checkMetadata(root.get("metadata"));
    assertThat(text(root.get("metadata"), "unit")).isEqualTo("second");
    assertThat(root.get("benchmarks")).hasSameSizeAs(known(report));
    Set<String> names = new HashSet<>();
    Iterator<PointSummary> points = known(report).iterator();
    for (JsonNode benchmark : root.get("benchmarks")) {
      PointSummary point = points.next();
      checkMetadata(benchmark.get("metadata"));
      assertThat(names.add(text(benchmark.get("metadata"), "name"))).as("unique").isTrue();
      assertThat(benchmark.get("runs")).hasSize(point.forks());
      for (int i = 0; i < point.forks(); i++) {
        JsonNode run = benchmark.get("runs").get(i);
        checkMetadata(run.get("metadata"));
        double[] values = elements(run.get("values")).mapToDouble(JsonNode::doubleValue).toArray();
        assertThat(values).isNotEmpty();
        double sum = 0;
        for (double value : values) {
          assertThat(value).isPositive();
          sum += value;
        }
        assertThat(point.parallelism() * values.length / sum)
            .as("rate of fork %d of %s", i, point.strategy())
            .isCloseTo(point.forkThroughputs().get(i), ROUNDING);
      }
    }
  }

  /// As pyperf's reader has it: strings, numbers; nothing empty, no line breaks.
  private static void checkMetadata(JsonNode metadata) {
    metadata
        .properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              assertThat(value.isTextual() || value.isNumber()).as(entry.getKey()).isTrue();
              if (value.isTextual()) {
                assertThat(value.textValue().strip()).isNotEmpty().doesNotContain("\n", "\r");
              }
              if (entry.getKey().equals("loops")) {
                assertThat(value.isIntegralNumber()).isTrue();
                assertThat(value.longValue()).isPositive();
              }
            });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void jmh(String name, RunReport report) throws IOException {
    JsonNode benchmarks = json(ReportFormat.JMH, report);
    Scaling scaling = report.experiment().scaling();
    Iterator<PointSummary> points = known(report).iterator();
    Set<String> names = new HashSet<>();
    for (JsonNode benchmark : benchmarks) {
      PointSummary point = points.next();
      assertThat(text(benchmark, "benchmark").split("\\.", -1)).hasSize(3);
      assertThat(text(benchmark, "benchmark")).doesNotContainAnyWhitespaces();
      assertThat(names.add(text(benchmark, "benchmark") + benchmark.get("params"))).isTrue();
      assertThat(elements(benchmark.get("params"))).allMatch(JsonNode::isTextual);
      JsonNode metric = benchmark.get("primaryMetric");
      JsonNode rawData = metric.get("rawData");
      assertThat(rawData).hasSize(point.forks());
      int most = 0;
      for (int i = 0; i < rawData.size(); i++) {
        double[] rates = elements(rawData.get(i)).mapToDouble(JsonNode::doubleValue).toArray();
        most = Math.max(most, rates.length);
        double time = 0;
        for (double rate : rates) {
          time += 1 / rate;
        }
        assertThat(rates.length / time).isCloseTo(point.forkThroughputs().get(i), ROUNDING);
      }
      assertThat(benchmark.get("measurementIterations").intValue()).isEqualTo(most);
      if (!scaling.fixesWork()) {
        assertThat(most).isEqualTo(1);
      }
    }
    assertThat(points).isExhausted();
  }

  @Test
  void roundsOfFixedWorkAreJmhIterationsAndPyperfValues() throws IOException {
    RunReport report = Fixtures.fixedWork();
    int jmh = json(ReportFormat.JMH, report).get(0).at("/primaryMetric/rawData/0").size();
    int pyperf = json(ReportFormat.PYPERF, report).at("/benchmarks/0/runs/0/values").size();
    assertThat(jmh).isGreaterThan(1).isEqualTo(pyperf);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void willItScale(String name, RunReport report) throws IOException {
    List<String> lines = render(ReportFormat.WILL_IT_SCALE, report).lines().toList();
    assertThat(lines.getFirst())
        .isEqualTo("tasks,processes,processes_idle,threads,threads_idle,linear");
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      assertThat(cells).hasSize(6);
      assertThat(cells[0]).matches("\\d+");
      assertThat(List.of(cells[1], cells[3], cells[5])).allMatch(cell -> cell.matches("(\\d+)?"));
      assertThat(List.of(cells[2], cells[4]))
          .allMatch(cell -> cell.matches("(\\d{1,3}\\.\\d\\d)?"));
    }
  }

  @Test
  void processesAreComparedWithThreadsOfTheSameDiscipline() throws IOException {
    RunReport report = Fixtures.defaultRun();
    List<String> lines = render(ReportFormat.WILL_IT_SCALE, report).lines().toList();
    assertThat(lines).hasSize(5);
    double processes = mean("processes", 1, report);
    double threads = mean("global-lock", 1, report);
    for (int i = 2; i < 5; i++) {
      String[] cells = lines.get(i).split(",", -1);
      int n = Integer.parseInt(cells[0]);
      assertThat(Double.parseDouble(cells[1])).isCloseTo(mean("processes", n, report), ROUNDING);
      assertThat(Double.parseDouble(cells[3])).isCloseTo(mean("global-lock", n, report), ROUNDING);
      assertThat(Double.parseDouble(cells[5]))
          .isCloseTo(n * Math.max(processes, threads), ROUNDING);
    }
  }

  @Test
  void whatARunDoesNotHaveStaysBlank() throws IOException {
    assertThat(render(ReportFormat.WILL_IT_SCALE, Fixtures.oneFork()).lines())
        .last()
        .asString()
        .matches("1,,,\\d+,,\\d+");
    assertThat(render(ReportFormat.WILL_IT_SCALE, Fixtures.troubledRun()).lines())
        .last()
        .asString()
        .as("processes at N = 4 never completed")
        .matches("4,,,\\d+,,\\d+");
  }

  private static double mean(String strategy, int n, RunReport report) {
    return mean(report.summary().point(strategy, n).orElseThrow()).value();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void openMetrics(String name, RunReport report) throws IOException {
    String text = render(ReportFormat.OPENMETRICS, report);
    assertThat(text).endsWith("\n# EOF\n").doesNotContain("NaN", "Infinity", "\r");
    String family = "";
    Set<String> families = new HashSet<>();
    Set<String> series = new HashSet<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith("# TYPE ")) {
        family = line.split(" ", -1)[2];
        assertThat(families.add(family)).as("%s comes once", family).isTrue();
      } else if (line.startsWith("# UNIT ")) {
        assertThat(line.split(" ", -1)[2]).isEqualTo(family);
        assertThat(family).endsWith("_" + line.split(" ", -1)[3]);
      } else if (!line.startsWith("# ")) {
        assertThat(line)
            .startsWith(family + "{")
            .matches("[a-z_]+\\{([a-z_]+=\"([^\"\\\\]|\\\\[\\\\\"n])*\",?)+} -?[0-9.E-]+ \\d+");
        assertThat(series.add(line.substring(0, line.lastIndexOf("} ")))).isTrue();
      }
    }
    assertThat(text.lines().filter(line -> line.startsWith("percore_throughput_operations")))
        .hasSameSizeAs(known(report));
  }

  private static Estimate mean(PointSummary point) {
    return Objects.requireNonNull(point.throughputMean());
  }

  private static List<PointSummary> known(RunReport report) {
    return report.summary().points().stream().filter(p -> p.throughputMean() != null).toList();
  }

  private static String text(JsonNode node, String field) {
    assertThat(node.path(field).isTextual()).as(field).isTrue();
    assertThat(node.get(field).textValue()).isNotEmpty().doesNotContain("\n", "\u001b", "\u202e");
    return node.get(field).textValue();
  }

  private static Stream<JsonNode> elements(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false);
  }

  private static JsonNode json(ReportFormat format, RunReport report) throws IOException {
    return new ObjectMapper().readTree(render(format, report));
  }

  private static String render(ReportFormat format, RunReport report) throws IOException {
    StringWriter out = new StringWriter();
    format.create().render(report, out);
    return out.toString();
  }
}

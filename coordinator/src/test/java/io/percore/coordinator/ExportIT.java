package io.percore.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.percore.coordinator.report.Fixtures;
import io.percore.coordinator.report.RunReport;
import io.percore.coordinator.report.export.ReportFormat;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The programs that read percore's exports, on exports of runs of every kind. One that is not
/// installed is named where its test is skipped; `scripts/install-test-tools` installs them.
@Tag("untimed")
@Timeout(300)
final class ExportIT {
  /// The interpreter that Debian's Python modules belong to.
  private static final String PYTHON = "/usr/bin/python3";

  private static final Path COMPARE = Path.of("/usr/share/benchmark/compare.py");

  private static final String PARSE_OPENMETRICS =
      """
      import sys
      from prometheus_client.openmetrics.parser import text_string_to_metric_families
      families = list(text_string_to_metric_families(open(sys.argv[1], encoding='utf-8').read()))
      print(len(families), sum(len(family.samples) for family in families))
      """;

  private static final String PARSE_PYPERF =
      """
      import sys
      import pyperf
      for benchmark in pyperf.BenchmarkSuite.load(sys.argv[1]):
          print(benchmark.get_nrun(), benchmark.median(), benchmark.get_name())
      """;

  @TempDir private Path directory;

  static Stream<Arguments> runs() {
    return Stream.of(
        Arguments.of("default", Fixtures.defaultRun()),
        Arguments.of("one fork", Fixtures.oneFork()),
        Arguments.of("fixed work", Fixtures.fixedWork()),
        Arguments.of("pairs", Fixtures.pairs()),
        Arguments.of("troubled", Fixtures.troubledRun()),
        Arguments.of("hostile", Fixtures.hostileNames()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void googleBenchmarkComparesTwoRuns(String name, RunReport report) throws Exception {
    needs(COMPARE.toString(), Files.exists(COMPARE), "libbenchmark-tools");
    needs("SciPy", imports("scipy.stats"), "python3-scipy");
    Path file = export(ReportFormat.GOOGLE_BENCHMARK, report);
    String out = run(PYTHON, COMPARE.toString(), "--no-color", "benchmarks", str(file), str(file));
    long rows = out.lines().filter(line -> line.contains("+0.0000         +0.0000")).count();
    long expected =
        report.summary().points().stream()
            .mapToLong(point -> point.forks() + (point.forks() > 1 ? 4 : 0))
            .sum();
    assertThat(rows).as(out).isGreaterThanOrEqualTo(expected);
    assertThat(out.contains("_pvalue"))
        .as("it tests for a difference where there are repetitions")
        .isEqualTo(report.experiment().forks() > 1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void theParserOfOpenMetricsTakesEverySample(String name, RunReport report) throws Exception {
    needs(
        "the OpenMetrics parser",
        imports("prometheus_client.openmetrics.parser"),
        "python3-prometheus-client");
    Path file = export(ReportFormat.OPENMETRICS, report);
    assertThat(run(PYTHON, "-c", PARSE_OPENMETRICS, str(file)).strip())
        .isEqualTo(families(file) + " " + samples(file));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void prometheusTakesEverySample(String name, RunReport report) throws Exception {
    Path promtool = promtool();
    needs("promtool", Files.isExecutable(promtool), "prometheus");
    Path file = export(ReportFormat.OPENMETRICS, report);
    String blocks = str(directory.resolve("blocks"));
    // What a server would have made, and the dump asks for.
    Files.createDirectories(directory.resolve("blocks/wal"));
    run(str(promtool), "tsdb", "create-blocks-from", "openmetrics", str(file), blocks);
    String dump = run(str(promtool), "tsdb", "dump", blocks);
    assertThat(dump.lines().filter(line -> line.startsWith("{__name__=\"percore_")))
        .as(dump)
        .hasSize((int) samples(file));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void pyperfLoadsEveryBenchmark(String name, RunReport report) throws Exception {
    needs("pyperf", imports("pyperf"), "python3-pyperf, which not every release has");
    Path file = export(ReportFormat.PYPERF, report);
    long known = report.summary().points().stream().filter(point -> point.forks() > 0).count();
    assertThat(run(PYTHON, "-c", PARSE_PYPERF, str(file)).lines()).hasSize((int) known);
    run(PYTHON, "-m", "pyperf", "compare_to", str(file), str(file));
  }

  private Path export(ReportFormat format, RunReport report) throws IOException {
    Path file = directory.resolve(format.id());
    try (Writer out = Files.newBufferedWriter(file)) {
      format.create().render(report, out);
    }
    return file;
  }

  private static long families(Path file) throws IOException {
    return Files.readString(file).lines().filter(line -> line.startsWith("# TYPE ")).count();
  }

  private static long samples(Path file) throws IOException {
    return Files.readString(file).lines().filter(line -> !line.startsWith("#")).count();
  }

  private static Path promtool() {
    Path unpacked =
        Path.of(
            System.getProperty("percore.home"), "target/test-tools/prometheus/usr/bin/promtool");
    return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":", -1))
        .map(entry -> Path.of(entry, "promtool"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(unpacked);
  }

  private static void needs(String tool, boolean there, String source) {
    String reason = tool + " is not installed (Debian: " + source + ")";
    if (!there) {
      System.out.println("skipped: " + reason);
    }
    assumeTrue(there, reason);
  }

  private boolean imports(String module) throws Exception {
    return Files.isExecutable(Path.of(PYTHON)) && exitCode(PYTHON, "-c", "import " + module) == 0;
  }

  private static String str(Path path) {
    return path.toString();
  }

  private String run(String... command) throws Exception {
    int code = exitCode(command);
    String out = Files.readString(directory.resolve("out.txt"));
    assertThat(code).as(out).isZero();
    return out;
  }

  private int exitCode(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out.txt").toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends: %s", command[0]).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }
}

package io.percore.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percore.coordinator.report.export.ReportFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Compares every format with a file of what it should be. To write the files anew, run with
/// `-Dgolden.write=true` and read the difference.
public class GoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Pattern LONG_NUMBER = Pattern.compile("-?\\d+\\.\\d{5,}(E-?\\d+)?");

  /// The page is too large to be read as a difference: it has tests of its own.
  static Stream<ReportFormat> textFormats() {
    return Arrays.stream(ReportFormat.values()).filter(format -> !format.id().equals("html"));
  }

  @ParameterizedTest
  @MethodSource("textFormats")
  void everyFormatOfATroubledRun(ReportFormat format) throws IOException {
    check("troubled." + format.id(), render(format, Fixtures.troubledRun()));
  }

  @ParameterizedTest
  @MethodSource("textFormats")
  void everyFormatOfHostileNames(ReportFormat format) throws IOException {
    check("hostile." + format.id(), render(format, Fixtures.hostileNames()));
  }

  @Test
  void tables() throws IOException {
    check("default.txt", ConsoleTable.render(Fixtures.defaultRun(), 160, false));
    check("default-80.txt", ConsoleTable.render(Fixtures.defaultRun(), 80, false));
    check("troubled.txt", ConsoleTable.render(Fixtures.troubledRun(), 160, true));
    check("hostile-80.txt", ConsoleTable.render(Fixtures.hostileNames(), 80, false));
    check("fixed-work.txt", ConsoleTable.render(Fixtures.fixedWork(), 120, false));
    check("weak.txt", ConsoleTable.render(Fixtures.weakScaling(), 120, false));
    check("weak.md", render(ReportFormat.MARKDOWN, Fixtures.weakScaling()));
    check("one-fork.txt", ConsoleTable.render(Fixtures.oneFork(), 120, false));
    check("pairs.txt", ConsoleTable.render(Fixtures.pairs(), 160, false));
  }

  /// Fixed work has several rounds in each fork, which these formats show.
  @ParameterizedTest
  @EnumSource(names = {"JMH", "PYPERF", "WILL_IT_SCALE"})
  void roundsOfFixedWork(ReportFormat format) throws IOException {
    check("fixed-work." + format.id(), render(format, Fixtures.fixedWork()));
  }

  @Test
  void verdicts() throws IOException {
    StringBuilder text = new StringBuilder();
    for (RunReport report :
        List.of(
            Fixtures.defaultRun(),
            Fixtures.quickRun(),
            Fixtures.oneFork(),
            Fixtures.fixedWork(),
            Fixtures.pairs(),
            Fixtures.troubledRun(),
            Fixtures.sixteenCores())) {
      Verdict.sentences(report.summary(), report.experiment(), report.catalogue())
          .forEach(sentence -> text.append(sentence).append('\n'));
      text.append('\n');
    }
    check("verdicts.txt", text.toString());
  }

  @Test
  void fixedWorkIsWrittenInMarkdownToo() throws IOException {
    assertThat(render(ReportFormat.MARKDOWN, Fixtures.fixedWork()))
        .containsPattern(
            "    racy, N = 4: expected 4000000, observed \\d+, lost \\d+ \\(\\d+\\.\\d %\\), \\S+"
                + " ms");
  }

  @Test
  void csvHasARowOfEqualLengthForEachPoint() throws IOException {
    RunReport report = Fixtures.defaultRun();
    String csv = render(ReportFormat.CSV, report);

    assertThat(csv).endsWith("\r\n");
    List<String> lines = List.of(csv.strip().split("\r\n", -1));
    assertThat(lines).hasSize(1 + report.summary().points().size());
    assertThat(lines)
        .allMatch(line -> line.split(",", -1).length == lines.getFirst().split(",", -1).length);
  }

  @Test
  void jsonSaysNullForWhatIsUnknown() throws IOException {
    JsonNode points =
        new ObjectMapper()
            .readTree(render(ReportFormat.JSON, Fixtures.troubledRun()))
            .get("points");
    JsonNode missing = null;
    for (JsonNode point : points) {
      if (point.get("strategy").asText().equals("processes")
          && point.get("parallelism").asInt() == 4) {
        missing = point;
      }
      if (point.get("parallelism").asInt() == 1) {
        assertThat(point.get("speedup").get("value").asDouble()).isEqualTo(1);
        assertThat(point.get("speedup").get("ciLow").isNull()).isTrue();
      }
    }
    assertThat(missing).isNotNull();
    assertThat(missing.get("forks").asInt()).isZero();
    assertThat(missing.get("missing").asInt()).isEqualTo(6);
    for (String figure :
        List.of(
            "nanosPerOp", "lostUpdates", "expectedUpdates", "operations", "fairness", "pinned")) {
      assertThat(missing.get(figure).isNull()).as(figure).isTrue();
    }
    assertThat(missing.get("throughput").get("median").isNull()).isTrue();
    assertThat(missing.get("speedup").get("value").isNull()).isTrue();
  }

  @Test
  void jmhScoresRestOnTheRawData() throws IOException {
    JsonNode benchmarks =
        new ObjectMapper().readTree(render(ReportFormat.JMH, Fixtures.defaultRun()));
    assertThat(benchmarks).hasSize(22);
    for (JsonNode benchmark : benchmarks) {
      JsonNode metric = benchmark.get("primaryMetric");
      double sum = 0;
      for (JsonNode fork : metric.get("rawData")) {
        assertThat(fork).hasSize(1);
        sum += fork.get(0).asDouble();
      }
      assertThat(metric.get("rawData")).hasSize(benchmark.get("forks").asInt());
      assertThat(metric.get("score").asDouble())
          .isCloseTo(sum / 6, Percentage.withPercentage(1e-9));
    }
  }

  @ParameterizedTest
  @EnumSource
  void formatsAreFoundByTheirId(ReportFormat format) {
    assertThat(ReportFormat.byId(format.id())).contains(format);
    assertThat(format.title()).isNotBlank();
  }

  private static String render(ReportFormat format, RunReport report) throws IOException {
    StringWriter out = new StringWriter();
    format.create().render(report, out);
    return out.toString();
  }

  /// Compares a text with a golden file.
  public static void check(String name, String actual) throws IOException {
    String shown = withoutLastDigits(actual.replace("\r\n", "\n"));
    Path file = GOLDEN.resolve(name);
    if (Boolean.getBoolean("golden.write")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, shown);
    }
    assertThat(file).exists();
    assertThat(shown).isEqualTo(Files.readString(file));
  }

  /// Nine digits: the last ones may differ between processors.
  private static String withoutLastDigits(String text) {
    Matcher number = LONG_NUMBER.matcher(text);
    return number.replaceAll(
        match -> {
          BigDecimal digits = new BigDecimal(match.group());
          return digits.precision() <= 9
              ? match.group()
              : digits.round(new MathContext(9)).stripTrailingZeros().toPlainString();
        });
  }
}

package io.percore.coordinator.report.export;

import io.percore.coordinator.report.CsvSummary;
import io.percore.coordinator.report.HtmlReport;
import io.percore.coordinator.report.JsonSummary;
import io.percore.coordinator.report.MarkdownSummary;
import io.percore.coordinator.report.Renderer;
import java.util.Arrays;
import java.util.Optional;

/// The formats in which a run can be written.
public enum ReportFormat {
  JSON("json", "JSON summary, schema " + JsonSummary.SCHEMA),
  CSV("csv", "one row for each point, base units"),
  MARKDOWN("markdown", "verdict and table for a README or a comment"),
  JMH("jmh", "JMH's JSON result, for JMH Visualizer and github-action-benchmark"),
  GITHUB_ACTION_BENCHMARK(
      "github-action-benchmark", "github-action-benchmark's customBiggerIsBetter JSON"),
  GOOGLE_BENCHMARK("google-benchmark", "Google Benchmark's JSON, for its tools/compare.py"),
  PYPERF("pyperf", "pyperf's JSON, for pyperf compare_to and its other commands"),
  WILL_IT_SCALE("will-it-scale", "will-it-scale's CSV of processes against threads"),
  OPENMETRICS("openmetrics", "OpenMetrics text, for Prometheus and what reads its format"),
  HTML("html", "page with charts and every figure; needs nothing else");

  private final String id;
  private final String title;

  ReportFormat(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /// The name on the command line.
  public String id() {
    return id;
  }

  /// One line for people.
  public String title() {
    return title;
  }

  /// A renderer for this format.
  public Renderer create() {
    return switch (this) {
      case JSON -> new JsonSummary();
      case CSV -> new CsvSummary();
      case MARKDOWN -> new MarkdownSummary();
      case JMH -> new JmhJson();
      case GITHUB_ACTION_BENCHMARK -> new GithubActionBenchmarkJson();
      case GOOGLE_BENCHMARK -> new GoogleBenchmarkJson();
      case PYPERF -> new PyperfJson();
      case WILL_IT_SCALE -> new WillItScaleCsv();
      case OPENMETRICS -> new OpenMetrics();
      case HTML -> new HtmlReport();
    };
  }

  /// The format of that name.
  public static Optional<ReportFormat> byId(String id) {
    return Arrays.stream(values()).filter(format -> format.id.equals(id)).findFirst();
  }
}

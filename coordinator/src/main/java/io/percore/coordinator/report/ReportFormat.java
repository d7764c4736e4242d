package io.percore.coordinator.report;

import java.util.Arrays;
import java.util.Optional;

/// The formats in which a run can be written.
public enum ReportFormat {
  JSON("json", "JSON summary, schema " + JsonSummary.SCHEMA),
  CSV("csv", "one row for each point, base units"),
  MARKDOWN("markdown", "verdict and table for a README or a comment"),
  JMH("jmh", "JMH's JSON result, for tools that read it"),
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
      case HTML -> new HtmlReport();
    };
  }

  /// The format of that name.
  public static Optional<ReportFormat> byId(String id) {
    return Arrays.stream(values()).filter(format -> format.id.equals(id)).findFirst();
  }
}

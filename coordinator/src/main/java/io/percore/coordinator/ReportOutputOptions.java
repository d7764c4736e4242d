package io.percore.coordinator;

import picocli.CommandLine.Option;

/// Options of commands whose result is the report of a run.
final class ReportOutputOptions extends ConsoleOptions {
  /// How a report is printed.
  enum Format {
    TEXT,
    JSON,
    MARKDOWN
  }

  @Option(
      names = "--format",
      paramLabel = "text|json|markdown",
      defaultValue = "text",
      description = "Form of the result on standard output (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TEXT;

  Format format() {
    return format;
  }
}

package io.percore.coordinator;

import picocli.CommandLine.Option;

/// Options of commands whose result is a text or JSON.
final class OutputOptions extends ConsoleOptions {
  /// How results are printed.
  enum Format {
    TEXT,
    JSON
  }

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "Form of the result on standard output (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TEXT;

  boolean json() {
    return format == Format.JSON;
  }
}

package io.percore.coordinator;

import picocli.CommandLine.Option;

/// Options about what is printed, Standard output is for results, standard error for progress.
final class OutputOptions {
  private static final int WIDE = 200;

  /// How results are printed.
  enum Format {
    TEXT,
    JSON
  }

  /// When results are coloured.
  enum Color {
    AUTO,
    ALWAYS,
    NEVER
  }

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "Form of the result on standard output (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TEXT;

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress on standard error.")
  private boolean quiet;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description =
          "Colour: auto (on a terminal, unless NO_COLOR is set), always, never. Default:"
              + " ${DEFAULT-VALUE}.")
  private Color color = Color.AUTO;

  boolean quiet() {
    return quiet;
  }

  boolean json() {
    return format == Format.JSON;
  }

  /// Whether standard error is a terminal.
  boolean progressOnTerminal() {
    return terminal("percore.stderr.terminal");
  }

  /// Whether results are coloured.
  boolean coloured() {
    return switch (color) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO ->
          terminal("percore.stdout.terminal")
              && System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
    };
  }

  /// Columns of the terminal, or plenty where results go elsewhere.
  int width() {
    String told = System.getProperty("percore.stdout.columns", "");
    return told.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(told) : WIDE;
  }

  /// The launching script tells what each stream is: Java knows of a terminal only as a whole.
  /// Untold, a stream is none.
  private static boolean terminal(String property) {
    return Boolean.getBoolean(property);
  }
}

package io.percore.coordinator;

import picocli.CommandLine.Option;

/// Options about how things are said. Standard output is for results, standard error for progress.
abstract class ConsoleOptions {
  /// When results are coloured.
  enum Color {
    AUTO,
    ALWAYS,
    NEVER
  }

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress on standard error.")
  private boolean quiet;

  @Option(
      names = "--color",
      paramLabel = "auto|always|never",
      defaultValue = "auto",
      description =
          "Colour: auto (on a terminal, unless NO_COLOR is set; everywhere when CLICOLOR_FORCE is),"
              + " always, never. Default: ${DEFAULT-VALUE}.")
  private Color color = Color.AUTO;

  boolean quiet() {
    return quiet;
  }

  Color color() {
    return color;
  }

  /// Whether results are coloured.
  boolean coloured() {
    return switch (color) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> Terminal.coloured(System.getenv(), Terminal.isOutput());
    };
  }
}

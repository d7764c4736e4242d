package io.percore.coordinator.report.chart;

/// The colours of a figure's file: those of the page around it, or always the same.
public enum Colours {
  /// Light or dark as the system of whoever looks at it is.
  ADAPTIVE(""),
  /// Light everywhere.
  LIGHT("-light"),
  /// Dark everywhere.
  DARK("-dark");

  private static final String WHERE_DARK = "@media screen and (prefers-color-scheme: dark) {\n";

  private final String suffix;

  Colours(String suffix) {
    this.suffix = suffix;
  }

  /// Name of a figure's file in these colours.
  ///
  /// @param figure name of the figure
  public String fileName(String figure) {
    return figure + suffix + ".svg";
  }

  /// The style that figures need.
  String style() {
    String light = Resources.text(Colours.class, "chart.css");
    String dark = Resources.text(Colours.class, "chart-dark.css");
    return switch (this) {
      case ADAPTIVE -> light + WHERE_DARK + dark.indent(2) + "}\n";
      case LIGHT -> light;
      case DARK -> light + dark;
    };
  }
}

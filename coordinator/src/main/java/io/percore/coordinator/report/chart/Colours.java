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
    return switch (this) {
      case ADAPTIVE -> Sheets.LIGHT + WHERE_DARK + Sheets.DARK.indent(2) + "}\n";
      case LIGHT -> Sheets.LIGHT;
      case DARK -> Sheets.LIGHT + Sheets.DARK;
    };
  }

  /// Read once for all files of a report.
  private static final class Sheets {
    static final String LIGHT = Resources.text(Colours.class, "chart.css");
    static final String DARK = Resources.text(Colours.class, "chart-dark.css");

    private Sheets() {}
  }
}

package io.percore.coordinator.report;

/// Signs that a page can show and a terminal perhaps not.
public final class Typography {
  private Typography() {}

  /// Generated text with the multiplication sign and the micro sign in its figures, and no line
  /// break within one. Names such as `atomic@2x2` stay as they are.
  public static String of(String text) {
    return text.replaceAll("(?<=\\d)x(?![\\w-])", "×")
        .replaceAll("(?<=\\d) us(?!\\w)", " µs")
        .replaceAll("(?<=\\d) (?=(?:%|[kMGTP]|[nµm]?s|[KMGT]i?B|ops/s)(?!\\w))", "\u00a0")
        .replaceAll("(?<=[kMGTP]) (?=ops/s)|(?<=%) (?=CI)|(?<=N) (?== \\d)|(?<=N =) ", "\u00a0");
  }

  /// `10 M` for `10.0 M`, `0.5x` for `0.500x`: round values need no digits to show their precision.
  static String withoutTrailingZeros(String number) {
    return number.replaceAll("(\\.\\d*?)0+(?!\\d)", "$1").replaceAll("\\.(?!\\d)", "");
  }
}

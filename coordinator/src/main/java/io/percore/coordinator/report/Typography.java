package io.percore.coordinator.report;

import java.util.regex.Pattern;

/// Signs that a page can show and a terminal perhaps not.
public final class Typography {
  /// Each begins with the sign itself, and looks behind only where that is.
  private static final Pattern TIMES = Pattern.compile("x(?<=\\dx)(?![\\w-])");

  private static final Pattern MICROSECONDS = Pattern.compile(" us(?<=\\d us)(?!\\w)");
  private static final Pattern MINUS =
      Pattern.compile("-(?:(?<![^\\s(\\[]-)(?=\\d|inf\\b)|(?<=\\b\\d\\.\\d{1,9}e-)(?=\\d))");
  private static final Pattern WITHIN =
      Pattern.compile(
          " (?:(?<=\\d )(?=(?:%|min|[kMGTP]|[nµm]?s|[KMGT]i?B|ops/s)(?!\\w))"
              + "|(?<=[kMGTP] )(?=ops/s)|(?<=% )(?=CI)|(?<=N )(?== \\d)|(?<=N = ))");
  private static final Pattern INTERVAL = Pattern.compile("\\[−?\\d[^\\[\\]]{0,40}\\]");
  private static final Pattern ZEROS = Pattern.compile("(\\.\\d*?)0+(?!\\d)");
  private static final Pattern BARE_POINT = Pattern.compile("\\.(?!\\d)");

  private Typography() {}

  /// Generated text with the signs for minus, times and micro in its figures, and no line break
  /// within one or within an interval. Names such as `atomic@2x2` stay as they are.
  public static String of(String text) {
    String signs = text;
    signs = replaced(signs, '-', MINUS, "−");
    signs = replaced(signs, 'x', TIMES, "×");
    signs = replaced(signs, 'u', MICROSECONDS, " µs");
    signs = replaced(signs, ' ', WITHIN, "\u00a0");
    return signs.indexOf('[') < 0
        ? signs
        : INTERVAL.matcher(signs).replaceAll(ends -> ends.group().replace(' ', '\u00a0'));
  }

  /// Most texts are a figure or two without the letter that a pattern looks for.
  private static String replaced(String text, char sign, Pattern pattern, String replacement) {
    return text.indexOf(sign) < 0 ? text : pattern.matcher(text).replaceAll(replacement);
  }

  /// `10 M` for `10.0 M`, `0.5x` for `0.500x`: round values need no digits to show their precision.
  static String withoutTrailingZeros(String number) {
    return BARE_POINT.matcher(ZEROS.matcher(number).replaceAll("$1")).replaceAll("");
  }
}

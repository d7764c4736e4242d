package io.percore.coordinator.report;

/// Makes names, reasons and titles from elsewhere harmless where they are shown as text.
public final class PlainText {
  private PlainText() {}

  /// The text with every character that could steer a terminal or reorder a line written as
  /// `\\uXXXX`: control and format characters (escape, bell, line breaks, bidirectional overrides),
  /// separators of lines and unpaired surrogates.
  public static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (steers(c)) {
                printable.append(String.format("\\u%04x", c));
              } else {
                printable.appendCodePoint(c);
              }
            });
    return printable.toString();
  }

  private static boolean steers(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }

  /// At most `width` characters, the last one an ellipsis where something was cut off.
  static String cut(String text, int width) {
    int length = text.codePointCount(0, text.length());
    return length <= width
        ? text
        : text.substring(0, text.offsetByCodePoints(0, Math.max(0, width - 1))) + "…";
  }
}

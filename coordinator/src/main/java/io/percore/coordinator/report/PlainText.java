package io.percore.coordinator.report;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.Map;

/// Makes text fit to be shown: names, reasons and titles from elsewhere harmless, lines short
/// enough, signs such that the reader's encoding has them.
public final class PlainText {
  /// Signs of generated text, and what stands for each of them in ASCII; of the same width where
  /// they occur in columns.
  private static final Map<Integer, String> ASCII =
      Map.ofEntries(
          Map.entry((int) '▁', "."),
          Map.entry((int) '▂', ":"),
          Map.entry((int) '▃', "-"),
          Map.entry((int) '▄', "="),
          Map.entry((int) '▅', "+"),
          Map.entry((int) '▆', "*"),
          Map.entry((int) '▇', "#"),
          Map.entry((int) '█', "@"),
          Map.entry((int) '·', "?"),
          Map.entry((int) '…', "~"),
          Map.entry((int) '±', "+-"));

  private PlainText() {}

  /// The text in characters that a charset has: bars of a sparkline become a ramp of ASCII signs,
  /// an ellipsis a tilde, what is left a question mark.
  public static String encodable(String text, Charset charset) {
    CharsetEncoder encoder = charset.newEncoder();
    if (encoder.canEncode(text)) {
      return text;
    }
    StringBuilder encodable = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (encoder.canEncode(Character.toString(c))) {
                encodable.appendCodePoint(c);
              } else {
                encodable.append(ASCII.getOrDefault(c, "?"));
              }
            });
    return encodable.toString();
  }

  /// The text in lines of at most `width` characters, broken at spaces, the second and later ones
  /// indented by two. A word that is longer stands on a line of its own.
  public static String wrapped(String text, int width) {
    StringBuilder wrapped = new StringBuilder(text.length());
    int used = 0;
    for (String word : text.split(" ", -1)) {
      int length = word.codePointCount(0, word.length());
      if (used > 0 && used + 1 + length > width) {
        wrapped.append("\n  ");
        used = 2;
      } else if (!wrapped.isEmpty()) {
        wrapped.append(' ');
        used++;
      }
      wrapped.append(word);
      used += length;
    }
    return wrapped.toString();
  }

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
  public static String cut(String text, int width) {
    int length = text.codePointCount(0, text.length());
    return length <= width
        ? text
        : text.substring(0, text.offsetByCodePoints(0, Math.max(0, width - 1))) + "…";
  }
}

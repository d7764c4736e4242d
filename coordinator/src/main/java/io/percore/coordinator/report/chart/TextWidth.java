package io.percore.coordinator.report.chart;

import java.util.ArrayList;
import java.util.List;

/// Estimates how wide text is drawn, without fonts: an SVG is shown with whatever sans-serif face
/// its viewer has. The estimate follows DejaVu Sans, among the widest in common use, so that real
/// text is hardly ever wider.
final class TextWidth {
  private static final double BOLD = 1.13;

  private TextWidth() {}

  /// Width of `text` at a font size.
  static double of(String text, double fontSize, boolean bold) {
    double ems = text.codePoints().mapToDouble(TextWidth::ems).sum();
    return ems * fontSize * (bold ? BOLD : 1);
  }

  /// The text, or as much of it as fits with an ellipsis.
  static String fitted(String text, double fontSize, boolean bold, double width) {
    if (of(text, fontSize, bold) <= width) {
      return text;
    }
    int end = text.length();
    while (end > 0 && of(text.substring(0, end) + "…", fontSize, bold) > width) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end) + "…";
  }

  /// The text in lines that are no wider, broken between words. A word that is too wide by itself
  /// ends in an ellipsis.
  static List<String> wrapped(String text, double fontSize, boolean bold, double width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && of(line + " " + word, fontSize, bold) > width) {
        lines.add(fitted(line.toString(), fontSize, bold, width));
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(fitted(line.toString(), fontSize, bold, width));
    return lines;
  }

  private static double ems(int c) {
    if (c > 0x7f) {
      return c == '…' || c == 'µ' || c == '×' ? 1 : wide(c);
    }
    if (Character.isDigit(c)) {
      return 0.64;
    }
    if (Character.isUpperCase(c)) {
      return c == 'M' || c == 'W' ? 1 : c == 'I' || c == 'J' ? 0.4 : 0.78;
    }
    return switch (c) {
      case 'm', 'w', '@', '%' -> 1;
      case 'i', 'j', 'l', '.', ',', ':', ';', '|', '\'', ' ', '/', '\\', '-' -> 0.37;
      case 'f', 't', 'r', '(', ')', '[', ']', '!', '"' -> 0.45;
      case '+', '=', '<', '>', '~', '#', '^', '&' -> 0.84;
      default -> 0.64;
    };
  }

  private static double wide(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> 1.05;
    };
  }
}

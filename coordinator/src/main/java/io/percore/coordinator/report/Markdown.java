package io.percore.coordinator.report;

import java.util.List;

/// Pieces of GitHub's Markdown.
public final class Markdown {
  private static final String ACTIVE = "\\`*_<>#|~&$";

  private Markdown() {}

  /// A row of a table, with its line feed.
  ///
  /// @param cells escaped
  public static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  /// Any text, shown as it is. Brackets alone do nothing, so that intervals stay readable; a link
  /// needs one before a parenthesis.
  public static String text(String text) {
    StringBuilder escaped = new StringBuilder();
    char previous = ' ';
    for (char c : PlainText.printable(text).toCharArray()) {
      if (ACTIVE.indexOf(c) >= 0 || (c == '(' && previous == ']')) {
        escaped.append('\\');
      }
      escaped.append(c);
      previous = c;
    }
    return escaped.toString();
  }
}

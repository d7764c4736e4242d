package io.percore.coordinator.report.chart;

import java.util.ArrayDeque;
import java.util.Deque;

/// Writes elements that are well-formed both as XML and as HTML, and escapes every text and every
/// attribute value on the way, so that no name or reason can become markup. Not thread-safe.
public final class Markup {
  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /// Begins an element.
  ///
  /// @param attributes names and values in turn; numbers are written with at most one decimal
  public Markup open(String name, Object... attributes) {
    tag(name, attributes);
    out.append('>');
    open.push(name);
    return this;
  }

  /// Ends the element that was begun last.
  public Markup close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /// An element that holds nothing but text.
  public Markup element(String name, String text, Object... attributes) {
    return open(name, attributes).text(text).close();
  }

  /// An element without content: one of SVG, or a void one of HTML.
  public Markup empty(String name, Object... attributes) {
    tag(name, attributes);
    out.append("/>");
    return this;
  }

  /// Text.
  public Markup text(String text) {
    escape(text);
    return this;
  }

  /// Markup that this program wrote itself: output of another instance, or a resource of its own.
  public Markup trusted(String markup) {
    out.append(markup);
    return this;
  }

  /// A line break between elements, for those who read the source.
  public Markup line() {
    out.append('\n');
    return this;
  }

  /// What was written.
  ///
  /// @throws IllegalStateException when an element is still open
  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("<" + open.peek() + "> is still open");
    }
    return out.toString();
  }

  private void tag(String name, Object... attributes) {
    out.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      if (attributes[i + 1] instanceof Double number) {
        out.append(number(number));
      } else {
        escape(attributes[i + 1].toString());
      }
      out.append('"');
    }
  }

  /// A coordinate: a tenth of a pixel is finer than the eye.
  static String number(double value) {
    // A page has thousands of them, and formats are slow.
    long tenths = Math.round(10 * Math.abs(value));
    String text = (value < 0 ? "-" : "") + tenths / 10;
    return tenths % 10 == 0 ? text : text + "." + tenths % 10;
  }

  private void escape(String text) {
    int plain = 0;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      int next = at + Character.charCount(c);
      String written =
          switch (c) {
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '&' -> "&amp;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> allowed(c) ? "" : "\ufffd";
          };
      if (!written.isEmpty()) {
        out.append(text, plain, at).append(written);
        plain = next;
      }
      at = next;
    }
    out.append(text, plain, text.length());
  }

  /// Characters of XML 1.0, less those that reorder what surrounds them.
  private static boolean allowed(int c) {
    boolean xml =
        c == '\n'
            || c == '\t'
            || (c >= 0x20 && c < 0x7f)
            || (c >= 0xa0 && c <= 0xd7ff)
            || (c >= 0xe000 && c <= 0xfffd)
            || c >= 0x10000;
    boolean reorders = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    return xml && !reorders;
  }
}

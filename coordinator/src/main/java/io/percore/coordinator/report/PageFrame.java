package io.percore.coordinator.report;

import io.percore.coordinator.report.chart.Markup;
import io.percore.coordinator.report.chart.Resources;
import io.percore.coordinator.report.chart.Svg;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// What every page has around its content: styles, script, and a security policy that allows these
/// by their hashes and nothing else, so that no request leaves the page.
public final class PageFrame {
  private PageFrame() {}

  /// A whole page. It needs an element `charts`, which the skip link leads to.
  ///
  /// @param title plain text
  /// @param footer plain text
  /// @param content markup of what is between
  /// @param readings figures of its charts, as JSON that can stand in a script element
  public static String page(String title, String footer, String content, String readings) {
    Markup page = new Markup();
    page.trusted("<!DOCTYPE html>").line();
    page.open("html", "lang", "en");
    head(page, title);
    page.open("body");
    page.element("a", "Skip to the charts", "class", "skip", "href", "#charts").line();
    page.open("main");
    page.trusted(content).close().line();
    page.open("footer").text(footer).close();
    page.open("script", "type", "application/json", "id", "readings")
        .trusted(readings)
        .close()
        .line();
    page.open("script").trusted(script()).close();
    return page.close().close().line().toString();
  }

  /// Opens a part that scrolls by itself where it is wider than the window, by keyboard, too.
  ///
  /// @param label plain text
  public static void openScroll(Markup page, String label) {
    page.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", label);
  }

  private static void head(Markup page, String title) {
    String pageStyle = Resources.text(PageFrame.class, "report.css");
    String policy =
        "default-src 'none'; style-src "
            + source(Svg.style())
            + " "
            + source(pageStyle)
            + "; script-src "
            + source(script())
            + "; img-src data: blob:; base-uri 'none'; form-action 'none'";
    page.open("head").line();
    page.empty("meta", "charset", "utf-8").line();
    page.empty("meta", "http-equiv", "Content-Security-Policy", "content", policy).line();
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.empty("meta", "name", "color-scheme", "content", "light dark").line();
    page.element("title", title);
    page.empty("link", "rel", "icon", "href", "data:,").line();
    page.open("style", "id", "chart-style").trusted(Svg.style()).close();
    page.open("style").trusted(pageStyle).close();
    page.close().line();
  }

  private static String script() {
    return Resources.text(PageFrame.class, "report.js");
  }

  private static String source(String content) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

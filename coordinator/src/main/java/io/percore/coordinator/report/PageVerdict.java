package io.percore.coordinator.report;

import io.percore.coordinator.report.chart.Markup;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sentences at the top of a page: the first one large, the others as a list.
public final class PageVerdict {
  /// Figures worth a second look: a ratio with the interval that follows it.
  private static final Pattern RATIO = Pattern.compile("\\d[\\d.]*×");

  private PageVerdict() {}

  /// Writes the sentences.
  ///
  /// @param sentences at least one, not escaped
  public static void write(Markup page, List<String> sentences) {
    page.open("p", "class", "lede");
    withBoldRatios(page, sentences.getFirst());
    page.close();
    if (sentences.size() > 1) {
      page.open("ul", "class", "verdict");
      for (String sentence : sentences.subList(1, sentences.size())) {
        page.open("li");
        withBoldRatios(page, sentence);
        page.close();
      }
      page.close();
    }
  }

  /// Writes a sentence, its ratios in bold.
  ///
  /// @param sentence not escaped
  public static void withBoldRatios(Markup page, String sentence) {
    String text = Typography.of(PlainText.printable(sentence));
    Matcher ratio = RATIO.matcher(text);
    int done = 0;
    while (ratio.find()) {
      page.text(text.substring(done, ratio.start())).element("b", ratio.group());
      done = ratio.end();
    }
    page.text(text.substring(done));
  }
}

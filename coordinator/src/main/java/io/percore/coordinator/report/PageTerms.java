package io.percore.coordinator.report;

import io.percore.coordinator.report.chart.Markup;
import java.util.List;

/// What the words of a page mean, on the screen alone: paper is given to what differs between runs.
public final class PageTerms {
  private PageTerms() {}

  /// Writes the section, and for paper what is left out there.
  ///
  /// @param terms each a pair of a term and what it means, plain text
  /// @param alsoMissing what else is not on paper, to follow "how to read this"; plain text
  public static void write(Markup page, List<List<String>> terms, String alsoMissing) {
    page.open("section", "class", "notes", "id", "terms").element("h2", "How to read this");
    page.open("dl");
    terms.forEach(
        term ->
            page.open("div")
                .element("dt", Typography.of(term.getFirst()))
                .element("dd", Typography.of(term.getLast()))
                .close());
    page.close().close().line();
    page.element(
        "p",
        "Not on paper, but in the page: how to read this" + alsoMissing + ".",
        "class",
        "paper");
  }
}

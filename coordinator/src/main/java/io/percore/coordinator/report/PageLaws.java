package io.percore.coordinator.report;

import io.percore.coordinator.report.chart.Markup;
import io.percore.coordinator.stats.law.LawFit;
import io.percore.coordinator.stats.law.ScalingLaws.Fitted;
import io.percore.coordinator.stats.law.StrategyLaws;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The scaling laws that were fitted, as a table and in words; and why others were not.
final class PageLaws {
  private static final List<String> COLUMNS =
      List.of("strategy", "sigma", "kappa", "peak N", "lack of fit", "Amdahl's bound", "clock");

  private PageLaws() {}

  static void write(Markup page, RunReport report) {
    List<StrategyLaws> laws = LawSummary.laws(report);
    List<String> sentences = LawSummary.sentences(report);
    if (sentences.isEmpty()) {
      return;
    }
    page.open("section", "class", "data", "id", "laws").element("h2", "Scaling laws");
    if (laws.stream().anyMatch(law -> law.laws() instanceof Fitted)) {
      page.element("p", caption(), "class", "caption");
      table(page, laws);
    }
    page.open("ul");
    sentences.forEach(s -> page.element("li", Typography.of(PlainText.printable(s))));
    page.close().close().line();
  }

  private static String caption() {
    return "The Universal Scalability Law: sigma is the share of the work that waits its turn,"
        + " kappa what each pair of threads costs. In brackets: 95 % intervals. Amdahl's bound is"
        + " the largest speedup that his law admits. An asterisk marks a peak beyond the sizes"
        + " that were fitted. Clock: speed of each of as many canaries, as a share of that of one"
        + " alone; rates were divided by it before, so that a clock that drops with N is not taken"
        + " for contention.";
  }

  private static void table(Markup page, List<StrategyLaws> laws) {
    PageFrame.openScroll(page, "Scaling laws");
    page.open("table").open("thead").open("tr");
    COLUMNS.forEach(title -> page.element("th", title, "scope", "col"));
    page.close().close().open("tbody").line();
    for (StrategyLaws law : laws) {
      if (law.laws() instanceof Fitted fitted) {
        row(page, law, fitted);
      }
    }
    page.close().close().close();
  }

  private static void row(Markup page, StrategyLaws law, Fitted fitted) {
    LawFit usl = fitted.usl();
    page.open("tr").element("th", PlainText.printable(law.strategy()), "scope", "row");
    cell(page, LawReport.parameter(usl.law().sigma(), usl.sigma()));
    cell(page, LawReport.parameter(usl.law().kappa(), usl.kappa()));
    Double peak = usl.law().peak();
    cell(
        page,
        peak == null ? "none" : LawReport.peak(usl, peak) + (usl.peakExtrapolated() ? "*" : ""));
    String lack = Quantities.percent(usl.lackOfFit().share());
    cell(page, usl.lackOfFit().failed() ? lack + ", does not describe it" : lack);
    cell(page, number(fitted.amdahl().law().amdahlBound()));
    cell(page, LawSummary.at(law.clock()));
    page.close().line();
  }

  private static void cell(Markup page, String text) {
    page.element("td", Typography.of(text));
  }

  private static String number(@Nullable Double value) {
    return value == null ? "none" : String.format(Locale.ROOT, "%.1f", value);
  }
}

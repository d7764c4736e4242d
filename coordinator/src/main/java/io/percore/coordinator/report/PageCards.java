package io.percore.coordinator.report;

import io.percore.coordinator.report.chart.MarkerKey;
import io.percore.coordinator.report.chart.Markup;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.PointSummary;
import java.util.List;
import java.util.stream.Stream;

/// One card for each strategy: what it gains over its own base and over the sequential run, and
/// what is odd about its curve. All else is in the table.
final class PageCards {
  private final RunReport report;
  private final List<Curve> curves;

  PageCards(RunReport report, List<Curve> curves) {
    this.report = report;
    this.curves = curves;
  }

  void write(Markup page) {
    page.open("section", "class", "cards", "aria-label", "Strategies").line();
    page.element("p", note(), "class", "caption");
    curves.forEach(curve -> card(page, curve));
    page.close().line();
  }

  private String note() {
    boolean intervals =
        curves.stream()
            .flatMap(curve -> curve.at(comparedAt()).stream())
            .flatMap(point -> Stream.of(point.speedup(), point.speedupOverSequential()))
            .anyMatch(ratio -> ratio != null && ratio.interval() != null);
    return (intervals ? "In brackets: 95\u00a0% intervals. " : "")
        + "Rates, forks and all other sizes are in the table.";
  }

  private void card(Markup page, Curve curve) {
    page.open("article", "class", "card " + curve.style().classes());
    page.open("h2");
    MarkerKey.write(page, curve.style());
    page.element("bdi", PlainText.printable(curve.name())).close();
    curve
        .at(comparedAt())
        .ifPresentOrElse(
            point -> figures(page, curve, point),
            () -> page.element("p", "no figure", "class", "big none"));
    String sentence = CurveShape.sentence(curve, curve.at(comparedAt()).orElse(null));
    if (!sentence.isEmpty()) {
      page.element("p", Typography.of(sentence));
    }
    page.close().line();
  }

  /// The size at which the strategies are compared, so that the cards speak of the same one.
  private int comparedAt() {
    return report.summary().comparisons().stream()
        .mapToInt(c -> c.parallelism())
        .findFirst()
        .orElse(Integer.MAX_VALUE);
  }

  private static void figures(Markup page, Curve curve, PointSummary point) {
    Estimate own = point.speedup();
    Estimate sequential = point.speedupOverSequential();
    Double rate = point.throughputMedian();
    String size = " at N = " + point.parallelism();
    if (own == null || point.parallelism() == 1) {
      page.element("p", rate == null ? "" : Typography.of(Quantities.rate(rate)), "class", "big");
      detail(page, (curve.isSequentialBase() ? "the sequential base," : "measured") + size);
    } else {
      page.open("p", "class", "big").text(Typography.of(Quantities.ratio(own.value())));
      interval(page, own).close();
      detail(page, "of its own N = 1," + size);
    }
    if (sequential != null && !curve.isSequentialBase()) {
      page.open("p", "class", "detail");
      page.element("b", Typography.of(Quantities.ratio(sequential.value())));
      interval(page.text(" sequential"), sequential).close();
    }
  }

  private static void detail(Markup page, String text) {
    page.element("p", Typography.of(text), "class", "detail");
  }

  private static Markup interval(Markup page, Estimate estimate) {
    Interval interval = estimate.interval();
    return interval == null
        ? page
        : page.text(" ").element("span", Typography.of(Quantities.ends(interval)));
  }
}

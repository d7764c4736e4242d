package io.percore.coordinator.report;

import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.report.chart.MarkerKey;
import io.percore.coordinator.report.chart.Markup;
import io.percore.coordinator.stats.Estimate;
import io.percore.coordinator.stats.Interval;
import io.percore.coordinator.stats.PointSummary;
import java.util.List;

/// One card for each strategy: what it gains over its own base and over the sequential run, and one
/// sentence on the shape of its curve.
final class PageCards {
  private final RunReport report;
  private final List<Curve> curves;

  PageCards(RunReport report, List<Curve> curves) {
    this.report = report;
    this.curves = curves;
  }

  void write(Markup page) {
    page.open("section", "class", "cards", "aria-label", "Strategies").line();
    curves.forEach(curve -> card(page, curve));
    page.close().line();
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
    page.element("p", Typography.of(CurveShape.sentence(curve)));
    String contract =
        report
            .catalogue()
            .discipline(curve.strategy().discipline())
            .map(Catalogue.Discipline::contract)
            .orElse("");
    if (!contract.isEmpty()) {
      page.element("p", PlainText.printable(contract), "class", "contract");
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
    String forks = Quantities.plural(point.forks(), "fork");
    String rateText = rate == null ? "" : Quantities.rate(rate);
    if (own == null || point.parallelism() == 1) {
      page.element("p", rateText, "class", "big");
      detail(page, (curve.isSequentialBase() ? "the base" : "measured") + size + ", " + forks);
    } else {
      page.element("p", Typography.of(Quantities.ratio(own.value())), "class", "big");
      detail(page, "of its own N = 1," + size + interval(own));
    }
    if (sequential != null && !curve.isSequentialBase()) {
      page.open("p", "class", "detail");
      page.element("b", Typography.of(Quantities.ratio(sequential.value())));
      page.text(Typography.of(" of the sequential run" + interval(sequential))).close();
    }
    if (own != null && point.parallelism() > 1) {
      detail(page, rateText + ", " + forks);
    }
  }

  private static void detail(Markup page, String text) {
    page.element("p", Typography.of(text), "class", "detail");
  }

  private static String interval(Estimate estimate) {
    Interval interval = estimate.interval();
    return interval == null ? "" : ", 95 % CI " + Quantities.ends(interval);
  }
}

package io.percore.coordinator.report;

import io.percore.coordinator.measurement.LockLedger;
import io.percore.coordinator.measurement.Measurement;
import io.percore.coordinator.measurement.ThreadSample;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.report.chart.Markup;
import io.percore.coordinator.stats.PointSummary;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Who held the lock, and for how long the others waited: from trials that were made to watch that,
/// and which are slower for it. Their figures appear nowhere else.
final class PageLocks {
  private static final List<String> COLUMNS =
      List.of(
          "thread",
          "turns",
          "held",
          "waited",
          "ran without",
          "median wait",
          "99 %",
          "99.9 %",
          "longest");

  private PageLocks() {}

  static void write(Markup page, RunReport report) {
    if (report.aside().watched().isEmpty()) {
      return;
    }
    page.open("section", "class", "data", "id", "locks-data").element("h2", "Turns with the lock");
    for (TrialRecord record : report.aside().watched()) {
      if (record.outcome() instanceof Completed completed
          && completed.measurement().lockLedgers() != null) {
        watched(page, report, record.trial().program(), completed);
      }
    }
    page.open("ul");
    report.aside().watched().stream()
        .map(PageLocks::trouble)
        .flatMap(Optional::stream)
        .forEach(line -> page.element("li", PlainText.printable(line)));
    page.close().close().line();
  }

  private static Optional<String> trouble(TrialRecord record) {
    String reason = PageTrials.reason(record.outcome());
    return reason.isEmpty()
        ? Optional.empty()
        : Optional.of("%s, attempt %d: %s".formatted(name(record), record.attempt(), reason));
  }

  private static String name(TrialRecord record) {
    return record.trial().program().discipline() + "@" + record.trial().program().layout();
  }

  private static void watched(Markup page, RunReport report, Program program, Completed completed) {
    Measurement measurement = completed.measurement();
    List<LockLedger> ledgers = Objects.requireNonNull(measurement.lockLedgers());
    page.element(
        "h3", PlainText.printable(program.discipline()) + " at N = " + program.parallelism());
    page.element("p", caption(report, program, measurement), "class", "caption");
    PageFrame.openScroll(page, "Waits for the lock of " + program.discipline());
    page.open("table").open("thead").open("tr");
    COLUMNS.forEach(title -> page.element("th", title, "scope", "col"));
    page.close().close().open("tbody").line();
    for (int i = 0; i < ledgers.size(); i++) {
      row(page, ledgers.get(i), measurement.threads().get(i));
    }
    page.close().close().close().line();
  }

  private static String caption(RunReport report, Program program, Measurement measurement) {
    String timed =
        report.summary().points().stream()
            .filter(point -> point.point().program().equals(program))
            .map(PointSummary::throughputMedian)
            .filter(Objects::nonNull)
            .findFirst()
            .map(median -> ", where the timed trials did " + Quantities.rate(median))
            .orElse("");
    return "A trial of its own, in which the lock was watched: "
        + Quantities.rate(measurement.operationsPerSecond())
        + timed
        + ". Waits include one reading of the clock.";
  }

  private static void row(Markup page, LockLedger ledger, ThreadSample sample) {
    double elapsed = sample.elapsedNanos();
    page.open("tr").element("th", Integer.toString(ledger.thread()), "scope", "row");
    page.element("td", Quantities.count(ledger.acquisitions()));
    page.element("td", Quantities.percent(ledger.heldNanos() / elapsed));
    page.element("td", Quantities.percent(ledger.waitedNanos() / elapsed));
    page.element(
        "td",
        Quantities.percent(
            Math.max(0, elapsed - ledger.waitedNanos() - ledger.heldNanos()) / elapsed));
    page.element("td", Quantities.nanos((double) ledger.waitMedian()));
    page.element("td", Quantities.nanos((double) ledger.waitP99()));
    page.element("td", Quantities.nanos((double) ledger.waitP999()));
    page.element("td", Quantities.nanos((double) ledger.waitMax()));
    page.close().line();
  }
}

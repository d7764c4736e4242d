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
import java.util.stream.LongStream;

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

  /// Who never got the lock has no waits that ended.
  private static final String UNKNOWN = "–";

  private PageLocks() {}

  static void write(Markup page, RunReport report) {
    if (report.aside().watched().isEmpty()) {
      return;
    }
    page.open("section", "class", "data", "id", "locks-data").element("h2", "Turns with the lock");
    List<TrialRecord> watched = report.aside().watched().stream().filter(PageLocks::told).toList();
    if (watched.isEmpty()) {
      page.element("p", "Unknown: no watched trial told who had the lock.", "class", "caption");
    }
    watched.forEach(record -> watched(page, report, record));
    SideMishaps.write(page, report.aside().watched());
    page.close().line();
  }

  private static boolean told(TrialRecord record) {
    return record.outcome() instanceof Completed completed
        && completed.measurement().lockLedgers() != null;
  }

  private static void watched(Markup page, RunReport report, TrialRecord record) {
    Program program = record.trial().program();
    Measurement measurement = ((Completed) record.outcome()).measurement();
    List<LockLedger> ledgers = Objects.requireNonNull(measurement.lockLedgers());
    List<String> threads = LockTimeline.names(ledgers, ledgers.size());
    page.element(
        "h3", PlainText.printable(program.discipline()) + " at N = " + program.parallelism());
    page.element("p", caption(report, program, measurement), "class", "caption");
    PageFrame.openScroll(page, "Waits for the lock of " + program.discipline());
    page.open("table").open("thead").open("tr");
    COLUMNS.forEach(title -> page.element("th", title, "scope", "col"));
    page.close().close().open("tbody").line();
    for (int i = 0; i < ledgers.size(); i++) {
      row(page, threads.get(i), ledgers.get(i), measurement.threads().get(i));
    }
    page.close().close().close().line();
  }

  private static String caption(RunReport report, Program program, Measurement measurement) {
    String timed =
        report.summary().points().stream()
            .filter(point -> point.point().program().equals(program))
            .filter(point -> point.throughputMedian() != null)
            .findFirst()
            .map(PageLocks::timed)
            .orElse("");
    return Typography.of(
        "A trial of its own, in which the lock was watched: "
            + Quantities.rate(measurement.operationsPerSecond())
            + timed
            + ". Waits include one reading of the clock.");
  }

  private static String timed(PointSummary point) {
    return ", where "
        + (point.forks() == 1 ? "the timed trial" : "the timed trials in the median")
        + " did "
        + Quantities.rate(Objects.requireNonNull(point.throughputMedian()));
  }

  private static void row(Markup page, String thread, LockLedger ledger, ThreadSample sample) {
    double elapsed = sample.elapsedNanos();
    page.open("tr").element("th", thread, "scope", "row");
    cell(page, Quantities.count(ledger.acquisitions()));
    cell(page, Quantities.percent(ledger.heldNanos() / elapsed));
    cell(page, Quantities.percent(ledger.waitedNanos() / elapsed));
    cell(
        page,
        Quantities.percent(
            Math.max(0, elapsed - ledger.waitedNanos() - ledger.heldNanos()) / elapsed));
    LongStream.of(ledger.waitMedian(), ledger.waitP99(), ledger.waitP999(), ledger.waitMax())
        .mapToObj(wait -> ledger.acquisitions() == 0 ? UNKNOWN : Quantities.nanos((double) wait))
        .forEach(wait -> cell(page, wait));
    page.close().line();
  }

  private static void cell(Markup page, String text) {
    page.element("td", Typography.of(text));
  }
}

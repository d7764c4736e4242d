package io.percore.coordinator.report;

import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialOutcome.Failed;
import io.percore.coordinator.measurement.TrialOutcome.Invalidated;
import io.percore.coordinator.measurement.TrialOutcome.TimedOut;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Sharing;
import io.percore.coordinator.report.chart.Markup;
import java.util.List;
import java.util.stream.Collectors;

/// The attempts whose figures are not used, with their reasons: nothing is left out quietly.
final class PageTrials {
  private PageTrials() {}

  static void write(Markup page, RunReport report) {
    List<TrialRecord> unused =
        report.trials().stream().filter(t -> !reason(t.outcome()).isEmpty()).toList();
    page.open("section", "class", "data", "id", "trials").element("h2", "Trials not used");
    page.element("p", summary(report, unused.size()), "class", "caption");
    if (!unused.isEmpty()) {
      page.open(
          "div",
          "class",
          "scroll",
          "tabindex",
          "0",
          "role",
          "region",
          "aria-label",
          "Trials not used");
      page.open("table").open("thead").open("tr");
      for (String title : List.of("trial", "block", "attempt", "program", "outcome", "reason")) {
        page.element("th", title, "scope", "col");
      }
      page.close().close().open("tbody").line();
      unused.forEach(trial -> row(page, trial));
      page.close().close().close();
    }
    page.close().line();
  }

  private static String summary(RunReport report, int unused) {
    String attempts = Quantities.plural(report.trials().size(), "attempt");
    if (unused > 0) {
      return unused + " of " + attempts + ".";
    }
    return report.trials().size() == 1
        ? "None: the one attempt ran to its end and was verified."
        : "None: all " + attempts + " ran to their ends and were verified.";
  }

  private static void row(Markup page, TrialRecord trial) {
    page.open("tr");
    page.element("td", Integer.toString(trial.trial().index()));
    page.element("td", Integer.toString(trial.trial().block()));
    page.element("td", Integer.toString(trial.attempt()));
    page.element("td", PlainText.printable(name(trial.trial().program())));
    page.element("td", trial.outcome().label());
    page.open("td", "class", "reason").open("bdi");
    page.text(PlainText.printable(reason(trial.outcome()))).close();
    String tail = stderrTail(trial.outcome());
    if (!tail.isEmpty()) {
      page.open("details").element("summary", "standard error").element("pre", tail).close();
    }
    page.close().close().line();
  }

  private static String name(Program program) {
    return program.discipline()
        + "@"
        + program.layout()
        + (program.sharing() == Sharing.THREAD ? " unshared" : "")
        + (program.pinned() ? "" : " unpinned")
        + (program.collector() == null ? "" : " under " + program.collector().id());
  }

  /// Why the figures are not used, or nothing when they are.
  static String reason(TrialOutcome outcome) {
    return switch (outcome) {
      case Completed(var _, var defects, var disturbance) ->
          defects.isEmpty() ? disturbance : String.join("; ", defects);
      case Failed(var reason, var _) -> reason;
      case TimedOut(var reason) -> reason;
      case Invalidated(var reason, var _) -> reason;
    };
  }

  private static String stderrTail(TrialOutcome outcome) {
    return switch (outcome) {
      case Failed(var _, var tail) ->
          tail.lines().map(PlainText::printable).collect(Collectors.joining("\n"));
      case Completed _, TimedOut _, Invalidated _ -> "";
    };
  }
}

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The attempts that something happened to, with their reasons: nothing is left out quietly.
final class PageTrials {
  /// Rows at most: those after them are counted.
  static final int MOST = 300;

  private static final String TITLE = "Trials with a mishap";

  private PageTrials() {}

  static void write(Markup page, RunReport report) {
    List<TrialRecord> mishaps =
        report.trials().stream().filter(t -> !reason(t.outcome()).isEmpty()).toList();
    page.open("section", "class", "data", "id", "trials").element("h2", TITLE);
    page.element("p", summary(report, mishaps), "class", "caption");
    if (!mishaps.isEmpty()) {
      PageFrame.openScroll(page, TITLE);
      page.open("table").open("thead").open("tr");
      for (String title : List.of("trial", "block", "attempt", "program", "outcome", "reason")) {
        page.element("th", title, "scope", "col");
      }
      page.close().close().open("tbody").line();
      mishaps.stream().limit(MOST).forEach(trial -> row(page, trial));
      page.close().close().close();
      others(page, mishaps.stream().skip(MOST).toList());
    }
    page.close().line();
  }

  private static String summary(RunReport report, List<TrialRecord> mishaps) {
    int attempts = report.trials().size();
    if (attempts == 0) {
      return "No attempt was made.";
    }
    long used = mishaps.stream().filter(trial -> used(trial.outcome())).count();
    long unused = mishaps.size() - used;
    List<String> sentences = new ArrayList<>();
    if (unused > 0) {
      sentences.add(
          unused + " of " + attempts(attempts) + (unused == 1 ? " is" : " are") + " not used.");
    }
    if (used > 0) {
      sentences.add(
          used
              + (used == 1
                  ? " is used although something disturbed it."
                  : " are used although something disturbed them."));
    }
    if (mishaps.isEmpty()) {
      sentences.add(
          attempts == 1
              ? "None is recorded: the one attempt ran to its end."
              : "None is recorded: all " + attempts(attempts) + " ran to their ends.");
    }
    if (mishaps.size() > MOST) {
      sentences.add(
          "The first "
              + MOST
              + " are listed, the others counted by program and outcome; trials.jsonl has them"
              + " all.");
    }
    return String.join(" ", sentences);
  }

  private static String attempts(int number) {
    return number + (number == 1 ? " attempt" : " attempts");
  }

  /// Whether the figures of such an attempt are used all the same.
  private static boolean used(TrialOutcome outcome) {
    return outcome instanceof Completed completed && completed.defects().isEmpty();
  }

  /// How many more of each program and outcome there were.
  private static void others(Markup page, List<TrialRecord> trials) {
    Map<String, Long> counts =
        trials.stream()
            .collect(
                Collectors.groupingBy(
                    t -> name(t.trial().program()) + ", " + outcome(t.outcome()),
                    TreeMap::new,
                    Collectors.counting()));
    if (counts.isEmpty()) {
      return;
    }
    page.open("ul", "class", "legend");
    counts.forEach(
        (what, count) -> page.element("li", PlainText.printable(what + ": " + count + " more")));
    page.close();
  }

  private static String outcome(TrialOutcome outcome) {
    return used(outcome) ? "completed, disturbed" : outcome.label();
  }

  private static void row(Markup page, TrialRecord trial) {
    page.open("tr");
    page.element("td", Integer.toString(trial.trial().index() + 1));
    page.element("td", Integer.toString(trial.trial().block() + 1));
    page.element("td", Integer.toString(trial.attempt()));
    page.element("td", PlainText.printable(name(trial.trial().program())));
    page.element("td", outcome(trial.outcome()));
    page.open("td", "class", "reason").open("bdi");
    page.text(PlainText.printable(reason(trial.outcome()))).close();
    String tail = stderrTail(trial.outcome());
    if (!tail.isEmpty()) {
      page.open("details").element("summary", "standard error").element("pre", tail).close();
    }
    page.close().close().line();
  }

  private static String name(Program program) {
    return program.name()
        + (program.sharing() == Sharing.THREAD ? " unshared" : "")
        + (program.pinned() ? "" : " unpinned")
        + (program.collector() == null ? "" : " under " + program.collector().id());
  }

  /// What happened to it, or nothing.
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

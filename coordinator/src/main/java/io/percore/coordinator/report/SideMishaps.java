package io.percore.coordinator.report;

import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.report.chart.Markup;
import java.util.List;

/// What happened to trials that were made beside those of the points: their own sections tell it,
/// since the list of trials has none of them.
final class SideMishaps {
  private SideMishaps() {}

  /// A line for each attempt that something happened to; nothing where nothing did.
  static void write(Markup page, List<TrialRecord> trials) {
    List<String> lines =
        trials.stream()
            .filter(trial -> !PageTrials.reason(trial.outcome()).isEmpty())
            .map(SideMishaps::line)
            .toList();
    if (!lines.isEmpty()) {
      page.open("ul");
      lines.forEach(line -> page.element("li", PlainText.printable(line)));
      page.close();
    }
  }

  private static String line(TrialRecord trial) {
    return "%s@%s, attempt %d: %s"
        .formatted(
            trial.trial().program().discipline(),
            trial.trial().program().layout(),
            trial.attempt(),
            PageTrials.reason(trial.outcome()));
  }
}

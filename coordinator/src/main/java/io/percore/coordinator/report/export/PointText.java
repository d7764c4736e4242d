package io.percore.coordinator.report.export;

import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.report.Parameters;
import io.percore.coordinator.report.PlainText;
import io.percore.coordinator.stats.PointSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What formats with one row for each point say of it in words.
final class PointText {
  private PointText() {}

  /// `counter/atomic/N:2`, unique within a run and the same in every run of the same design.
  static String name(PointSummary point, Experiment experiment) {
    return PlainText.printable(
        experiment.workload() + "/" + point.strategy() + "/N:" + point.parallelism());
  }

  /// `gil.checkpoint=backward-jump work=0`, or empty.
  static String parameters(PointSummary point, Experiment experiment) {
    return PlainText.printable(Parameters.text(point.point().program(), experiment));
  }

  /// What must be known before its figures are believed; empty when there is nothing.
  static List<String> notes(PointSummary point) {
    List<String> notes = new ArrayList<>();
    Long lost = point.lostUpdates();
    Long expected = point.expectedUpdates();
    if (lost != null && expected != null && lost != 0 && expected > 0) {
      notes.add(String.format(Locale.ROOT, "%.3g %% of updates lost", 100.0 * lost / expected));
    }
    Long netError = point.netError();
    if (netError != null && netError != 0) {
      notes.add("net error " + netError);
    }
    if (point.freedWrongly()) {
      notes.add("objects freed wrongly");
    }
    point.defects().forEach(defect -> notes.add(PlainText.printable(defect)));
    if (point.disturbed() > 0) {
      notes.add("disturbed forks: " + point.disturbed());
    }
    if (point.missing() > 0) {
      notes.add("missing forks: " + point.missing());
    }
    return notes;
  }
}

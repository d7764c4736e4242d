package io.percore.coordinator;

import io.percore.coordinator.measurement.RunHeader;
import io.percore.coordinator.measurement.RunJournal;
import io.percore.coordinator.measurement.SideTrials;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.report.RunReport;
import io.percore.coordinator.stats.Summaries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Makes the report of a run from what is written down of it: a report that is drawn again is the
/// one that was drawn first.
final class RunReports {
  private RunReports() {}

  /// The report of a run that has just ended, well or not.
  static RunReport of(RunHeader header, List<TrialRecord> records, SideTrials aside) {
    Instant end =
        records.isEmpty()
            ? header.started()
            : records.getLast().started().plus(records.getLast().duration());
    return new RunReport(
        header.runId(),
        header.started(),
        Duration.between(header.started(), end),
        header.experiment(),
        header.catalogue(),
        header.environment(),
        header.limits(),
        records,
        Summaries.summarize(
            header.experiment(),
            header.catalogue(),
            header.environment().hardwareThreads(),
            header.points(),
            records),
        complete(header, records),
        aside,
        header.everyMachine());
  }

  /// The report of a run read back from its directory.
  static RunReport of(RunJournal.Contents contents) {
    return of(contents.header(), contents.trials(), contents.aside());
  }

  /// Whether every program of every block, begun or designed, has a completed attempt.
  private static boolean complete(RunHeader header, List<TrialRecord> records) {
    long completed =
        records.stream()
            .filter(record -> record.outcome() instanceof Completed)
            .map(record -> record.trial().index())
            .distinct()
            .count();
    long begun = records.stream().mapToLong(record -> record.trial().block() + 1L).max().orElse(0);
    return completed == Math.max(begun, header.experiment().forks()) * header.programs();
  }
}

package io.percore.coordinator.report;

import io.percore.coordinator.report.Panel.Place;
import io.percore.coordinator.report.ThreadRatios.Words;
import io.percore.coordinator.report.ThreadRatios.Work;
import io.percore.coordinator.stats.JobCost;
import java.util.List;
import java.util.Optional;

/// For which jobs processes are worth starting: the rate of processes that are started for a job,
/// over that of threads that are there, against the length of the job.
final class JobCostPanel {
  private JobCostPanel() {}

  /// The panel, of the strategy that [ProcessCostPanel] shows; nothing where it is not known what
  /// its start takes.
  static Optional<Panel> of(RunReport report) {
    return ProcessCostPanel.shown(report)
        .flatMap(
            shown ->
                JobCost.of(report.aside().called(), report.summary()).stream()
                    .filter(cost -> cost.strategy().equals(shown.strategy()))
                    .filter(cost -> cost.parallelism() == shown.parallelism())
                    .findFirst())
        .flatMap(cost -> ThreadRatios.chart(report, words(cost), work(cost)))
        .map(
            chart ->
                new Panel(
                    Place.HALF,
                    chart,
                    LinePanel.readOut(
                        chart,
                        "the lengths of jobs",
                        nanos -> Typography.of("job of " + length(nanos)))));
  }

  private static Words words(JobCost cost) {
    return new Words(
        PanelKind.JOB_COST.id(),
        "How long must a job be?",
        ("%s at N = %d, started for a job, over threads that are there. Worked out from the start"
                + " and the rate of each fork.")
            .formatted(cost.strategy(), cost.parallelism()),
        String.join(" ", ProcessCostSentences.of(cost)),
        "length of the job, its start aside (log)");
  }

  private static List<Work> work(JobCost cost) {
    return cost.jobs().stream()
        .map(job -> new Work(job.nanos(), length(job.nanos()), job.against()))
        .toList();
  }

  /// A length, which was chosen, and so is exact.
  static String length(double nanos) {
    return Typography.withoutTrailingZeros(Quantities.nanos(nanos));
  }
}

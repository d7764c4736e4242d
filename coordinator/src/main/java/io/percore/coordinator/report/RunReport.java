package io.percore.coordinator.report;

import io.percore.coordinator.measurement.DisturbanceLimits;
import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.measurement.SideTrials;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Catalogue;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.stats.ScalingSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything that an output may show of a run.
///
/// @param runId identity of the run
/// @param started when it began
/// @param wall how long it took
/// @param experiment its design
/// @param catalogue what the worker offered
/// @param environment where it ran
/// @param limits on what may disturb a trial; null when disturbed trials were kept
/// @param trials every attempt, in the order of the journal
/// @param summary what they say
/// @param complete whether every planned trial has a completed attempt
/// @param aside every attempt at a trial that belongs to no point
/// @param machines that it ran on, in the order in which they were filled; at least one
public record RunReport(
    String runId,
    Instant started,
    Duration wall,
    Experiment experiment,
    Catalogue catalogue,
    Environment environment,
    @Nullable DisturbanceLimits limits,
    List<TrialRecord> trials,
    ScalingSummary summary,
    boolean complete,
    SideTrials aside,
    List<Environment> machines) {
  public RunReport {
    trials = List.copyOf(trials);
    machines = List.copyOf(machines);
  }

  /// A run on one machine.
  public RunReport(
      String runId,
      Instant started,
      Duration wall,
      Experiment experiment,
      Catalogue catalogue,
      Environment environment,
      @Nullable DisturbanceLimits limits,
      List<TrialRecord> trials,
      ScalingSummary summary,
      boolean complete,
      SideTrials aside) {
    this(
        runId,
        started,
        wall,
        experiment,
        catalogue,
        environment,
        limits,
        trials,
        summary,
        complete,
        aside,
        List.of(environment));
  }

  /// How far the clocks of its machines may have been from what was assumed, in the trial where
  /// that was most; empty where all workers read the coordinator's clock.
  OptionalLong clockBoundNanos() {
    return trials().stream()
        .map(TrialRecord::outcome)
        .flatMap(
            outcome ->
                outcome instanceof Completed completed
                    ? Stream.ofNullable(completed.measurement().clockBoundNanos())
                    : Stream.empty())
        .mapToLong(Long::longValue)
        .max();
  }
}

package io.percore.coordinator;

import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialOutcome.Failed;
import io.percore.coordinator.measurement.TrialOutcome.Invalidated;
import io.percore.coordinator.measurement.TrialOutcome.TimedOut;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Trial;
import io.percore.coordinator.report.PlainText;
import io.percore.coordinator.report.Quantities;
import java.io.PrintStream;
import java.time.Duration;
import java.util.OptionalDouble;

/// Tells on standard error how far a run is: one line that is written over on a terminal, else a
/// line for each trial. It prints between trials only, never inside a window. Used by one thread.
final class Progress {
  private final PrintStream err;
  private final boolean terminal;
  private final boolean quiet;
  private int planned;
  private int finished;
  private Duration spent = Duration.ZERO;
  private Duration perTrial;
  private OptionalDouble halfWidth = OptionalDouble.empty();

  /// @param err where to
  /// @param terminal whether a line can be written over
  /// @param quiet print nothing but trouble
  /// @param planned trials of the plan
  /// @param predicted their predicted duration
  Progress(PrintStream err, boolean terminal, boolean quiet, int planned, Duration predicted) {
    this.err = err;
    this.terminal = terminal;
    this.quiet = quiet;
    this.planned = planned;
    this.perTrial = predicted.dividedBy(Math.max(1, planned));
  }

  /// More trials were planned.
  void more(int trials) {
    planned += trials;
  }

  /// How well the speedups are known so far.
  ///
  /// @param share half width of the widest interval, as a share of its speedup
  void known(OptionalDouble share) {
    halfWidth = share;
  }

  /// A trial begins. On a terminal the line stays until the next one begins.
  void begins(Trial trial, int attempt, int blocks) {
    if (terminal && !quiet) {
      String line =
          "block %d of %d, trial %d of %d, %s left%s: %s%s"
              .formatted(
                  trial.block() + 1,
                  blocks,
                  finished + 1,
                  planned,
                  left(),
                  widest(),
                  trial.program().name(),
                  attempt > 1 ? " (attempt " + attempt + ")" : "");
      // A line that wraps could not be written over.
      err.print("\r\u001b[2K" + PlainText.cut(line, Terminal.progressColumns() - 1));
      err.flush();
    }
  }

  /// A trial ended.
  ///
  /// @param again whether it will be attempted once more
  void ended(TrialRecord record, boolean again) {
    spent = spent.plus(record.duration());
    if (!again) {
      finished++;
    }
    if (finished > 0) {
      perTrial = spent.dividedBy(finished);
    }
    switch (record.outcome()) {
      case Completed completed when completed.defects().isEmpty() -> {
        if (!terminal && !quiet) {
          err.printf(
              "trial %d of %d, block %d: %s %s, %s left%s%n",
              finished,
              planned,
              record.trial().block() + 1,
              record.trial().program().name(),
              Quantities.rate(completed.measurement().operationsPerSecond()),
              left(),
              widest());
        }
      }
      case Completed completed ->
          trouble(record, "FAILED: " + completed.defects().getFirst(), again);
      case Failed failed -> trouble(record, "failed: " + failed.reason(), again);
      case TimedOut timedOut -> trouble(record, "timed out: " + timedOut.reason(), again);
      case Invalidated invalidated ->
          trouble(record, "invalidated: " + invalidated.reason(), again);
    }
  }

  private void trouble(TrialRecord record, String what, boolean again) {
    clear();
    err.printf(
        "%s, block %d: %s%s%n",
        record.trial().program().name(),
        record.trial().block() + 1,
        what,
        again ? "; it is run again at the end of the block" : "");
  }

  /// Leaves a clean line behind.
  void clear() {
    if (terminal && !quiet) {
      err.print("\r\u001b[2K");
      err.flush();
    }
  }

  private String left() {
    return DryRun.duration(perTrial.multipliedBy(Math.max(0, planned - finished)));
  }

  private String widest() {
    return halfWidth.isPresent()
        ? ", widest interval +-" + Quantities.percent(halfWidth.getAsDouble())
        : "";
  }
}

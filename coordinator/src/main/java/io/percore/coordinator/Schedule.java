package io.percore.coordinator;

import io.percore.coordinator.measurement.RunHeader;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Planner;
import io.percore.coordinator.plan.Trial;
import io.percore.coordinator.stats.ScalingSummary;
import io.percore.coordinator.stats.Summaries;
import java.util.List;
import java.util.Optional;

/// Which trial of a run is due: block after block in the order of the plan, what failed once more
/// at the end of its block, and blocks added until the intervals are narrow enough.
///
/// All of that follows from the plan and the attempts so far. So a run makes the same attempts in
/// the same order wherever it is broken off and resumed. Not thread-safe.
final class Schedule {
  /// Blocks at most when they are added until the intervals are narrow enough.
  static final int MAXIMUM_BLOCKS = 50;

  private final RunHeader header;
  private final Planner planner;
  private final Precision precise;
  private final AttemptLog attempts;
  private int blocks;
  private int block;
  private List<Trial> trials;

  /// @param header what was fixed before the first trial
  /// @param planner of its experiment
  /// @param before attempts that were made already, in their order
  Schedule(RunHeader header, Planner planner, List<TrialRecord> before) {
    this.header = header;
    this.planner = planner;
    this.precise = Precision.of(header.halfWidth());
    this.attempts = new AttemptLog(before);
    int begun = before.stream().mapToInt(record -> record.trial().block() + 1).max().orElse(0);
    this.blocks = Math.max(header.experiment().forks(), begun);
    this.trials = planner.block(0);
    while (block < blocks - 1 && due().isEmpty()) {
      begin(block + 1);
    }
  }

  private void begin(int next) {
    block = next;
    trials = planner.block(next);
  }

  /// Every attempt at a trial of a block.
  AttemptLog attempts() {
    return attempts;
  }

  /// Blocks of the run, as far as that is known.
  int blocks() {
    return blocks;
  }

  /// What the attempts say so far.
  ScalingSummary summary() {
    return Summaries.summarize(
        header.experiment(),
        header.catalogue(),
        header.environment().hardwareThreads(),
        header.points(),
        attempts.records());
  }

  /// The trial of the present block that is due; nothing when the block is done.
  Optional<Trial> due() {
    return attempts.next(trials);
  }

  /// Goes on to the next block, which is added where the intervals are still too wide.
  ///
  /// @param summary what the attempts say so far
  /// @return whether there is one
  boolean nextBlock(ScalingSummary summary) {
    if (block == blocks - 1) {
      if (!wantsMore(summary)) {
        return false;
      }
      blocks++;
    }
    begin(block + 1);
    return true;
  }

  /// Whether nothing is left to do.
  boolean finished() {
    return block == blocks - 1 && due().isEmpty() && !wantsMore(summary());
  }

  /// Trials that need another attempt at least, of the blocks that there are.
  int left() {
    long here = trials.stream().filter(attempts::due).count();
    return (int) here + (blocks - 1 - block) * trials.size();
  }

  private boolean wantsMore(ScalingSummary summary) {
    return blocks < MAXIMUM_BLOCKS && !precise.reached(summary);
  }
}

package io.percore.coordinator;

import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.measurement.RunHeader;
import io.percore.coordinator.measurement.RunJournal.Contents;
import io.percore.coordinator.measurement.TrialRecord;
import io.percore.coordinator.plan.Planner;
import io.percore.coordinator.plan.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What must be as it was for a run to go on: its plan, its machine, its JDK and its worker. Trials
/// that differ in these cannot stand in one block.
final class Resumption {
  private Resumption() {}

  /// The plan of a run, made again from its design.
  ///
  /// @param directory where it is
  /// @param before what that holds
  /// @throws UserError when it is not the plan that the run was begun with: a later percore may
  ///   plan otherwise
  static Planner planner(Path directory, Contents before) {
    RunHeader header = before.header();
    Planner planner =
        new Planner(header.experiment(), header.cluster(), header.environment().canPin());
    Map<Integer, List<Trial>> blocks = new HashMap<>();
    boolean same =
        planner.points().equals(header.points())
            && before.trials().stream()
                .map(TrialRecord::trial)
                .allMatch(
                    trial -> blocks.computeIfAbsent(trial.block(), planner::block).contains(trial));
    if (!same) {
      throw new UserError(
          ExitCode.USAGE,
          directory
              + " was planned by another version of percore: go on with that one, or begin a new"
              + " run");
    }
    return planner;
  }

  /// The workers of a run as they were: the same JDK, jar and arguments on the same machine.
  ///
  /// @throws UserError when one of them is not, naming both
  static WorkerSetup workers(Path directory, RunHeader header) throws InterruptedException {
    if (header.machines() != null) {
      throw new UserError(
          ExitCode.USAGE,
          directory + " was measured over several machines, and cannot go on: begin a new run");
    }
    Environment before = header.environment();
    Path java = Path.of(before.javaHome(), "bin", "java");
    if (!Files.isExecutable(java)) {
      throw new UserError(
          ExitCode.INTERNAL,
          "no JDK: the workers of " + directory + " ran on " + java + ", which is not a program");
    }
    WorkerSetup workers = WorkerSetup.survey(java, "");
    workers
        .survey()
        .environment()
        .changedSince(before)
        .ifPresent(
            change -> {
              throw new UserError(
                  ExitCode.ENVIRONMENT,
                  directory + " cannot go on here: " + change + "; begin a new run");
            });
    return workers.preparedAs(before);
  }
}

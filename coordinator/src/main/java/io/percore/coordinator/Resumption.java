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
import java.util.Objects;
import java.util.Optional;

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

  /// The workers of a run as they were: the same JDK, jar and arguments on the same machines.
  ///
  /// @param elsewhere how machines other than this one are reached, for a run that was measured
  ///   over some
  /// @throws UserError when one of them is not, naming both
  static WorkerSetup workers(Path directory, RunHeader header, MachineOptions elsewhere)
      throws InterruptedException {
    List<Environment> machines = header.machines();
    return machines == null
        ? here(directory, header.environment())
        : there(directory, header.environment(), machines, elsewhere);
  }

  private static WorkerSetup here(Path directory, Environment before) throws InterruptedException {
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
              throw refusal(directory, change);
            });
    return workers.preparedAs(before);
  }

  private static WorkerSetup there(
      Path directory, Environment together, List<Environment> before, MachineOptions elsewhere)
      throws InterruptedException {
    if (!elsewhere.asked()) {
      throw new UserError(
          ExitCode.USAGE,
          "%s was measured over %d machines: say again, with --launcher or --expect-workers, where they are"
              .formatted(directory, before.size()));
    }
    RunOptions options = new RunOptions();
    WorkerSetup workers = WorkerSetup.survey(WorkerJvm.java(options.java), "", elsewhere);
    Optional<String> change =
        Environment.changedSince(before, Objects.requireNonNull(workers.machines()).environments());
    if (change.isPresent()) {
      workers.close();
      throw refusal(directory, change.get());
    }
    return workers.preparedAs(together);
  }

  private static UserError refusal(Path directory, String change) {
    return new UserError(
        ExitCode.ENVIRONMENT, directory + " cannot go on here: " + change + "; begin a new run");
  }

  /// The kernels under which a run goes on, as one word: what stands in its header where no machine
  /// was restarted.
  static String bootId(RunHeader header, WorkerSetup workers) {
    Machines machines = workers.machines();
    if (machines == null) {
      return workers.survey().environment().bootId();
    }
    List<String> now = bootIds(machines.environments());
    return now.equals(bootIds(header.everyMachine()))
        ? header.environment().bootId()
        : String.join(" ", now);
  }

  private static List<String> bootIds(List<Environment> machines) {
    return machines.stream().map(Environment::bootId).toList();
  }
}

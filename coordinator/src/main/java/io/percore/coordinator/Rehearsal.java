package io.percore.coordinator;

import io.percore.coordinator.WorkerSetup.Door;
import io.percore.coordinator.measurement.TrialOutcome;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.measurement.TrialOutcome.Failed;
import io.percore.coordinator.measurement.TrialOutcome.Invalidated;
import io.percore.coordinator.measurement.TrialOutcome.TimedOut;
import io.percore.coordinator.plan.Catalogue.Discipline;
import io.percore.coordinator.plan.Catalogue.Parameter;
import io.percore.coordinator.plan.Catalogue.Workload;
import io.percore.coordinator.plan.DurationModel;
import io.percore.coordinator.plan.Layout;
import io.percore.coordinator.plan.Program;
import io.percore.coordinator.plan.Sharing;
import io.percore.coordinator.plan.Trial;
import io.percore.coordinator.session.Limits;
import io.percore.coordinator.session.TrialConductor;
import io.percore.coordinator.session.TrialOrder;
import io.percore.coordinator.session.TrialOrder.Purpose;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A short trial that is not recorded. It shows that workers can run here before anything is
/// promised, and what a trial costs beside its warm-up and window.
final class Rehearsal {
  /// Patience with a worker that writes a class archive when it exits.
  static final Duration TRAINING_EXIT = Duration.ofSeconds(30);

  private static final Duration WARM_UP = Duration.ofMillis(100);
  private static final Duration WINDOW = Duration.ofMillis(50);

  private Rehearsal() {}

  /// What trials cost on this machine.
  ///
  /// @throws UserError when workers cannot run here
  static DurationModel measure(WorkerSetup workers) throws InterruptedException {
    try {
      long before = System.nanoTime();
      Completed completed = run(workers, Limits.standard().exitPatience());
      Duration whole = Duration.ofNanos(System.nanoTime() - before);
      Duration startUp = Duration.ofNanos(completed.measurement().launchNanos());
      return new DurationModel(
          workers.survey().environment().hardwareThreads(),
          startUp,
          whole.minus(startUp).minus(WARM_UP).minus(WINDOW));
    } catch (IOException e) {
      throw new UserError(ExitCode.INTERNAL, "workers cannot run here: " + e.getMessage(), e);
    }
  }

  /// Runs one worker of one thread to its end.
  ///
  /// @param exitPatience time that it has to exit
  /// @throws IOException when it does not complete its trial, with the reason
  static Completed run(WorkerSetup workers, Duration exitPatience)
      throws IOException, InterruptedException {
    try (Door door = workers.open()) {
      TrialConductor conductor =
          new TrialConductor(
              door.server(), workers.host(), "rehearsal", Limits.rehearsal(exitPatience));
      for (int attempt = 1; ; attempt++) {
        TrialOutcome outcome = conductor.conduct(order(workers, attempt));
        if (outcome instanceof Completed completed) {
          return completed;
        }
        if (attempt == AttemptLog.MOST) {
          throw new IOException(reason(outcome));
        }
      }
    }
  }

  private static String reason(TrialOutcome outcome) {
    return switch (outcome) {
      case Completed _ -> "it completed";
      case Failed failed ->
          failed.reason() + (failed.stderrTail().isEmpty() ? "" : ": " + failed.stderrTail());
      case TimedOut timedOut -> timedOut.reason();
      case Invalidated invalidated -> invalidated.reason();
    };
  }

  private static TrialOrder order(WorkerSetup workers, int attempt) throws IOException {
    for (Discipline discipline : workers.survey().catalogue().disciplines()) {
      for (Workload workload : workers.survey().catalogue().workloads()) {
        if (!discipline.singleThreaded() && discipline.workloads().contains(workload.id())) {
          return new TrialOrder(
              new Trial(0, 0, program(discipline)),
              attempt,
              defaults(discipline.parameters()),
              workload.id(),
              workload.incrementsOnly(),
              defaults(workload.parameters()),
              0,
              WARM_UP,
              WINDOW,
              workers.cluster(),
              List.of(),
              0,
              Purpose.SPEED);
        }
      }
    }
    throw new IOException("the worker offers no discipline that fits one of its workloads");
  }

  private static Program program(Discipline discipline) {
    return new Program(discipline.id(), Sharing.PROCESS, new Layout(1, 1), false);
  }

  private static Map<String, String> defaults(List<Parameter> parameters) {
    return parameters.stream().collect(Collectors.toMap(Parameter::name, Parameter::defaultValue));
  }
}

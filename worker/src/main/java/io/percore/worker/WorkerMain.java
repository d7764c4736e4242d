package io.percore.worker;

import io.percore.worker.session.RunnerExecution;

/// One measured process: joins the coordinator that started it, takes part in one trial, and exits.
///
/// Exit codes: 0 done, 1 the trial failed, 2 usage, 3 refused by the coordinator, 4 the coordinator
/// is gone. Each but 0 comes with one line on standard error.
public final class WorkerMain {
  private WorkerMain() {}

  /// Runs the worker that the arguments describe; see `--help`.
  public static void main(String[] arguments) {
    System.exit(Worker.run(RunnerExecution.FACTORY, arguments));
  }
}

package io.percore.coordinator;

import io.percore.coordinator.RunFiles.Export;
import io.percore.coordinator.WorkerSetup.Door;
import io.percore.coordinator.measurement.JournalException;
import io.percore.coordinator.measurement.Resume;
import io.percore.coordinator.measurement.RunHeader;
import io.percore.coordinator.measurement.RunJournal;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.plan.DurationModel;
import io.percore.coordinator.plan.Planner;
import io.percore.coordinator.report.RunReport;
import io.percore.coordinator.session.Limits;
import io.percore.coordinator.session.SessionServer;
import io.percore.coordinator.session.TrialConductor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run that is ready to begin, or to go on.
///
/// @param workers that it measures
/// @param journal of its attempts, open to more of them
/// @param planner of its experiment
/// @param schedule of its trials
/// @param durations what trials cost on this machine
/// @param resume that it goes on; null when it begins
record RunExecution(
    WorkerSetup workers,
    RunJournal journal,
    Planner planner,
    Schedule schedule,
    DurationModel durations,
    @Nullable Resume resume) {

  /// Runs what is left of it and reports, also when a signal ends it before its time.
  ///
  /// @return the exit code
  /// @throws UserError when the journal cannot be written
  int carryOut(
      SideTrialOptions wanted,
      List<Export> exports,
      ReportOutputOptions output,
      Interruption interruption)
      throws IOException {
    RunHeader header = journal.contents().header();
    Progress progress =
        new Progress(
            System.err,
            Terminal.canOverwrite(),
            output.quiet(),
            schedule.left(),
            predicted(header));
    ComparisonRun run;
    try (Door door = workers.open()) {
      SessionServer server = door.server();
      TrialConductor conductor =
          new TrialConductor(server, workers.host(), header.runId(), Limits.standard());
      run = new ComparisonRun(planner, schedule, conductor, journal, progress, resume);
      interruption.enter();
      try {
        run.run();
        if (wanted.timeline) {
          run.watch();
        }
        if (wanted.memory) {
          run.memory(
              new TrialConductor(
                  server, workers.untouched().host(), header.runId(), Limits.standard()));
        }
        if (wanted.processCost) {
          run.call();
        }
        if (wanted.compilerLog) {
          run.log(
              new TrialConductor(
                  server,
                  workers.logging(RunFiles.compilerLogs(journal.directory())).host(),
                  header.runId(),
                  Limits.standard()));
        }
      } catch (InterruptedException e) {
        progress.clear();
        System.err.println("interrupted: finishing with the trials that are done; " + goesOn());
      } catch (MachineLost e) {
        progress.clear();
        System.err.println(
            "percore: "
                + e.getMessage()
                + "; finishing with the trials that are done; "
                + goesOn());
      } catch (JournalException e) {
        progress.clear();
        throw new UserError(
            ExitCode.INCOMPLETE, e.getMessage() + "; when it can be written, " + goesOn(), e);
      } finally {
        interruption.leave();
      }
    }
    progress.clear();
    int code =
        report(
            RunReports.of(header, run.records(), run.sideTrials()),
            journal.directory(),
            exports,
            output);
    return interruption.exitCode().orElse(code);
  }

  private Duration predicted(RunHeader header) {
    long planned = (long) planner.programs().size() * schedule.blocks();
    return durations
        .run(header.experiment(), planner)
        .dividedBy(header.experiment().forks())
        .multipliedBy(schedule.blocks())
        .multipliedBy(schedule.left())
        .dividedBy(planned);
  }

  private String goesOn() {
    return "percore run --resume "
        + journal.directory()
        + (workers.machines() == null ? "" : ", with the options of its machines,")
        + " goes on";
  }

  /// Writes and prints the report of a run.
  ///
  /// @return the exit code of a run that nobody interrupted
  static int report(
      RunReport report, Path directory, List<Export> exports, ReportOutputOptions output)
      throws IOException {
    RunFiles.write(report, directory, exports, output);
    boolean wrong =
        report.summary().points().stream().anyMatch(point -> !point.defects().isEmpty())
            || report.aside().stream()
                .anyMatch(
                    trial ->
                        trial.outcome() instanceof Completed completed
                            && !completed.defects().isEmpty());
    boolean disturbed = report.summary().points().stream().anyMatch(point -> point.disturbed() > 0);
    return wrong
        ? ExitCode.VERIFICATION
        : disturbed ? ExitCode.ENVIRONMENT : report.complete() ? ExitCode.OK : ExitCode.INCOMPLETE;
  }
}

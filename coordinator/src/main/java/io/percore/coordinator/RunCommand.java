package io.percore.coordinator;

import io.percore.coordinator.ReportOutputOptions.Format;
import io.percore.coordinator.RunFiles.Export;
import io.percore.coordinator.doctor.Examination;
import io.percore.coordinator.doctor.Finding;
import io.percore.coordinator.doctor.MachineFiles;
import io.percore.coordinator.measurement.DisturbanceLimits;
import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.measurement.JournalException;
import io.percore.coordinator.measurement.RunHeader;
import io.percore.coordinator.measurement.RunJournal;
import io.percore.coordinator.measurement.TrialOutcome.Completed;
import io.percore.coordinator.plan.DurationModel;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Planner;
import io.percore.coordinator.report.RunReport;
import io.percore.coordinator.session.Limits;
import io.percore.coordinator.session.SessionServer;
import io.percore.coordinator.session.TrialConductor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `percore run`: the comparison, from the plan to the report.
@Command(
    name = "run",
    description = "Runs the comparison on this machine, prints the table and writes the report.")
final class RunCommand implements Callable<Integer> {
  @Mixin private RunOptions options = new RunOptions();
  @Mixin private ReportOutputOptions output = new ReportOutputOptions();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description = "Directory of the run (default: percore-runs/<time>).")
  private @Nullable Path out;

  @Option(
      names = "--export",
      paramLabel = "FORMAT=FILE",
      description = "Also write a format of another tool; see percore list formats.")
  private List<String> exports = new ArrayList<>();

  @Option(
      names = "--dry-run",
      description = "Print the plan: trials, order, seed, predicted duration; run nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (dryRun && output.format() == Format.MARKDOWN) {
      throw new UserError(ExitCode.USAGE, "--dry-run prints text or json, not markdown");
    }
    Precision precise = Precision.parse(options.adaptive);
    List<Export> wanted = exports.stream().map(Export::parse).toList();
    Interruption interruption = Interruption.install();
    WorkerSetup setup = WorkerSetup.survey(options);
    Experiment experiment =
        usage(
            () ->
                ExperimentFactory.create(
                    options, setup.survey().catalogue(), setup.survey().environment()));
    Planner planner =
        new Planner(
            experiment,
            setup.survey().environment().hardwareThreads(),
            setup.survey().environment().canPin());
    WorkerSetup workers = setup.preparedFor(planner, options);
    DurationModel durations = Rehearsal.measure(workers);
    DisturbanceLimits limits = options.keepDisturbed ? null : DisturbanceLimits.standard();
    if (dryRun) {
      DryRun plan = DryRun.of(experiment, planner, durations, limits);
      System.out.print(output.format() == Format.JSON ? plan.json() : plan.text());
      return ExitCode.OK;
    }
    Environment environment = workers.survey().environment();
    Examination.of(environment, new MachineFiles(Path.of("/")), null).stream()
        .filter(finding -> finding.severity() == Finding.Severity.SERIOUS)
        .forEach(
            finding ->
                System.err.println(
                    "percore: " + finding.cause() + ": " + finding.size() + "; " + finding.fix()));
    RunHeader header =
        new RunHeader(
            UUID.randomUUID().toString(),
            Instant.now(),
            experiment,
            workers.survey().catalogue(),
            environment,
            planner.points(),
            limits);
    try (RunJournal journal = journal(header)) {
      return conduct(workers, header, planner, journal, interruption, precise, durations, wanted);
    }
  }

  private int conduct(
      WorkerSetup workers,
      RunHeader header,
      Planner planner,
      RunJournal journal,
      Interruption interruption,
      Precision precise,
      DurationModel durations,
      List<Export> wanted)
      throws IOException {
    int planned = planner.programs().size() * header.experiment().forks();
    Progress progress =
        new Progress(
            System.err,
            Terminal.canOverwrite(),
            output.quiet(),
            planned,
            durations.run(header.experiment(), planner));
    @Nullable JournalException unwritable = null;
    ComparisonRun run;
    try (SessionServer server = new SessionServer(workers.jar().sha256())) {
      TrialConductor conductor =
          new TrialConductor(server, workers.host(), header.runId(), Limits.standard());
      run = new ComparisonRun(header, planner, conductor, journal, progress, precise);
      interruption.enter();
      try {
        run.run();
        if (options.timeline) {
          run.watch();
        }
        if (options.memory) {
          run.memory(
              new TrialConductor(
                  server, workers.untouched().host(), header.runId(), Limits.standard()));
        }
        if (options.processCost) {
          run.call();
        }
        if (options.compilerLog) {
          run.log(
              new TrialConductor(
                  server,
                  workers.logging(RunFiles.compilerLogs(journal.directory())).host(),
                  header.runId(),
                  Limits.standard()));
        }
      } catch (InterruptedException e) {
        progress.clear();
        System.err.println("interrupted: finishing with the trials that are done");
      } catch (JournalException e) {
        unwritable = e;
      } finally {
        interruption.leave();
      }
    }
    progress.clear();
    RunReport report = RunReports.of(header, run.records(), run.sideTrials());
    if (unwritable != null) {
      throw new UserError(ExitCode.INCOMPLETE, unwritable);
    }
    RunFiles.write(report, journal.directory(), wanted, output);
    return interruption.exitCode().orElseGet(() -> exitCode(report));
  }

  private static int exitCode(RunReport report) {
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

  private RunJournal journal(RunHeader header) {
    Path directory = out == null ? RunDirectory.ofNow("") : out;
    try {
      return RunJournal.create(directory, header);
    } catch (JournalException e) {
      throw new UserError(ExitCode.USAGE, e);
    }
  }

  /// What throws {@link IllegalArgumentException} has found fault with the user's words.
  private static <T> T usage(Supplier<T> action) {
    try {
      return action.get();
    } catch (IllegalArgumentException e) {
      throw new UserError(ExitCode.USAGE, e);
    }
  }
}

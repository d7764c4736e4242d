package io.percore.coordinator;

import io.percore.coordinator.ReportOutputOptions.Format;
import io.percore.coordinator.RunFiles.Export;
import io.percore.coordinator.doctor.Examination;
import io.percore.coordinator.doctor.Finding;
import io.percore.coordinator.doctor.MachineFiles;
import io.percore.coordinator.measurement.DisturbanceLimits;
import io.percore.coordinator.measurement.Environment;
import io.percore.coordinator.measurement.JournalException;
import io.percore.coordinator.measurement.Resume;
import io.percore.coordinator.measurement.RunHeader;
import io.percore.coordinator.measurement.RunJournal;
import io.percore.coordinator.measurement.RunJournal.Contents;
import io.percore.coordinator.plan.DurationModel;
import io.percore.coordinator.plan.Experiment;
import io.percore.coordinator.plan.Planner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `percore run`: the comparison, from the plan to the report.
@Command(
    name = "run",
    description = "Runs the comparison on this machine, prints the table and writes the report.")
final class RunCommand implements Callable<Integer> {
  private static final String DESIGN = "design";
  private static final String MACHINES = "machines";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin(name = DESIGN)
  private RunOptions options = new RunOptions();

  @Mixin(name = MACHINES)
  private MachineOptions elsewhere = new MachineOptions();

  @Mixin private SideTrialOptions aside = new SideTrialOptions();
  @Mixin private ReportOutputOptions output = new ReportOutputOptions();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description = "Directory of the run (default: percore-runs/<time>).")
  private @Nullable Path out;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "Go on with the run in DIR after a crash, a signal or a full disk: finished trials are"
              + " kept, and the design is that of the run. It must be the same machine, JDK and"
              + " worker; other machines are named again, by the options that the run was begun"
              + " with. A run that is over is reported again.")
  private @Nullable Path resume;

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
    List<Export> wanted = exports.stream().map(Export::parse).toList();
    return resume == null ? begin(wanted) : goOn(resume, wanted);
  }

  private int begin(List<Export> wanted) throws IOException, InterruptedException {
    Precision precise = Precision.parse(options.adaptive);
    Interruption interruption = Interruption.install();
    try (WorkerSetup setup =
        WorkerSetup.survey(WorkerJvm.java(options.java), options.jvmArguments, elsewhere)) {
      return run(setup, precise, wanted, interruption);
    }
  }

  private int run(
      WorkerSetup setup, Precision precise, List<Export> wanted, Interruption interruption)
      throws IOException, InterruptedException {
    Experiment experiment =
        usage(
            () ->
                ExperimentFactory.create(
                    options, setup.survey().catalogue(), setup.survey().environment()));
    Machines machines = setup.machines();
    if (machines != null && experiment.scaling().fixesWork()) {
      machines.requireAlike();
    }
    Planner planner =
        new Planner(experiment, setup.cluster(), setup.survey().environment().canPin());
    List<String> leftOut = planner.leftOut();
    if (!leftOut.isEmpty()) {
      System.err.println(
          "percore: left out, since a process runs on one machine and each thread needs a"
              + " processor: "
              + String.join(", ", leftOut));
    }
    WorkerSetup workers = setup.preparedFor(planner, options);
    DurationModel durations = Rehearsal.measure(workers);
    DisturbanceLimits limits = options.keepDisturbed ? null : DisturbanceLimits.standard();
    if (dryRun) {
      DryRun plan =
          DryRun.of(
              experiment,
              planner,
              durations,
              limits,
              aside.planned(planner, workers.survey().catalogue()));
      System.out.print(output.format() == Format.JSON ? plan.json() : plan.text());
      return ExitCode.OK;
    }
    Environment environment = workers.survey().environment();
    if (machines == null) {
      warnOf(environment);
    }
    RunHeader header =
        new RunHeader(
            UUID.randomUUID().toString(),
            Instant.now(),
            experiment,
            workers.survey().catalogue(),
            environment,
            planner.points(),
            limits,
            precise.wanted(),
            machines == null ? null : machines.environments(),
            machines == null ? null : planner.baselines());
    Path directory = out == null ? RunDirectory.ofNow("") : out;
    try (RunJournal journal = opened(() -> RunJournal.create(directory, header))) {
      Schedule schedule = new Schedule(header, planner, List.of());
      return new RunExecution(workers, journal, planner, schedule, durations, null)
          .carryOut(aside, wanted, output, interruption);
    }
  }

  private int goOn(Path directory, List<Export> wanted) throws IOException, InterruptedException {
    refuseDesign();
    try (RunJournal journal = opened(() -> RunJournal.reopen(directory))) {
      Contents before = journal.contents();
      RunHeader header = before.header();
      Planner planner = Resumption.planner(directory, before);
      Schedule schedule = new Schedule(header, planner, before.trials());
      if (schedule.finished() && !aside.any()) {
        return RunExecution.report(RunReports.of(before), directory, wanted, output);
      }
      if (header.machines() == null) {
        refuse(optionsOf(MACHINES), directory + " was measured on this machine alone: leave out ");
      }
      Interruption interruption = Interruption.install();
      try (WorkerSetup workers = Resumption.workers(directory, header, elsewhere)) {
        DurationModel durations = Rehearsal.measure(workers);
        if (workers.machines() == null) {
          warnOf(workers.survey().environment());
        }
        opened(
            () -> {
              journal.resume();
              return journal;
            });
        tellOf(before, schedule.left());
        Resume resumed = new Resume(Resumption.bootId(header, workers));
        return new RunExecution(workers, journal, planner, schedule, durations, resumed)
            .carryOut(aside, wanted, output, interruption);
      }
    }
  }

  /// The design is in the run already.
  private void refuseDesign() {
    Set<String> design = new HashSet<>(optionsOf(DESIGN));
    design.addAll(List.of("--out", "--dry-run"));
    refuse(design, "--resume goes on with the run as it was designed: leave out ");
  }

  private Set<String> optionsOf(String mixin) {
    return Objects.requireNonNull(spec.mixins().get(mixin)).optionsMap().keySet();
  }

  /// @param refused names of options that have no meaning here
  /// @param why in words that those go on which were given all the same
  private void refuse(Set<String> refused, String why) {
    List<String> given =
        spec.commandLine().getParseResult().matchedOptions().stream()
            .map(OptionSpec::longestName)
            .filter(refused::contains)
            .distinct()
            .toList();
    if (!given.isEmpty()) {
      throw new UserError(ExitCode.USAGE, why + String.join(", ", given));
    }
  }

  private static void warnOf(Environment environment) {
    Examination.of(environment, new MachineFiles(Path.of("/")), null).stream()
        .filter(finding -> finding.severity() == Finding.Severity.SERIOUS)
        .forEach(
            finding ->
                System.err.println(
                    "percore: " + finding.cause() + ": " + finding.size() + "; " + finding.fix()));
  }

  private void tellOf(Contents before, int left) {
    if (before.torn() > 0) {
      System.err.printf(
          "the last line of trials.jsonl was cut off (%d bytes) and does not count: it is now in"
              + " trials.jsonl.torn%n",
          before.torn());
    }
    if (!output.quiet()) {
      System.err.printf(
          "going on: attempts so far %d, trials left %d%n", before.trials().size(), left);
    }
  }

  /// Opens a journal.
  @FunctionalInterface
  private interface Opening {
    RunJournal open() throws JournalException;
  }

  private static RunJournal opened(Opening opening) {
    try {
      return opening.open();
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

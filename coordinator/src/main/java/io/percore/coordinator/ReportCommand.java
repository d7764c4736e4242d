package io.percore.coordinator;

import io.percore.coordinator.RunFiles.Export;
import io.percore.coordinator.measurement.JournalException;
import io.percore.coordinator.measurement.RunJournal;
import io.percore.coordinator.report.several.SideBySide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `percore report`: draws the report of a run again, from its journal, or that of several runs
/// side by side.
@Command(
    name = "report",
    description =
        "Draws the report of a run again, from its trials; of several runs one report, with the"
            + " machines side by side. Ratios are to the first.")
final class ReportCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      description = "Directories of runs of one workload.")
  private List<Path> runs = new ArrayList<>();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description =
          "Where the report goes: never into a run, except its own (default: the run's directory;"
              + " of several, percore-runs/report-<time>).")
  private @Nullable Path out;

  @Option(
      names = "--export",
      paramLabel = "FORMAT=FILE",
      description = "Also write a format of another tool, of one run; see percore list formats.")
  private List<String> exports = new ArrayList<>();

  @Mixin private ReportOutputOptions output = new ReportOutputOptions();

  @Override
  public Integer call() throws IOException {
    List<Export> wanted = exports.stream().map(Export::parse).toList();
    if (runs.size() == 1) {
      one(runs.getFirst(), wanted);
    } else {
      several(wanted);
    }
    return ExitCode.OK;
  }

  private void one(Path run, List<Export> wanted) throws IOException {
    Path to = out == null || same(out, run) ? run : withoutRun(out);
    try {
      RunJournal.Contents contents = RunJournal.read(run);
      warnOfTornLine(run, contents.torn());
      RunFiles.write(RunReports.of(contents), made(to), wanted, output);
    } catch (JournalException e) {
      throw new UserError(ExitCode.USAGE, e);
    }
  }

  private void several(List<Export> wanted) throws IOException {
    if (!wanted.isEmpty()) {
      throw new UserError(ExitCode.USAGE, "--export writes one run: name one, or leave it out");
    }
    Path to = out == null ? RunDirectory.ofNow("report-") : withoutRun(out);
    SideBySide together = SeveralRuns.read(runs);
    for (int i = 0; i < runs.size(); i++) {
      warnOfTornLine(runs.get(i), together.runs().get(i).torn());
    }
    SeveralRuns.write(together, made(to), output);
  }

  private static void warnOfTornLine(Path run, long torn) {
    if (torn > 0) {
      System.err.printf(
          "the last line of %s was cut off (%d bytes) and does not count%n", run, torn);
    }
  }

  private static boolean same(Path one, Path other) throws IOException {
    return Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
  }

  private static Path made(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UserError(
          ExitCode.USAGE, "cannot make the directory " + directory + ": " + e.getMessage(), e);
    }
  }

  /// No report overwrites that of a run.
  private static Path withoutRun(Path directory) {
    if (RunJournal.holdsRun(directory)) {
      throw new UserError(
          ExitCode.USAGE, directory + " holds a run: give another directory with --out");
    }
    return directory;
  }
}
